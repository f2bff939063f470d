//! All formats over one input, and over what is hard to print. `UPDATE=1 cargo test` rewrites the expectations.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use roxmltree::Document;
use serde_json::Value;

use super::testing::{STYLE, UNBOUND_HOST, find, sample, subject};
use super::*;
use crate::analysis::Summary;
use crate::finding::{Edit, Finding};
use crate::text::{Source, SourceId};

/// What a format makes of an outcome.
pub(super) fn render(format: Format, outcome: &Outcome, sources: &Sources) -> String {
    let root = Root::default();
    let context = Context {
        terminal: Terminal::plain(),
        places: &Places::of(outcome, sources, "default"),
        istio: "1.31",
        root: &root,
    };
    let mut out = Vec::new();
    format.report(context).write(outcome, sources, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn json(format: Format, outcome: &Outcome, sources: &Sources) -> Value {
    serde_json::from_str(&render(format, outcome, sources)).expect("JSON")
}

fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty() && value != "0")
}

#[test]
fn each_format_prints_its_file() {
    let (outcome, sources) = sample();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/report");
    let mut wrong = Vec::new();
    for (format, file) in [
        (Format::Full, "full.txt"),
        (Format::Concise, "concise.txt"),
        (Format::Json, "lint.json"),
        (Format::Jsonl, "lint.jsonl"),
        (Format::Sarif, "lint.sarif"),
        (Format::Github, "github.txt"),
        (Format::Gitlab, "gitlab.json"),
        (Format::Junit, "junit.xml"),
        (Format::Checkstyle, "checkstyle.xml"),
        (Format::Rdjson, "rd.json"),
        (Format::Markdown, "lint.md"),
    ] {
        let text = render(format, &outcome, &sources);
        let text = text.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"");
        let path = format!("{folder}/{file}");
        let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if text != expected && is_update() {
            std::fs::write(&path, &text).expect("the folder is there");
        } else if text != expected {
            wrong.push(format!("{path} is out of date; now:\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n"));
    assert_eq!(Format::ALL.len(), 11, "a format without expectation");
}

/// An outcome with one finding, and its text.
pub(super) fn saying(message: &str) -> (Outcome, Sources) {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("a.yaml", "kind: x\n"));
    let span = find(&sources, source, "x");
    let finding = Finding::new(&UNBOUND_HOST, subject(source), span, message).here(message);
    let summary = Summary { files: 1, objects: 1, ..Summary::default() };
    (Outcome { findings: vec![finding], summary, ..Outcome::default() }, sources)
}

#[test]
fn a_clean_run_is_a_whole_document() {
    let (sample, sources) = sample();
    let outcome = Outcome { suppressed: sample.suppressed, ..Outcome::default() };
    let text = |format| render(format, &outcome, &sources);
    let value = |format| json(format, &outcome, &sources);
    let none = json(Format::Sarif, &Outcome::default(), &sources);
    assert_eq!(none["runs"][0]["results"], Value::Array(Vec::new()));
    let suppressed = value(Format::Sarif)["runs"][0]["results"][0]["suppressions"][0].clone();
    assert_eq!(suppressed["kind"], "inSource");
    assert_eq!(value(Format::Gitlab), Value::Array(Vec::new()));
    assert_eq!(value(Format::Rdjson)["diagnostics"], Value::Array(Vec::new()));
    assert_eq!(value(Format::Jsonl)["summary"]["error"], 0);
    assert_eq!(text(Format::Github), "");
    assert_eq!(text(Format::Markdown), "### gwctl: no findings (1 suppressed)\n");
    let junit = text(Format::Junit);
    let junit = Document::parse(&junit).unwrap();
    assert_eq!(junit.root_element().attribute("tests"), Some("2"));
    assert_eq!(junit.root_element().attribute("failures"), Some("0"));
    let checkstyle = text(Format::Checkstyle);
    let checkstyle = Document::parse(&checkstyle).unwrap();
    assert_eq!(checkstyle.root_element().children().filter(roxmltree::Node::is_element).count(), 0);
}

#[test]
fn what_could_not_be_read_is_no_success() {
    let outcome = Outcome { problems: vec!["cannot read `a<b`".into()], ..Outcome::default() };
    let sources = Sources::default();
    let run = &json(Format::Sarif, &outcome, &sources)["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let junit = render(Format::Junit, &outcome, &sources);
    assert!(junit.contains("errors=\"1\"") && junit.contains("a&lt;b"), "{junit}");
    assert!(render(Format::Markdown, &outcome, &sources).contains("Not all was read"));
}

#[test]
fn long_tables_are_folded() {
    let (mut outcome, sources) = saying("x");
    outcome.findings = vec![outcome.findings[0].clone(); 21];
    let text = render(Format::Markdown, &outcome, &sources);
    assert!(text.contains("<summary>21 findings</summary>\n\n| |"), "{text}");
    assert!(text.ends_with(" |\n\n</details>\n"), "{text}");
    let junit = render(Format::Junit, &outcome, &sources);
    assert!(junit.contains("shop/shop #21\""), "tests have names of their own: {junit}");
    let list = json(Format::Gitlab, &outcome, &sources);
    let print = |at: usize| list[at]["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!(format!("{}#21", print(0)), print(20));
}

#[test]
fn columns_are_characters_but_bytes_for_reviewdog() {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("a.yaml", "a: b\n\"é日\": here\n"));
    let span = find(&sources, source, "here");
    let finding = Finding::new(&STYLE, subject(source), span, "x");
    let outcome = Outcome { findings: vec![finding], ..Outcome::default() };
    let sarif = json(Format::Sarif, &outcome, &sources);
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &7.into()));
    let rd = json(Format::Rdjson, &outcome, &sources);
    let range = &rd["diagnostics"][0]["location"]["range"];
    assert_eq!((&range["start"]["column"], &range["end"]["column"]), (&10.into(), &14.into()));
}

