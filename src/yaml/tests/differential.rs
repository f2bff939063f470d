//! Where the fast reader takes a document, granit must make the same tree of it.

use std::path::Path;

use proptest::prelude::*;

use super::*;

const SEED: &str = include_str!("seed.yaml");

/// Compares the readers on a document; whether the fast one took it.
fn compare(text: &str, chunk: &Chunk) -> bool {
    let Some(fast) = fast::read(SourceId::new(0), text, chunk) else { return false };
    let document = &text[chunk.start as usize..chunk.end as usize];
    match granit::read(SourceId::new(0), text, chunk) {
        Ok(tree) => assert_eq!(spans(&fast), spans(&tree), "{document:?}"),
        Err(error) => panic!("{error}: {document:?}"),
    }
    true
}

/// Compares the readers on each document of a file, as they are given to them: lines of `---` are in none.
fn compare_documents(text: &str) {
    for chunk in split(text) {
        compare(text, &chunk);
    }
}

fn takes(text: &str) -> bool {
    compare(text, &chunk(text))
}

#[test]
fn the_ordinary_subset_is_taken() {
    assert!(takes(SEED));
    assert!(takes(&SEED.replace('\n', "\r\n")));
    for text in [
        "",
        "# c\n",
        "\n\n",
        "a: 1",
        "a:\n",
        "a:\n# c\nb:\n  # d\n",
        "a:\n- b\n- c: d\n  e: f\n\n  # g\n  h:\n  - i\n-\nj: k\n",
        "a:\n  -\n    b: c\n  - - d\n    - e\n  -\n",
        "a: b # c\nd: e#f\ng: h:i\n'k l' : m\n\"n\": {}\no: []\n",
        "a: [b, [c, {d: e}], 'f', \"g\", ]\n",
        "a: {b: c, d: [e], \"f\":1}\n",
        "{\n  \"a\": [1, true, null],\n  \"b\": {\"c\": -1.5e3, \"d\": []\n}}\n",
        "- a\n- b: -1\n- -c\n",
        "a: |\n  b\n\n   c\n\n\nd: |-\n   e\nf: |+\n  g\n\nh: >\n  i\n  j\n\n\n  k\nl: |+\n  m\n\n",
        "- |\n  a\n- b: >-\n    c\n",
        "a: é\u{a0}ü…\nb: '日本'\n",
        "a: 1\nb: 2\na: 3\n",
        "a: x y  \nb:   z\n",
        "spec:\n    a: 1\n    b:\n            - c\n            - d\n",
        "a: \\d+\nb: '\\d'\nc: a&b*c!d|e>f'g\"h%i@j`k,l[m]n{o}p?q\n",
    ] {
        assert!(takes(text), "{text:?}");
    }
}

#[test]
fn everything_doubtful_is_left_to_granit() {
    for text in [
        "a: &x b\n",
        "a: *x\n",
        "a: !!str b\n",
        "<<: {a: b}\n",
        "\"<<\": *x\n",
        "a:\tb\n",
        "\ta: b\n",
        "a: b\n  c\n",
        "a: 'b\n  c'\n",
        "a: \"b\\n\"\n",
        "a: 'b''c'\n",
        "? a\n",
        "a: b\n...\n",
        "%YAML 1.1\n",
        "1: a\n",
        "on: a\n",
        "~: a\n",
        "a: b: c\n",
        "a: - b\n",
        "a\n",
        "'a'\n",
        "a:\n  b\n",
        "a: |2\n  b\n",
        "a: | # c\n  b\n",
        "a: |\n\n    \n  b\n",
        "a: |\n  b",
        "a: [b\n",
        "a: [b # c\n]\n",
        "a: [b: c]\n",
        "a: {b}\n",
        "a: {b: }\n",
        "a: b\n c: d\n",
        "a:\n    b: c\n  d: e\n",
        "- a\nb: c\n",
        "a: b\n- c\n",
        "a: \"b\" c\n",
        "a: \"b\"#c\n",
        "a: b\rc: d\n",
        "a: b\u{85}c\n",
        "a: b\u{2028}c\n",
        "a: \u{feff}b\n",
        "\u{feff}a: b\n",
        "a: \u{1}\n",
        "a: {b: c\n---d: e}\n",
        "a: {b: c\n...\n}\n",
        "a: b\n]\n",
        "[a]\nb: c\n",
        "[a]: c\n",
        "a: @b\n",
        "- a: 1\n b: 2\n",
    ] {
        assert!(fast::read(SourceId::new(0), text, &chunk(text)).is_none(), "{text:?}");
    }
    assert!(!takes(&("- ".repeat(MAX_DEPTH + 1) + "a\n")));
    assert!(takes(&("- ".repeat(MAX_DEPTH) + "a\n")));
    assert!(!takes(&("[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH + 1))));
}

/// Pieces that change the structure when they are put somewhere.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    ":",
    ": ",
    "-",
    "- ",
    "#",
    " #",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    "|",
    ">",
    "|-",
    "|+",
    ">+",
    "&a ",
    "*a",
    "!t ",
    "?",
    "\\",
    "a",
    "é",
    "\u{85}",
    "\n\n",
    "\n  ",
    "\n    ",
    "...",
    "---",
    "<<",
    "0",
    "on",
    "~",
    "a: ",
    "a: b\n",
    "\n- a",
    "\n  - a: b\n",
    "%",
    "@",
    "\u{feff}",
    "`",
    "!",
    "\r",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases * 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_manifests(
        window in (0..SEED.len(), 0..SEED.len()),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, prop::sample::select(PIECES)), 0..4),
    ) {
        // Some lines of the seed, so that edits meet the start and the end.
        let lines: Vec<&str> = SEED.split_inclusive('\n').collect();
        let (from, to) = (window.0 % lines.len(), window.1 % lines.len());
        let mut text = if from < to { lines[from..to].concat() } else { SEED.to_owned() };
        for (place, removed, piece) in edits {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = place.index(places.len());
            let end = places[(at + removed).min(places.len() - 1)];
            text.replace_range(places[at]..end, piece);
        }
        compare_documents(&text);
    }

    #[test]
    fn small_documents(text in "([ab]|: |- |-|:| |\n|\n  |\n\\- |'|\"|\\[|\\]|\\{|\\}|, |,| #|#|\\||>|\r\n|1|é){0,24}") {
        compare_documents(&text);
    }
}

/// Runs over a folder of manifests beside the repository, where there is one.
#[test]
fn corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !folder.exists() {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    }
    let (mut documents, mut taken, mut refused) = (0, 0, 0);
    for entry in ignore::WalkBuilder::new(&folder).standard_filters(false).build().flatten() {
        let path = entry.path();
        if !path
            .extension()
            .is_some_and(|e| ["yaml", "yml", "json"].iter().any(|known| e == *known))
        {
            continue;
        }
        #[expect(clippy::disallowed_methods, reason = "the corpus is no input of the program")]
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        for chunk in split(text) {
            documents += 1;
            if compare(text, &chunk) {
                taken += 1;
            } else if granit::read(SourceId::new(0), text, &chunk).is_err() {
                refused += 1;
            }
        }
    }
    eprintln!("{documents} documents, {taken} taken by the fast reader, {refused} not readable");
    assert!(taken * 10 > documents * 7, "{taken} of {documents}");
}
