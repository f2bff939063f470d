//! All rules over every fixture of testdata/rules, and what holds for each rule: its file, code, text and examples.
//!
//! A fixture says in comments what is found in it (`#! name: text` on the line of the primary label, `#^ text` on that
//! of a further label); `UPDATE=1` writes them.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use gwctl::finding::{Category, Finding, Judge, Severity};
use gwctl::rules;
use gwctl::text::Span;

use crate::common::{root, update};
use crate::fixture::{Comment, Fixture, rewritten};
use crate::linting::{BASELINE, Linted, lint};

#[test]
fn every_fixture_has_what_its_comments_say_and_nothing_else() {
    let mut wrong = Vec::new();
    for path in fixtures() {
        let text = fs::read_to_string(&path).expect("the fixture was just listed");
        let file = path.strip_prefix(root()).expect("below the root").display().to_string();
        let fixture = Fixture::read(&file, &text);
        let linted = lint(&fixture.files(), &fixture.options);
        let found = comments(&fixture, &linted);
        let missing: Vec<&Comment> =
            fixture.comments.iter().filter(|c| !found.iter().any(|f| c.is_met_by(f))).collect();
        let beyond: Vec<&Comment> =
            found.iter().filter(|f| !fixture.comments.iter().any(|c| c.is_met_by(f))).collect();
        if update() && !(missing.is_empty() && beyond.is_empty()) {
            fs::write(&path, rewritten(&text, &missing, &beyond)).expect("writable");
            continue;
        }
        wrong.extend(missing.iter().map(|c| format!("{file}:{}: nothing says `{c}`", c.line)));
        wrong.extend(beyond.iter().map(|c| format!("{file}:{}: no comment for `{c}`", c.line)));
    }
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n"));
}

/// What was found, as the comments that would say it.
fn comments(fixture: &Fixture, linted: &Linted) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut add = |name: Option<&str>, span: Span, text: &str| {
        let (line, name) = (fixture.line(linted, span), name.map(str::to_owned));
        let comment = Comment { line, name, text: text.to_owned() };
        if !comments.contains(&comment) {
            comments.push(comment);
        }
    };
    for finding in linted.findings.iter().filter(|finding| fixture.is_on(finding.rule.name)) {
        add(Some(&called(finding)), finding.span(), &finding.message);
        for label in &finding.labels[1..] {
            add(None, label.span, &label.message);
        }
    }
    comments
}

/// The name of the rule, with the severity where that is not the rule's.
fn called(finding: &Finding) -> String {
    let name = finding.rule.name;
    if finding.severity == finding.rule.severity {
        name.to_owned()
    } else {
        format!("{name} ({})", finding.severity)
    }
}

#[test]
fn every_file_of_a_category_is_a_rule_of_its_name_with_a_fixture() {
    let mut listed = BTreeSet::new();
    let mut codes = Vec::new();
    for check in rules::checks() {
        let rule = check.rule;
        let folder = rule.category.as_str();
        let file = root().join(format!("src/rules/{folder}/{}.rs", rule.name.replace('-', "_")));
        assert!(file.is_file(), "{}: {} is missing", rule.code, file.display());
        let fixture = root().join(format!("testdata/rules/{folder}/{}.yaml", rule.name));
        assert!(fixture.is_file(), "{}: {} is missing", rule.code, fixture.display());
        let digits = rule.code.strip_prefix("GW").expect("codes begin with GW");
        assert!(digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()), "{}", rule.code);
        assert!(digits.starts_with(rule.category.digit()), "{} is in {folder}", rule.code);
        listed.insert(file);
        codes.push(rule.code);
    }
    assert!(codes.is_sorted_by(|a, b| a < b), "codes are used once and in order: {codes:?}");
    let folders =
        Category::ALL.iter().map(|category| root().join("src/rules").join(category.as_str()));
    let files: BTreeSet<PathBuf> = folders
        .flat_map(|folder| files(&folder))
        .filter(|file| file.file_name().is_some_and(|name| name != "mod.rs"))
        .collect();
    assert_eq!(files, listed, "files of src/rules and their lists in mod.rs");
    let names: BTreeSet<&str> = rules::checks().map(|check| check.rule.name).collect();
    for path in fixtures() {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("names are UTF-8");
        assert!(names.contains(stem), "{} belongs to no rule", path.display());
    }
}

