//! The baseline, `.gwctl-baseline.json`: findings that are known and not to be reported again. Its form; what a run does
//! with it is told elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::{Error, node};
use crate::text::{SourceId, Span, Spanned};
use crate::yaml::{self, Kind, Node, Scalar};

/// The form that is read and written.
const SCHEMA: &str = "gwctl/baseline/v1";

/// The keys of a baseline.
const KEYS: &[&str] = &["schema", "entries"];

/// The keys of an entry.
const OF_ENTRY: &[&str] = &["rule", "file", "object", "path", "count"];

/// What an entry is about. The order is that of a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accepted {
    /// The file, from the root of the repository.
    pub file: String,
    /// The code of the rule.
    pub rule: String,
    /// `KIND NAMESPACE/NAME`; empty where a finding is about no object.
    pub object: String,
    /// The field of the object, by names instead of numbers.
    pub path: String,
}

/// How many findings a baseline allows of each, and where it says so.
pub type Entries = BTreeMap<Accepted, Spanned<u32>>;

/// Reads a baseline; JSON is YAML, so places are known. Of what stands there twice, as after a merge, the larger number
/// counts.
pub fn read_baseline(text: &str) -> Result<Entries, Error> {
    let mut entries = None;
    for chunk in yaml::split(text) {
        let tree = yaml::parse(SourceId::new(0), text, &chunk).map_err(|error| {
            let error = Error::from(error);
            let message = format!("the baseline is not valid JSON: {}", error.message);
            // Whatever helps with YAML does not help here.
            Error { message, help: None, ..error }
        })?;
        let Some(root) = tree.root().filter(|root| !root.is_null()) else { continue };
        if entries.is_some() {
            return Err(Error::new(root.span(), "a baseline is one object"));
        }
        entries = Some(of_root(root)?);
    }
    entries.ok_or_else(|| Error::new(Span::new(SourceId::new(0), 0, 0), "the baseline is empty"))
}

fn of_root(root: Node<'_>) -> Result<Entries, Error> {
    // Of another version everything else may be different.
    check_schema(root)?;
    let mut entries = Entries::new();
    for (key, value) in node::map(root, "baseline")? {
        match key.value.as_str() {
            "schema" => {}
            "entries" if value.kind() == Kind::Seq => {
                for item in value.items() {
                    let (accepted, count) = entry(item)?;
                    let known = entries.entry(accepted).or_insert(count);
                    known.value = known.value.max(count.value);
                }
            }
            "entries" => return Err(node::wrong(value, "entries", "a list")),
            _ => return Err(node::unknown_key(&key, " of a baseline", KEYS.iter().copied())),
        }
    }
    Ok(entries)
}

fn check_schema(root: Node<'_>) -> Result<(), Error> {
    if root.kind() != Kind::Map {
        return Err(node::wrong(root, "baseline", "a mapping"));
    }
    let help = format!("this version of gwctl reads `{SCHEMA}`");
    let Some(schema) = root.get("schema") else {
        let first = Span { end: root.span().start + 1, ..root.span() };
        return Err(Error::new(first, "a baseline has a `schema`").help(help));
    };
    match schema.text() {
        Some(SCHEMA) => Ok(()),
        Some(other) => {
            Err(Error::new(schema.span(), format!("unknown schema `{other}`")).help(help))
        }
        None => Err(node::wrong(schema, "schema", "a text")),
    }
}

fn entry(item: Node<'_>) -> Result<(Accepted, Spanned<u32>), Error> {
    let mut accepted = Accepted::default();
    let mut count = None;
    let mut missing: Vec<&str> = OF_ENTRY.to_vec();
    for (key, value) in node::map(item, "entry")? {
        let name = key.value.as_str();
        match name {
            "file" => accepted.file = text(value, name)?,
            "rule" => accepted.rule = text(value, name)?,
            "object" => accepted.object = text(value, name)?,
            "path" => accepted.path = text(value, name)?,
            "count" => count = Some(node::number(value, name)?),
            _ => return Err(node::unknown_key(&key, " of an entry", OF_ENTRY.iter().copied())),
        }
        missing.retain(|known| *known != name);
    }
    match (count, missing.first()) {
        (Some(count), None) => Ok((accepted, Spanned::new(count, item.span()))),
        (_, missing) => {
            let missing = missing.copied().unwrap_or("count");
            Err(Error::new(item.span(), format!("the entry has no `{missing}`")))
        }
    }
}

/// A text as it is: it may be empty.
fn text(node: Node<'_>, name: &str) -> Result<String, Error> {
    match (node.text(), node.scalar()) {
        (Some(text), Some(Scalar::Str(_))) => Ok(text.to_owned()),
        _ => Err(node::wrong(node, name, "a text")),
    }
}

/// A baseline as text: one line an entry, so that git merges it.
pub fn write_baseline(entries: &Entries) -> String {
    let mut out = format!("{{\"schema\": {}, \"entries\": [", quoted(SCHEMA));
    for (at, (Accepted { file, rule, object, path }, count)) in entries.iter().enumerate() {
        let [rule, file, object, path] = [rule, file, object, path].map(|text| quoted(text));
        let comma = if at == 0 { "" } else { "," };
        write!(
            out,
            "{comma}\n{{\"rule\": {rule}, \"file\": {file}, \"object\": {object}, \"path\": {path}, \"count\": {count}}}"
        )
        .expect("a string takes all");
    }
    out.push_str("\n]}\n");
    out
}

