//! The invariants of ARCHITECTURE.md, read off the sources. A failure names the file and quotes the sentence.
#![expect(clippy::disallowed_methods, reason = "tests read the sources")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::common::root;

/// The layers by number (ARCHITECTURE.md, "Layers"). Modules of the same number do not know each other.
const LAYERS: &[(&str, u8)] = &[
    ("text", 0),
    ("certificate", 1),
    ("finding", 1),
    ("pattern", 1),
    ("yaml", 1),
    ("input", 2),
    ("config", 2),
    ("manifest", 2),
    ("istio", 3),
    ("suppression", 3),
    ("mesh", 4),
    ("envoy", 5),
    ("validation", 5),
    ("rules", 6),
    ("analysis", 7),
    ("explain", 8),
    ("diff", 8),
    ("graph", 8),
    ("suite", 8),
    ("report", 9),
    ("lsp", 10),
    ("cli", 11),
];

const DIRECTION: &str = "A module imports only from layers with a smaller number; modules of the same number do not \
                         import each other.";
const OUTSIDE: &str = "`input` alone reads files and asks `git`, `cli` alone writes them and knows the \
                       environment, the terminal and the end of the process.";
const ONE_PLACE: &str =
    "An external crate that gives the tool its face or its input is named in one place only.";
const BINDING: &str = "Which server admits which host of which VirtualService is computed in `envoy::build` alone; \
                       everything else reads its records.";
const SIZE: &str = "No file is longer than 700 lines, tables excepted.";

/// External crates and where they may be named: files, or folders with a `/` at the end.
const CRATES: &[(&str, &[&str])] = &[
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/"]),
    ("clap_mangen", &["cli/"]),
    ("anstream", &["cli/"]),
    ("terminal_size", &["cli/"]),
    ("miette", &["cli/"]),
    ("ariadne", &["report/full.rs"]),
    ("owo_colors", &["report/terminal.rs"]),
    ("granit_parser", &["yaml/"]),
    ("ignore", &["input/"]),
    ("globset", &["input/"]),
    ("x509_cert", &["certificate/"]),
    ("serde_yaml", &["config/", "istio/mesh_config.rs"]),
];

/// The records of the builder: what they say is decided where they are made.
const RECORDS: &[&str] = &["Binding", "Dropped", "ServerRecord"];

/// Files that are tables, and so may be long.
const TABLES: &[&str] = &[];

const MOST_LINES: usize = 700;

struct Source {
    /// Path below `src`, with `/`.
    path: String,
    /// The text, comments and the contents of string literals blanked out.
    code: String,
    lines: usize,
}

impl Source {
    /// The module that the file belongs to: none for `lib.rs` and `main.rs`.
    fn layer(&self) -> Option<&str> {
        self.path.split_once('/').map(|(first, _)| first)
    }

    /// Whether the file holds nothing but tests.
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// How many modules deep the file is: 1 for `report/mod.rs`, 2 for `report/full.rs`.
    fn depth(&self) -> usize {
        let parts = self.path.matches('/').count();
        if self.path.ends_with("/mod.rs") { parts } else { parts + 1 }
    }
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut sources = Vec::new();
    read(&src, &src, &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!sources.is_empty(), "there are sources in {}", src.display());
    sources
}

fn read(folder: &Path, src: &Path, into: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("the folder of the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, src, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            let name = path.strip_prefix(src).expect("it is below").to_str().expect("UTF-8");
            into.push(Source {
                path: name.replace('\\', "/"),
                code: blank(&text),
                lines: text.lines().count(),
            });
        }
    }
}

/// Blanks out comments and the contents of string literals; line breaks stay.
fn blank(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw = rest.strip_prefix('r').map(|after| after.trim_start_matches('#'));
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if raw.is_some_and(|after| after.starts_with('"'))
            && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        {
            let hashes = rest.len() - 1 - raw.map_or(0, str::len);
            let close = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            rest[start..].find(&close).map_or(rest.len(), |end| start + end + close.len())
        } else if c == '"' {
            string_length(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\\"'") {
            4
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.push(' ');
        code.extend(rest[..length].chars().filter(|&c| c == '\n'));
        rest = &rest[length..];
    }
    code
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The places where `word` stands as a whole word, and what follows it.
fn words<'c>(code: &'c str, word: &'c str) -> impl Iterator<Item = (usize, &'c str)> {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).filter_map(move |(at, _)| {
        let after = &code[at + word.len()..];
        (!code[..at].ends_with(inside) && !after.starts_with(inside)).then_some((at, after))
    })
}

fn identifier(code: &str) -> &str {
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    &code[..end]
}