#[test]
fn every_rule_has_the_four_headings_and_a_summary() {
    for check in rules::checks() {
        let rule = check.rule;
        let titles: Vec<&str> = rule.sections().iter().map(|section| section.title).collect();
        let expected = ["What it reports", "Why it matters", "Example", "Instead"];
        assert_eq!(titles, expected, "{}", rule.code);
        assert!(rule.summary().ends_with('.'), "{}: {}", rule.code, rule.summary());
        assert_eq!(examples(rule.docs, "Example").len(), 1, "{}", rule.code);
        assert!(!examples(rule.docs, "Instead").is_empty(), "{}", rule.code);
    }
}

#[test]
fn the_example_of_a_rule_gives_the_finding_and_the_remedy_gives_none() {
    for check in rules::checks() {
        let rule = check.rule;
        let findings = |yaml: &str, baselines: &[String]| -> Vec<Finding> {
            let mut files = vec![("example.yaml".to_owned(), yaml.to_owned())];
            files.extend(baselines.iter().map(|text| (BASELINE.to_owned(), text.clone())));
            let linted = lint(&files, &[]);
            let is_seen = |f: &Finding| f.severity > Severity::Info || f.rule.code == rule.code;
            linted.findings.into_iter().filter(is_seen).collect()
        };
        for yaml in examples(rule.docs, "Example") {
            let found = findings(&yaml, &blocks(rule.docs, "Example", "json"));
            let is_told = found.iter().any(|finding| finding.rule.code == rule.code);
            assert!(is_told, "{}: the example gives {found:#?}", rule.code);
        }
        for yaml in examples(rule.docs, "Instead") {
            let found = findings(&yaml, &blocks(rule.docs, "Instead", "json"));
            assert!(found.is_empty(), "{}: the remedy gives {found:#?}", rule.code);
        }
    }
}

#[test]
fn a_cause_inherits_what_istio_warns_of() {
    let path = root().join("testdata/rules/tls/tls-mode-omitted.yaml");
    let text = fs::read_to_string(path).expect("a fixture");
    let linted = lint(&[("in.yaml".to_owned(), text)], &[]);
    let told: BTreeSet<_> =
        linted.findings.iter().map(|f| (f.rule.code, f.warned_by.as_slice())).collect();
    assert_eq!(told, BTreeSet::from([("GW203", &[Judge::Istio][..])]));
}

#[test]
fn what_a_cause_takes_down_is_named_with_it() {
    let unreached = |fixture: &str, code: &str| -> Vec<String> {
        let text = fs::read_to_string(root().join("testdata/rules").join(fixture));
        let linted = lint(&[(fixture.to_owned(), text.expect("a fixture"))], &[]);
        let of_rule = linted.findings.iter().filter(|finding| finding.rule.code == code);
        let elements = of_rule.flat_map(|finding| &finding.unreached);
        let mut paths: Vec<String> =
            elements.map(|element| format!("{}:{}", element.document, element.path)).collect();
        paths.sort();
        paths
    };
    assert_eq!(
        unreached("conflict/tls-host-claimed-twice.yaml", "GW401"),
        [
            "10:spec.servers[1]",
            "10:spec.servers[2]",
            "2:spec.servers[0]",
            "3:spec.hosts[0]",
            "3:spec.hosts[1]",
            "4:spec.servers[1]",
            "5:spec.servers[0]",
            "8:spec.servers[1]"
        ]
    );
    // The second cause inherits from the http rules that wait for it.
    assert_eq!(unreached("tls/tls-mode-omitted.yaml", "GW203"), ["2:spec.hosts[0]"]);
    assert_eq!(
        unreached("binding/match-port-not-served.yaml", "GW312"),
        [
            "1:spec.http[0].match[0]",
            "1:spec.http[1]",
            "1:spec.http[1].match[0]",
            "2:spec.tcp[0]",
            "3:spec.http[0]",
            "3:spec.http[0]",
            "3:spec.http[0].match[0]",
            "3:spec.http[0].match[1]",
            "7:spec.http[0]",
            "7:spec.http[0].match[0]",
            "8:spec.hosts[0]"
        ]
    );
    assert_eq!(
        unreached("binding/host-partly-unbound.yaml", "GW305"),
        ["1:spec.hosts[1]", "2:spec.hosts[1]", "5:spec.hosts[1]"]
    );
}

