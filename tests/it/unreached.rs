//! What findings say is in no table (cli.md 22.7, `unreached`), and which place each gives as the cause: small inputs of
//! testdata/unreached, with an expectation beside each. `UPDATE=1 cargo test` rewrites them.
#![expect(clippy::disallowed_methods, reason = "tests read their own files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{compare, names, root};
use crate::linting::lint;

const FOLDER: &str = "testdata/unreached";

#[test]
fn every_part_that_is_in_no_table_is_said_by_the_rule_that_stands_for_the_reason() {
    let files = names(&root().join(FOLDER));
    let inputs = files.iter().filter_map(|name| name.strip_suffix(".yaml"));
    let wrong: Vec<String> = inputs
        .filter_map(|name| compare(&format!("{FOLDER}/{name}.txt"), &said(name)).err())
        .collect();
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n"));
}

/// A line for each element and finding: `1:spec.http[0] by GW312 at line 14: message`.
fn said(name: &str) -> String {
    let file = format!("{name}.yaml");
    let text = fs::read_to_string(root().join(FOLDER).join(Path::new(&file))).expect("an input");
    let linted = lint(&[(file, text.clone())], &[]);
    let mut lines = BTreeSet::new();
    for finding in &linted.findings {
        let start = finding.span().start as usize;
        let line = text[..start].matches('\n').count() + 1;
        let (code, message) = (finding.rule.code, &finding.message);
        lines.extend(finding.unreached.iter().map(|element| {
            let (document, path) = (element.document, &element.path);
            format!("{document}:{path} by {code} at line {line}: {message}\n")
        }));
    }
    lines.into_iter().collect()
}