/// A text as JSON that is YAML, too: what YAML takes for no text is written by its number.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    let is_odd = |c: &char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    let chars = json.chars().map(|c| match c {
        odd if is_odd(&odd) => format!("\\u{:04x}", u32::from(odd)),
        other => other.to_string(),
    });
    chars.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(path: &str) -> Accepted {
        let [file, rule, object] =
            ["apps/vs.yaml", "GW402", "VirtualService shop/shop"].map(str::to_owned);
        Accepted { file, rule, object, path: path.to_owned() }
    }

    /// Entries that count 1, 2 and so on.
    fn entries(all: impl IntoIterator<Item = Accepted>) -> Entries {
        let nowhere = Span::new(SourceId::new(0), 0, 0);
        (1..).zip(all).map(|(count, one)| (one, Spanned::new(count, nowhere))).collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let odd = [
            "",
            "spec.http[\"a \\\"b\\\" \\\\ \\u{1}\"]",
            "x[\u{1}\u{7f}\u{80}\u{85}\u{9f}\u{ffff}\u{2028}\u{feff}é😀\t\n<%|>' # ]: ",
        ];
        let all = entries(odd.map(accepted));
        let read = read_baseline(&write_baseline(&all)).unwrap();
        let counts = |entries: &Entries| -> Vec<(Accepted, u32)> {
            entries.iter().map(|(one, count)| (one.clone(), count.value)).collect()
        };
        assert_eq!(counts(&read), counts(&all));
    }

    #[test]
    fn an_entry_is_a_line() {
        let none = "{\"schema\": \"gwctl/baseline/v1\", \"entries\": [\n]}\n";
        assert_eq!(write_baseline(&Entries::new()), none);
        assert!(read_baseline(none).unwrap().is_empty());
        let two = entries([accepted("spec.http[checkout].match"), accepted("x")]);
        assert_eq!(
            write_baseline(&two),
            r#"{"schema": "gwctl/baseline/v1", "entries": [
{"rule": "GW402", "file": "apps/vs.yaml", "object": "VirtualService shop/shop", "path": "spec.http[checkout].match", "count": 1},
{"rule": "GW402", "file": "apps/vs.yaml", "object": "VirtualService shop/shop", "path": "x", "count": 2}
]}
"#
        );
    }

    #[test]
    fn a_line_that_a_merge_left_twice_counts_once() {
        let one = write_baseline(&entries([accepted("x")]));
        let line = one.lines().nth(1).unwrap();
        let more = line.replace("1}", "3}");
        let read = read_baseline(&one.replace(line, &format!("{more},\n{line}"))).unwrap();
        assert_eq!((read.len(), read[&accepted("x")].value), (1, 3));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let v1 = |rest: &str| format!("{{\"schema\": \"gwctl/baseline/v1\", {rest}}}");
        let one = r#"{"rule": "GW402", "file": "a", "object": "b", "path": "c", "count": 1}"#;
        for (text, message, at) in [
            (String::new(), "the baseline is empty", ""),
            ("[]".to_owned(), "`baseline` must be a mapping, not a list", "[]"),
            ("{}".to_owned(), "a baseline has a `schema`", "{"),
            (
                r#"{"schema": "gwctl/baseline/v2"}"#.to_owned(),
                "unknown schema `gwctl/baseline/v2`",
                "\"gwctl/baseline/v2\"",
            ),
            (v1("\"entry\": []"), "unknown key `entry` of a baseline", "\"entry\""),
            (v1("\"entries\": {}"), "`entries` must be a list, not a mapping", "{}"),
            (v1("\"entries\": [1]"), "`entry` must be a mapping, not a number", "1"),
            (
                v1(&format!("\"entries\": [{}]", one.replace("\"a\"", "1"))),
                "`file` must be a text, not a number",
                "1",
            ),
            (
                v1(&format!("\"entries\": [{}]", one.replace(": 1}", ": -1}"))),
                "`count` must be between 0 and 4294967295",
                "-1",
            ),
            (
                v1(&format!("\"entries\": [{}]", one.replace("path", "paths"))),
                "unknown key `paths` of an entry",
                "\"paths\"",
            ),
            (
                v1("\"entries\": [{\"rule\": \"GW402\"}]"),
                "the entry has no `file`",
                "{\"rule\": \"GW402\"}",
            ),
        ] {
            let error = read_baseline(&text).unwrap_err();
            let (start, end) = (error.span.start as usize, error.span.end as usize);
            assert_eq!((error.message.as_str(), &text[start..end]), (message, at), "{text}");
        }
        // What git leaves in a conflict.
        let text = format!("\"entries\": [\n{one},\n<<<<<<< HEAD\n{one}\n=======\n]");
        let error = read_baseline(&v1(&text)).unwrap_err();
        assert!(error.message.starts_with("the baseline is not valid JSON: "), "{}", error.message);
    }
}