#[test]
fn edits_are_told_to_programs_that_make_them() {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("a.yaml", "a: b\n\"é\": here\n"));
    let span = find(&sources, source, "here");
    let mut finding = Finding::new(&STYLE, subject(source), span, "x");
    finding.fix = Some(Box::new(Edit { span, text: "there".into() }));
    let outcome = Outcome { findings: vec![finding], ..Outcome::default() };
    let rd = json(Format::Rdjson, &outcome, &sources);
    let diagnostic = &rd["diagnostics"][0];
    assert_eq!(diagnostic["suggestions"][0]["text"], "there");
    assert_eq!(diagnostic["suggestions"][0]["range"], diagnostic["location"]["range"]);
    let sarif = json(Format::Sarif, &outcome, &sources);
    let result = &sarif["runs"][0]["results"][0];
    let change = &result["fixes"][0]["artifactChanges"][0];
    let physical = &result["locations"][0]["physicalLocation"];
    assert_eq!(change["artifactLocation"], physical["artifactLocation"]);
    assert_eq!(change["replacements"][0]["deletedRegion"], physical["region"]);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "there");
}

/// The fingerprints of findings at each `needle` of the first file.
fn fingerprints(texts: &[&str], needles: &[&str]) -> Vec<String> {
    let mut sources = Sources::default();
    for (at, text) in texts.iter().enumerate() {
        sources.add(Source::new(format!("{at}.yaml"), *text));
    }
    let (first, last) = (SourceId::new(0), SourceId::new(u32::try_from(texts.len()).unwrap() - 1));
    let finding = |needle: &&str| {
        let span = find(&sources, first, needle);
        let finding = Finding::new(&UNBOUND_HOST, subject(first), span, *needle);
        finding.label(find(&sources, last, "kind"), "")
    };
    let findings: Vec<_> = needles.iter().map(finding).collect();
    let places = Places::new(&findings, &sources, "default");
    (0..findings.len()).map(|at| places.fingerprint(at).to_owned()).collect()
}

#[test]
fn fingerprints_outlive_edits_elsewhere() {
    let head = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\nspec:\n";
    let one = format!(
        "{head}  hosts: [a.com, b.com]\n  http:\n  - match: [{{port: 17}}]\n  - name: two\n"
    );
    let needles = ["a.com", "b.com", "17", "two"];
    let before = fingerprints(&[&one], &needles);
    assert!(before.iter().all(|print| print.len() == 64), "{before:?}");
    let distinct: std::collections::BTreeSet<_> = before.iter().collect();
    assert_eq!(distinct.len(), 4);
    let lines_above = format!("# a comment\n\n---\nkind: Other\n---\n{one}");
    let two = format!(
        "{head}  http:\n  - name: two\n  - match:\n    - port: 17\n  hosts:\n  - b.com\n  - a.com\n"
    );
    let in_list =
        format!("kind: List\napiVersion: v1\nitems:\n- {}", one.trim_end().replace('\n', "\n  "));
    for after in [&lines_above, &two, &in_list] {
        // The other label is in the same object, or in one without name.
        let after = after.replacen("kind: Other", "# none", 1);
        assert_eq!(fingerprints(&[&after], &needles), before, "{after}");
    }
    assert_ne!(fingerprints(&[&one.replace("port: 17", "port: 18")], &["18"]), [before[2].clone()]);
    let gateway = |name: &str| {
        format!("apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {name}}}\n")
    };
    let with = |name: &str| fingerprints(&[&one, &gateway(name)], &needles[..1]);
    assert_eq!(with("a"), with("a"));
    assert_ne!(with("a"), with("b"), "the objects of other labels count");
    assert_ne!(with("a"), before[..1]);
}

#[test]
fn control_and_direction_characters_do_not_reach_the_terminal() {
    assert_eq!(printable("plain é"), "plain é");
    assert_eq!(printable("a\r\nb\tc"), "a b c");
    assert_eq!(printable("\u{1b}[31m\u{202e}x"), "\u{fffd}[31m\u{fffd}x");
}

#[test]
fn formats_are_called_by_their_words() {
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(*format));
    }
    assert_eq!("xml".parse::<Format>(), Err(()));
}
