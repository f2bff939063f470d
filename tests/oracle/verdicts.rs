//! Our verdicts against the recorded ones of Istio's validators and of the API server, and where findings point.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gwctl::analysis::{LoadOptions, Loaded, Objected, load, path_at};
use gwctl::input::{Contents, File, Input};
use gwctl::istio::objection::{Stance, Weight};
use gwctl::text::{SourceId, Span};
use gwctl::yaml::{self, Kind, Node};
use libtest_mimic::{Failed, Trial};

use crate::known::Known;

/// One row of a recording.
struct Row {
    document: u32,
    name: String,
    check: String,
    istio: String,
    schema: String,
    schema_messages: String,
}

/// None where the folder is absent.
pub(crate) fn trials(folder: &Path, known: &Arc<Known>) -> Option<Vec<Trial>> {
    let mut groups: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|group| folder.join(group).join("verdicts.tsv").is_file())
        .collect();
    groups.sort_unstable();
    let trial = |group: &String| {
        let (group, folder, known) = (group.clone(), folder.join(group), Arc::clone(known));
        let name = format!("verdicts/{group}");
        Trial::test(name, move || check(&group, &folder, &known))
    };
    let places = |group: &String| {
        let folder = folder.join(group);
        Trial::test(format!("places/{group}"), move || check_places(&folder))
    };
    Some(groups.iter().map(trial).chain(groups.iter().map(places)).collect())
}