/// The modules of the crate's root that a path names; `after` follows `crate::`, and may be a group in braces.
fn named(after: &str) -> Vec<&str> {
    let Some(group) = after.trim_start().strip_prefix('{') else {
        return vec![identifier(after.trim_start())];
    };
    let (mut depth, mut start, mut names) = (0_u32, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                names.push(identifier(group[start..at].trim_start()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

/// The layers that a file imports from, with the line.
fn imports(source: &Source) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let line = |at: usize| source.code[..at].matches('\n').count() + 1;
    for (at, after) in words(&source.code, "crate") {
        if let Some(after) = after.strip_prefix("::") {
            found.extend(named(after).into_iter().map(|name| (line(at), name)));
        }
    }
    let to_root = "super::".repeat(source.depth());
    for (at, _) in source.code.match_indices(&to_root) {
        if !source.code[..at].ends_with("super::") && !source.code[..at].ends_with("self::") {
            let names = named(&source.code[at + to_root.len()..]);
            found.extend(names.into_iter().map(|name| (line(at), name)));
        }
    }
    found.retain(|(_, name)| number(name).is_some());
    found
}

fn number(layer: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == layer).map(|(_, number)| *number)
}

#[track_caller]
fn holds(sentence: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{}\nARCHITECTURE.md: {sentence}", wrong.join("\n"));
}

#[test]
fn the_document_has_the_sentences_and_the_layers_that_are_tested() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [DIRECTION, OUTSIDE, ONE_PLACE, BINDING, SIZE] {
        assert!(flat.contains(sentence), "ARCHITECTURE.md lacks: {sentence}");
    }
    let mut wrong = String::new();
    for layer in sources().iter().filter_map(Source::layer) {
        let Some(number) = number(layer) else {
            let _ = writeln!(wrong, "src/{layer} has no number in tests/it/architecture.rs");
            continue;
        };
        let row = |line: &str| {
            line.split_whitespace().next() == Some(number.to_string().as_str())
                && line.contains(&format!("`{layer}`"))
        };
        if !text.lines().any(|line| row(line.trim_start_matches('|'))) {
            let _ = writeln!(wrong, "ARCHITECTURE.md has no row of layer {number} with `{layer}`");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn modules_import_only_from_lower_layers() {
    let mut wrong = Vec::new();
    for source in &sources() {
        let Some(layer) = source.layer() else { continue };
        let Some(own) = number(layer) else { continue };
        for (line, name) in imports(source) {
            if name != layer && number(name).is_some_and(|number| number >= own) {
                wrong.push(format!("src/{}:{line}: `{layer}` imports `{name}`", source.path));
            }
        }
    }
    holds(DIRECTION, &wrong);
}

#[test]
fn only_input_and_cli_touch_the_outside() {
    let mut wrong = Vec::new();
    for source in &sources() {
        if source.is_test() || matches!(source.layer(), None | Some("input" | "cli")) {
            continue;
        }
        for word in ["disallowed_methods", "std::fs", "std::env", "TcpStream", "std::process"] {
            for (at, _) in words(&source.code, word) {
                let line = source.code[..at].matches('\n').count() + 1;
                wrong.push(format!("src/{}:{line}: `{word}`", source.path));
            }
        }
    }
    holds(OUTSIDE, &wrong);
}

#[test]
fn external_crates_have_their_place() {
    let mut wrong = Vec::new();
    for source in &sources() {
        for (name, places) in CRATES {
            let is_here = places.iter().any(|place| match place.strip_suffix('/') {
                Some(folder) => source.layer() == Some(folder),
                None => source.path == *place,
            });
            if is_here || source.is_test() {
                continue;
            }
            for (at, after) in words(&source.code, name) {
                let before = source.code[..at].trim_end();
                let is_path = after.starts_with("::") && !before.ends_with("::");
                if is_path || (after.starts_with(';') && before.ends_with("use")) {
                    let line = source.code[..at].matches('\n').count() + 1;
                    wrong.push(format!("src/{}:{line}: `{name}`", source.path));
                }
            }
        }
    }
    holds(ONE_PLACE, &wrong);
}

#[test]
fn binding_is_computed_by_the_builder_alone() {
    let mut wrong = Vec::new();
    for source in &sources() {
        if source.is_test() || source.path.starts_with("envoy/build") {
            continue;
        }
        for record in RECORDS {
            for (at, after) in words(&source.code, record) {
                let before = source.code[..at].trim_end();
                let is_type = ["struct", "for", "impl", "->"].iter().any(|w| before.ends_with(w));
                let is_pattern = after.trim_start().strip_prefix('{').is_some_and(|rest| {
                    let body = rest.split('}').next().unwrap_or_default();
                    body.trim_end().ends_with("..") && !body.trim_end().ends_with(":..")
                });
                if after.trim_start().starts_with('{') && !is_type && !is_pattern {
                    let line = source.code[..at].matches('\n').count() + 1;
                    wrong.push(format!("src/{}:{line}: makes a `{record}`", source.path));
                }
            }
        }
    }
    holds(BINDING, &wrong);
}

#[test]
fn files_are_short() {
    let mut sources = sources();
    sources.sort_by_key(|source| std::cmp::Reverse(source.lines));
    for source in sources.iter().take(5) {
        println!("{:5} src/{}", source.lines, source.path);
    }
    let long = sources
        .iter()
        .filter(|s| s.lines > MOST_LINES && !TABLES.contains(&s.path.as_str()))
        .map(|source| format!("src/{}: {} lines", source.path, source.lines));
    holds(SIZE, &long.collect::<Vec<_>>());
}

#[test]
fn the_reader_of_sources_sees_paths_and_nothing_else() {
    let code = "use crate::{text::{Span, a}, yaml};\n// crate::cli\nlet s = \"crate::report \\\" x\";\n\
                let r = r#\"crate::mesh \" \"#; let q = '\"'; super::super::istio::X; crate::envoy::Y";
    let source = Source { path: "report/full.rs".to_owned(), code: blank(code), lines: 4 };
    assert_eq!(imports(&source), [(1, "text"), (1, "yaml"), (4, "envoy"), (4, "istio")]);
    let nested = Source { path: "report/mod.rs".to_owned(), ..source };
    assert_eq!(imports(&nested), [(1, "text"), (1, "yaml"), (4, "envoy")]);
}
