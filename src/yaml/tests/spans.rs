//! Where nodes are.

use super::*;

/// The texts under the spans of all nodes, in order; collections in brackets.
fn pieces(text: &str) -> Vec<&str> {
    fn add<'s>(out: &mut Vec<&'s str>, text: &'s str, node: Node<'_>) {
        out.push(&text[node.span().start as usize..node.span().end as usize]);
        node.items().for_each(|item| add(out, text, item));
        for (key, value) in node.entries() {
            add(out, text, key);
            add(out, text, value);
        }
    }
    let tree = read(text).unwrap();
    let mut out = Vec::new();
    add(&mut out, text, tree.root().unwrap());
    out
}

#[test]
fn scalars_slice_back_with_their_quotes() {
    assert_eq!(
        pieces("é: 'ü'\r\nb: \"x\\n\"\r\n"),
        ["é: 'ü'\r\nb: \"x\\n\"", "é", "'ü'", "b", "\"x\\n\""]
    );
    assert_eq!(
        pieces("- a b # c\n- [x, {y: z}]\n"),
        ["- a b # c\n- [x, {y: z}]", "a b", "[x, {y: z}]", "x", "{y: z}", "y", "z"]
    );
    assert_eq!(pieces("a: b\n  c\n"), ["a: b\n  c", "a", "b\n  c"]);
}

#[test]
fn block_collections_end_with_their_last_child() {
    let text = "a:\n- b: 1\n\n# c\n- d: 2\n\ne: 3\n\n";
    assert_eq!(pieces(text)[..4], [text.trim_end(), "a", "- b: 1\n\n# c\n- d: 2", "b: 1"]);
}

#[test]
fn block_scalars_start_at_their_indicator_and_end_with_their_text() {
    for (text, expected) in [
        ("a: | # c\n  x\n   y\n\n\n# d\nb: 1\n", "| # c\n  x\n   y"),
        ("a: >-\n  x\n\n  y\n # d\n", ">-\n  x\n\n  y"),
        ("a: &x !!str\n  |+\n  x\n\n", "|+\n  x"),
        ("a: |2\n    x\n   y\n", "|2\n    x\n   y"),
        ("a: |\n\n \n  x", "|\n\n \n  x"),
        ("a: |-\nb: 1\n", "|-"),
        ("a: |\n\n\n", "|"),
        ("a: |\r\n  x\r\n  y\r\n", "|\r\n  x\r\n  y"),
    ] {
        let tree = read(text).unwrap();
        let span = tree.root().unwrap().get("a").unwrap().span();
        assert_eq!(&text[span.start as usize..span.end as usize], expected, "{text:?}");
    }
    let text = "- |\n x\n- - >\n   y\n";
    assert_eq!(pieces(text)[1..], ["|\n x", "- >\n   y", ">\n   y"]);
}

#[test]
fn empty_values_are_right_behind_their_colon_or_dash() {
    for (text, expected) in [
        ("a:\nb: 1\n", vec![2]),
        ("a:   # c\n\n# d\nb: 1\n", vec![2]),
        ("a: &x\nb: !!str\n", vec![2, 8]),
        ("\"a\" :\n", vec![5]),
        ("- # c\n-\n- &x\n- y\n", vec![1, 7, 9]),
        ("a:\n-\n- \nb:\n  -\n", vec![4, 6, 14]),
        ("- a:\n  b:\n-\n", vec![4, 9, 11]),
        ("{a, b: , c:}", vec![2, 6, 11]),
        ("- - -\n  -\n", vec![5, 9]),
    ] {
        fn add(out: &mut Vec<u32>, node: Node<'_>) {
            let span = node.span();
            if node.text() == Some("") {
                assert_eq!(span.start, span.end);
                out.push(span.start);
            }
            node.items().for_each(|item| add(out, item));
            node.entries().for_each(|(_, value)| add(out, value));
        }
        let tree = read(text).unwrap();
        let mut found = Vec::new();
        add(&mut found, tree.root().unwrap());
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn spans_are_offsets_in_the_whole_file() {
    let text = "a: 1\n---\nb:\n- 'é'\n";
    let chunks = split(text);
    let tree = parse(SourceId::new(7), text, &chunks[1]).unwrap();
    let span = tree.root().unwrap().get("b").unwrap().items().next().unwrap().span();
    assert_eq!(
        (span.source, &text[span.start as usize..span.end as usize]),
        (SourceId::new(7), "'é'")
    );
}

#[test]
fn paths_lead_to_the_deepest_value() {
    let text = "spec:\n  http:\n  - match: []\n  - match:\n    - headers: {x-user: {exact: a}}\n  x: *b\nlabels: {\"a.b/c\": 1}\n"
        .replace("x: *b", "x: &b y");
    let tree = read(&text).unwrap();
    for (needle, expected) in [
        ("spec", "spec"),
        ("http", "spec.http"),
        ("match:\n", "spec.http[1].match"),
        ("x-user", "spec.http[1].match[0].headers.x-user"),
        ("exact", "spec.http[1].match[0].headers.x-user.exact"),
        ("{exact", "spec.http[1].match[0].headers.x-user"),
        ("a.b/c", "labels[\"a.b/c\"]"),
        ("\n  - match:\n", "spec.http"),
    ] {
        let start = offset(text.find(needle).unwrap());
        let path =
            path_at(&tree, crate::text::Span::new(SourceId::new(0), start, start + 1)).unwrap();
        assert_eq!(path.to_string(), expected, "{needle}");
    }
    let path = FieldPath::default().index(0).key("a").key("b c").key("").index(2);
    assert_eq!(path.to_string(), "[0].a[\"b c\"][\"\"][2]");
}

#[test]
fn two_hundred_thousand_comment_lines_are_no_obstacle() {
    let text = format!("a:\n{}  b: 1\n", "  # c\n".repeat(200_000));
    assert_eq!(shown(&text), "{a: {b: 1}}");
    let text = format!("a: !!str\n{}  b\n", "  # c\n".repeat(200_000));
    assert_eq!(shown(&text), "{a: \"b\"}");
}