fn check(group: &str, folder: &Path, known: &Known) -> Result<(), Failed> {
    let loaded = loaded(folder)?;
    let objected = by_document(&loaded);
    let mut wrong = String::new();
    for row in rows(folder)? {
        let weights = objected.get(&row.document).map_or(&[][..], Vec::as_slice);
        let weight = weights.iter().fold(Weight::NONE, |all, of| all.and(weight_of(of)));
        let is_unreadable = loaded.broken.iter().any(|b| b.subject.document == row.document);
        let weight = if is_unreadable && weights.is_empty() { Weight::BOTH } else { weight };
        let istio = match weight.istio {
            Stance::Rejects => "rejected",
            Stance::Warns => "warning",
            Stance::Loses | Stance::Accepts => "accepted",
        };
        let schema = if weight.schema { "rejected" } else { "accepted" };
        let wanted = if row.istio == "undecodable" { "rejected" } else { &row.istio };
        let is_equal = istio == wanted && schema == row.schema;
        let name = format!("{group}[{}]", row.document);
        match (is_equal, known.reason(&name)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(_)) => writeln!(wrong, "{name}: listed as a known difference, but equal")?,
            (false, None) => writeln!(
                wrong,
                "{name} {} ({}): want istio {wanted}, schema {}; got istio {istio}, schema {schema}",
                row.name, row.check, row.schema
            )?,
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}

/// Objections lie where the table of places says, and where the schema's messages name a path.
fn check_places(folder: &Path) -> Result<(), Failed> {
    let loaded = loaded(folder)?;
    let objected = by_document(&loaded);
    let text = &loaded.sources.get(SourceId::new(0)).text;
    let chunks = yaml::split(text);
    let table = places()?;
    let mut wrong = String::new();
    for row in rows(folder)? {
        let found = objected.get(&row.document).map_or(&[][..], Vec::as_slice);
        let objections = || found.iter().flat_map(|of| &of.objections);
        for objection in objections() {
            let Some(patterns) = table.get(objection.check) else { continue };
            let path = path_at(SourceId::new(0), text, objection.span).unwrap_or_default();
            if !patterns.iter().any(|pattern| lies(&path, pattern)) {
                writeln!(
                    wrong,
                    "[{}] {}: {} is at `{path}`, not in {patterns:?}",
                    row.document, row.name, objection.check
                )?;
            }
        }
        for objection in objections().filter(|one| BY_READING.contains(&one.check)) {
            let path = path_at(SourceId::new(0), text, objection.span).unwrap_or_default();
            let paths = mutated(&row.check);
            if !paths.is_empty() && !paths.iter().any(|place| is_beside(&path, place)) {
                writeln!(
                    wrong,
                    "[{}] {}: {} is at `{path}`, changed was {paths:?}",
                    row.document, row.name, objection.check
                )?;
            }
        }
        let Some(chunk) = chunks.iter().find(|chunk| chunk.document == row.document) else {
            continue;
        };
        let Ok(tree) = yaml::parse(SourceId::new(0), text, chunk) else { continue };
        let Some(root) = tree.root() else { continue };
        for named in named_by_schema(&row.schema_messages) {
            let place = place_of(root, &named);
            let mut by_schema = objections().filter(|objection| objection.weight.schema);
            if !by_schema.any(|objection| place.contains(objection.span)) {
                writeln!(
                    wrong,
                    "[{}] {}: the schema names `{named}`, no finding is there",
                    row.document, row.name
                )?;
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}

/// Checks of reading and of the schema, which look at one value or at the fields of one message.
const BY_READING: &[&str] =
    &["type", "schema-type", "required", "one-of", "limit", "short-duration"];

/// The paths at which a random change was made: `mutated: leaf servers[].port.name; del servers[].tls`.
fn mutated(check: &str) -> Vec<String> {
    let Some(changes) = check.strip_prefix("mutated: ") else { return Vec::new() };
    let path = |change: &str| Some(format!("spec.{}", change.trim().split_once(' ')?.1));
    changes.split(';').filter_map(path).collect()
}

/// Whether a path lies in a changed place, or in the message around it.
fn is_beside(path: &str, place: &str) -> bool {
    let path = generic(path);
    let parent = place.rsplit_once('.').map_or("", |(parent, _)| parent);
    path.starts_with(place) || path.starts_with(parent)
}

/// Whether a path lies in what a pattern names, or, where that is absent, is its parent.
fn lies(path: &str, pattern: &str) -> bool {
    let path = generic(path);
    let (parent, last) = pattern.rsplit_once('.').unwrap_or(("", pattern));
    let dotted = format!(".{path}.");
    // A pattern may end at a list or map, and the place be an entry of it.
    let holds =
        |part: &str| dotted.contains(&format!(".{part}.")) || dotted.contains(&format!(".{part}["));
    let is_list = last.ends_with("[]");
    holds(pattern)
        || (is_list && path.ends_with(pattern.trim_end_matches("[]")))
        || path.ends_with(parent)
        // An object without `spec`.
        || (path.is_empty() && parent == "spec")
}

/// A path with its numbers left out, and the names of fields as in JSON.
fn generic(path: &str) -> String {
    let mut out = String::new();
    let (mut is_number, mut is_upper) = (false, false);
    for c in path.chars() {
        match c {
            '_' if !is_number => is_upper = true,
            c if is_upper => {
                is_upper = false;
                out.push(c.to_ascii_uppercase());
            }
            '[' => {
                is_number = true;
                out.push('[');
            }
            ']' => {
                is_number = false;
                out.push(']');
            }
            c if is_number && c.is_ascii_digit() => {}
            c => out.push(c),
        }
    }
    out
}

/// Where the value at `named` is written; where it does not exist, its nearest parent that does.
fn place_of(root: Node<'_>, named: &str) -> Span {
    let (mut node, mut rest) = (root, named);
    loop {
        rest = rest.trim_start_matches(['.', ']']);
        let next = if node.kind() == Kind::Seq {
            let digits = rest.trim_start_matches('[');
            let end = digits.find(']').unwrap_or(digits.len());
            let at = digits[..end].parse::<usize>().ok();
            at.and_then(|at| node.items().nth(at)).map(|item| (item, &digits[end..]))
        } else {
            let key = rest.trim_start_matches('[');
            let fits = |text: &str| {
                let after = key.strip_prefix(text)?;
                (after.is_empty() || after.starts_with(['.', '[', ']'])).then_some(after)
            };
            // Keys may hold dots: the longest one counts.
            let found = node.entries().filter_map(|(k, v)| Some((v, fits(&k.key())?)));
            found.filter(|(value, _)| !value.is_null()).min_by_key(|(_, after)| after.len())
        };
        match next {
            Some((child, after)) if !rest.is_empty() => (node, rest) = (child, after),
            _ => return node.span(),
        }
    }
}

/// The paths that messages of the schema name.
fn named_by_schema(messages: &str) -> Vec<String> {
    let path = |message: &str| {
        let (head, rest) = message.split_once(": ")?;
        if head == "<nil>" {
            return rest.split('"').find(|part| part.starts_with("spec.")).map(str::to_owned);
        }
        (head.starts_with("spec") || head.starts_with("metadata")).then(|| head.to_owned())
    };
    messages.split(" | ").filter_map(path).collect()
}

fn weight_of(objected: &Objected) -> Weight {
    objected.objections.iter().fold(Weight::NONE, |all, objection| all.and(objection.weight))
}

fn by_document(loaded: &Loaded) -> BTreeMap<u32, Vec<&Objected>> {
    let mut all: BTreeMap<u32, Vec<&Objected>> = BTreeMap::new();
    for objected in &loaded.objected {
        all.entry(objected.subject.document).or_default().push(objected);
    }
    all
}

fn loaded(folder: &Path) -> Result<Loaded, Failed> {
    let text = fs::read_to_string(folder.join("input.yaml"))?;
    let name = "input.yaml".to_owned();
    let contents = Contents::Text(text);
    let file = File { name, contents, bom: false, chart_template: false, named: true };
    let input = Input { files: vec![file], ..Input::default() };
    Ok(load(input, &LoadOptions::default()))
}

fn rows(folder: &Path) -> Result<Vec<Row>, Failed> {
    let text = fs::read_to_string(folder.join("verdicts.tsv"))?;
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut rows = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            let at = head.iter().position(|column| *column == name);
            at.and_then(|at| cells.get(at)).copied().unwrap_or_default().to_owned()
        };
        if cell("istio") != "unknown" {
            rows.push(Row {
                document: cell("document").parse()?,
                name: cell("name"),
                check: cell("check"),
                istio: cell("istio"),
                schema: cell("crd"),
                schema_messages: cell("crd_messages"),
            });
        }
    }
    Ok(rows)
}

/// The table of places: patterns by check.
fn places() -> Result<BTreeMap<String, Vec<String>>, Failed> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/validation/paths.tsv");
    let text = fs::read_to_string(path)?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &str| {
        let (check, patterns) = line.split_once('\t')?;
        Some((check.to_owned(), patterns.split('|').map(str::to_owned).collect()))
    };
    Ok(lines.filter_map(entry).collect())
}
