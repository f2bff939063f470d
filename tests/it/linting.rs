//! A lint run over texts.

use gwctl::analysis::{BrokenReason, LoadOptions, load};
use gwctl::finding::Finding;
use gwctl::input::{Contents, File, Input};
use gwctl::mesh::ProxySpec;
use gwctl::rules::{self, Complete, Unread, World};
use gwctl::text::Sources;

/// What was found, and the texts that it speaks of.
pub(crate) struct Linted {
    pub(crate) findings: Vec<Finding>,
    pub(crate) sources: Sources,
}

/// Runs all rules over files. `options` are `--complete=LIST` and `--proxy=SPEC`.
pub(crate) fn lint(files: &[(String, String)], options: &[String]) -> Linted {
    let values = |flag: &str| -> Vec<&str> {
        options.iter().filter_map(|word| word.strip_prefix(flag)?.strip_prefix('=')).collect()
    };
    let file = |(name, text): &(String, String)| File {
        name: name.clone(),
        contents: Contents::Text(text.clone()),
        bom: false,
        chart_template: false,
    };
    let input = Input { files: files.iter().map(file).collect(), ..Input::default() };
    let proxies = values("--proxy").iter().filter_map(|text| ProxySpec::parse(text)).collect();
    let loaded = load(input, &LoadOptions { proxies, ..LoadOptions::default() });
    let complete = Complete::new(values("--complete").iter().flat_map(|list| list.split(',')));
    let unread = Unread {
        objects: loaded.broken.iter().filter_map(|b| b.subject.object.clone()).collect(),
        kinds: loaded.unread_kinds.clone(),
    };
    let world = World::new(&loaded.mesh, &loaded.tables, &complete, &unread);
    let (mut findings, _) = rules::run(&world, |_| true);
    for broken in &loaded.broken {
        match &broken.reason {
            BrokenReason::Syntax(error) => {
                findings.push(rules::broken_yaml(broken.subject.clone(), error));
            }
            BrokenReason::Types(problems) => findings.extend(
                problems.iter().map(|problem| rules::wrong_type(broken.subject.clone(), problem)),
            ),
        }
    }
    findings.extend(loaded.duplicates.iter().map(rules::defined_twice));
    Linted { findings, sources: loaded.sources }
}