#[test]
fn a_clash_on_one_of_two_proxies_names_it_and_gateways_without_proxy_are_left_alone() {
    let gateway = |name: &str, labels: &str| {
        format!(
            "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {name}, namespace: infra}}\nspec:\n  \
             selector: {{{labels}}}\n  servers:\n  - port: {{number: 9000, name: tcp, protocol: TCP}}\n    hosts: ['*']\n  \
             - port: {{number: 443, name: tls, protocol: TLS}}\n    hosts: [{name}.example.com]\n    tls: {{mode: SIMPLE, credentialName: {name}}}\n---\n"
        )
    };
    let text = gateway("a", "app: a") + &gateway("b", "tier: edge") + &gateway("c", "app: c");
    let options = ["--proxy=x/app=a,tier=edge", "--proxy=x/tier=edge"].map(str::to_owned);
    let linted = lint(&[("in.yaml".to_owned(), text)], &options);
    let told: Vec<(&str, u32, &[String])> = linted
        .findings
        .iter()
        .map(|finding| (finding.rule.code, finding.subject.document, finding.proxies.as_slice()))
        .collect();
    let one = [String::from("x/app=a,tier=edge")];
    assert_eq!(told, [("GW107", 1, &one[..])]);
}

const SHOP: &str = "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {app: a}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [blog.example.net]
  gateways: [infra/public]
  http:
  - route: [{destination: {host: web}}]
";

#[test]
fn nothing_is_said_of_answers_that_an_ingress_may_give() {
    let ingress = "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: shop}\n";
    let message = |text: String| {
        let linted = lint(&[("in.yaml".to_owned(), text)], &[]);
        let mut of_rule = linted.findings.into_iter().filter(|f| f.rule.code == "GW304");
        of_rule.next().map(|finding| finding.message)
    };
    let accepts = "no server of `infra/public` accepts `blog.example.net`";
    let known = format!("{accepts}: requests for it get 404 (NR)");
    assert_eq!(message(SHOP.to_owned()), Some(known));
    assert_eq!(message(format!("{SHOP}{ingress}")).as_deref(), Some(accepts));
}

#[test]
fn checks_against_unknown_gateways_are_counted() {
    let skipped = |text: &str| -> Vec<(&'static str, Vec<String>)> {
        let linted = lint(&[("in.yaml".to_owned(), text.to_owned())], &[]);
        // The input has no gateway Pods and no Services, either.
        linted.skipped.into_iter().filter(|(code, _)| code.starts_with("GW3")).collect()
    };
    let of_two = skipped(&SHOP.replace("[infra/public]", "[infra/public, elsewhere/blog]"));
    let codes: Vec<&str> = of_two.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["GW301", "GW304", "GW305", "GW307", "GW322"]);
    let missing = [String::from("Gateway of namespace elsewhere")];
    assert!(of_two.iter().all(|(_, all)| all == &missing), "{of_two:?}");
    assert_eq!(skipped(SHOP), []);
}

#[test]
fn servers_that_a_placeholder_hides_are_left_out_with_a_note() {
    for (known, placeholder) in [("number: 80", "number: '${PORT}'"), ("HTTP", "'{{ .P }}'")] {
        let text = SHOP.replace(known, placeholder);
        let linted = lint(&[("in.yaml".to_owned(), text)], &[]);
        assert!(linted.findings.is_empty(), "{placeholder}: {:?}", linted.findings);
        let note = "left out 1 server whose port, protocol or TLS mode is a placeholder: in.yaml:8";
        assert!(linted.notes.iter().any(|told| told == note), "{:?}", linted.notes);
    }
}

/// The YAML blocks under a heading.
fn examples(docs: &str, title: &str) -> Vec<String> {
    blocks(docs, title, "yaml")
}

/// The blocks of a language under a heading.
fn blocks(docs: &str, title: &str, language: &str) -> Vec<String> {
    let (_, rest) = docs.split_once(&format!("## {title}\n")).unwrap_or_default();
    let body = rest.split("\n## ").next().unwrap_or_default();
    let start = format!("```{language}\n");
    let blocks = body.split(&start).skip(1);
    blocks.filter_map(|block| Some(block.split_once("```")?.0.to_owned())).collect()
}

fn fixtures() -> Vec<PathBuf> {
    let folders =
        Category::ALL.iter().map(|category| root().join("testdata/rules").join(category.as_str()));
    folders.flat_map(|folder| files(&folder)).collect()
}

fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// An objection of a check that no rule lists would be lost without a word.
#[test]
fn every_check_of_the_validators_has_a_rule() {
    let mut files = vec![root().join("src/validation")];
    let mut cited = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for word in text.split('"').skip(1).step_by(2) {
            let is_number =
                |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
            let is_check = word.split_once('-').is_some_and(|(letter, rest)| {
                letter.len() == 1
                    && letter.bytes().all(|b| b.is_ascii_uppercase())
                    && is_number(rest)
            });
            if is_check {
                cited += 1;
                let rule = gwctl::rules::rule_of(word);
                assert!(rule.is_some(), "{}: no rule lists `{word}`", path.display());
            }
        }
    }
    assert!(cited > 200, "only {cited} checks were found");
}

/// What rules say of things that are not there.
const MISSING: &[&str] = &[
    "GW101", "GW109", "GW112", "GW206", "GW209", "GW210", "GW301", "GW302", "GW304", "GW307",
    "GW308", "GW309", "GW315", "GW318", "GW319",
];

#[test]
fn of_one_object_alone_nothing_is_said_to_be_missing() {
    const KIND: &str = "apiVersion: networking.istio.io/v1\nkind: ";
    let gateway = |namespace: &str| {
        format!(
            "---\n{KIND}Gateway\nmetadata: {{name: public{namespace}}}\nspec:\n  selector: {{app: edge}}\n  servers:\n  \
             - port: {{number: 443, name: https, protocol: HTTPS}}\n    hosts: ['*']\n    \
             tls: {{mode: MUTUAL, credentialName: shop}}\n"
        )
    };
    let virtual_service = |namespace: &str, gateway: &str| {
        format!(
            "---\n{KIND}VirtualService\nmetadata: {{name: shop{namespace}}}\nspec:\n  hosts: [shop.example.com]\n  \
             gateways: [{gateway}]\n  http:\n  - match: [{{uri: {{prefix: /a}}}}]\n    delegate: {{name: team, namespace: team}}\n  \
             - route: [{{destination: {{host: web.pay.svc.cluster.local, subset: v1, port: {{number: 80}}}}}}]\n"
        )
    };
    for namespace in ["", ", namespace: infra"] {
        for named in ["public", "infra/public", "public.infra.svc.cluster.local"] {
            let (one, other) = (gateway(namespace), virtual_service(namespace, named));
            for text in [one.clone(), other.clone(), one + &other] {
                let linted = lint(&[("in.yaml".to_owned(), text.clone())], &[]);
                let told = linted.findings.iter().filter(|finding| {
                    // Where both are there, one may well miss the other.
                    let has_both = text.contains("kind: Gateway") && text.contains("kind: Virtual");
                    let is_between =
                        finding.rule.code.starts_with("GW3") || finding.rule.code == "GW112";
                    // An info that the input lacks a delegate, which the table then lacks, too, is wanted (cli.md 22.19).
                    let is_lacked =
                        finding.rule.code == "GW315" && finding.severity == Severity::Info;
                    MISSING.contains(&finding.rule.code) && !is_lacked && !(has_both && is_between)
                });
                let told: Vec<_> =
                    told.map(|finding| (finding.rule.code, &finding.message)).collect();
                assert!(told.is_empty(), "{told:?}\n{text}");
            }
        }
    }
}
