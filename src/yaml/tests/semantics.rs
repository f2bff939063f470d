//! What documents mean.

use super::*;

#[test]
fn documents_mean_what_go_yaml_says() {
    for (text, expected) in [
        ("", "nothing"),
        ("# c\n\n", "nothing"),
        ("~\n", "null"),
        ("a: 1\nb: [yes, \"yes\", 0x10, 1.5]\n", r#"{a: 1, b: [true, "yes", 16, 1.5]}"#),
        (
            "a: |\n  x\n   y\n\n\nb: >-\n  x\n  y\n\n  z\nc: |+\n  x\n\n",
            r#"{a: "x\n y\n", b: "x y\nz", c: "x\n\n"}"#,
        ),
        ("a: \"x\\ty\\u00e9\"\nb: 'it''s'\n", r#"{a: "x\tyé", b: "it's"}"#),
        ("a: x\n  y\n\n  z\n", r#"{a: "x y\nz"}"#),
        ("{a:1}", "{a:1: null}"),
        ("{\"a\":1, b, }", "{a: 1, b: null}"),
        ("[a: 1]", "[{a: 1}]"),
        ("a: 1\n...\nb: [\n", "{a: 1}"),
        ("? a\n: b\n", r#"{a: "b"}"#),
        ("a:\r\n- b\r\n", r#"{a: ["b"]}"#),
        ("- - -", "[[[null]]]"),
        ("on: 1\n1.50: 2\n0x10: 3\n", "{true: 1, 1.5: 2, 16: 3}"),
        ("'': 1", "{: 1}"),
        ("~: 1\n", "error: a key cannot be null"),
        (": 1\n", "error: a key cannot be null"),
        ("? [a]\n: 1\n", "error: a list or a mapping cannot be a key"),
        ("{{a: 1}: 1}\n", "error: this is a template, not YAML"),
        ("[a]: 1\n", "error: a list or a mapping cannot be a key"),
        ("%YAML 1.1\n", "error: a `%` directive stands alone: `---` starts another document"),
        // JSON.
        (
            "{\n\t\"a\": [1, true, null, \"\\u00e9\"],\n  \"b\": {\"c\": -1.5e3}\n}\n",
            r#"{a: [1, true, null, "é"], b: {c: -1500.0}}"#,
        ),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

#[test]
fn tags_change_how_scalars_are_read() {
    for (text, expected) in [
        ("a: !!str 80\nb: !!int \"80\"\nc: !!float 80\n", r#"{a: "80", b: 80, c: 80}"#),
        ("a: !!binary aGk=\nb: !foo 80\nc: !x\nd: ! 80\n", r#"{a: "hi", b: "80", c: "", d: "80"}"#),
        ("a: !!bool 'on'\nb: !!null ''\nc: !!str\n", r#"{a: true, b: null, c: ""}"#),
        (
            "a: !<tag:yaml.org,2002:int> '1'\nb: !!timestamp 2001-01-01\n",
            r#"{a: 1, b: "2001-01-01"}"#,
        ),
        ("a: !!int x\n", "error: the tag says an integer, but the text is `x`"),
        ("a: !!binary x\n", "error: the tag says base64, but the text is `x`"),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

#[test]
fn aliases_take_the_latest_anchor_before_them() {
    for (text, expected) in [
        ("a: &x 1\nb: *x\nc: &x 2\nd: *x\n", "{a: 1, b: 1, c: 2, d: 2}"),
        ("a: &x k\n*x : 1\n", r#"{a: "k", k: 1}"#),
        ("a: &x {b: [1]}\nc: *x\n", "{a: {b: [1]}, c: {b: [1]}}"),
        ("a: &x [*x]\n", "error: the alias stands inside the value that its anchor names"),
        ("a: &x\n  b: *x\n", "error: the alias stands inside the value that its anchor names"),
        ("a: &x [1]\n? *x\n: 1\n", "error: a list or a mapping cannot be a key"),
        ("a: *x\nb: &x 1\n", "error: there is no anchor `&x` before this alias"),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
    let text = "a: &x 1\nb: *x\n";
    let tree = read(text).unwrap();
    let b = tree.root().unwrap().get("b").unwrap();
    assert!(b.is_alias());
    assert_eq!((b.span().start, b.span().end), (11, 13));
}

#[test]
fn merges_apply_in_document_order_and_the_later_wins() {
    let last = |text: &str, key: &str| {
        let tree = read(text).unwrap();
        show(tree.root().unwrap().get("r").unwrap().get(key).unwrap())
    };
    let anchors = "a: &a {k: 1, m: 1}\nb: &b {k: 2}\n";
    for (text, key, expected) in [
        ("r:\n  <<: *a\n  k: 9\n", "k", "9"),
        ("r:\n  k: 9\n  <<: *a\n", "k", "1"),
        ("r:\n  <<: [*a, *b]\n", "k", "1"),
        ("r:\n  <<: [*b, *a]\n", "k", "2"),
        ("r:\n  <<: *a\n  <<: *b\n", "k", "2"),
        ("r:\n  <<: *a\n  <<: *b\n", "m", "1"),
        ("r:\n  <<: {k: 7}\n", "k", "7"),
        ("r:\n  !!merge <<: *b\n", "k", "2"),
        ("r:\n  \"<<\": *a\n", "<<", "{k: 1, m: 1}"),
    ] {
        assert_eq!(last(&format!("{anchors}{text}"), key), expected, "{text:?}");
    }
    assert_eq!(
        shown("a: &a {x: 1}\nb: {w: 0, <<: *a, z: 2}\n"),
        "{a: {x: 1}, b: {w: 0, x: 1, z: 2}}"
    );
    for text in [
        "<<: 1",
        "<<: [1]",
        "a: &a 1\nb: {<<: *a}",
        "a: &a [{x: 1}]\nb: {<<: *a}",
        "<<: [[{a: 1}]]",
        "<<:\n",
    ] {
        assert_eq!(shown(text), "error: `<<` merges only mappings", "{text:?}");
    }
}

#[test]
fn duplicate_keys_are_recorded_after_resolution() {
    for (text, expected) in [
        ("a: 1\nb: 2\na: 3\n", vec![(10, 0)]),
        ("a: 1\n'a': 2\n\"a\": 3\n", vec![(5, 0), (12, 5)]),
        ("y: 1\non: 2\n", vec![(5, 0)]),
        ("a: {b: 1, b: 2}\n", vec![(10, 4)]),
        ("a: &a {b: 1}\nc: {<<: *a, b: 2, <<: *a}\n", vec![]),
        ("a: 1\nA: 2\n", vec![]),
        (
            "k1: 1\nk2: 1\nk3: 1\nk4: 1\nk5: 1\nk6: 1\nk7: 1\nk8: 1\nk9: 1\nka: 1\nkb: 1\nkc: 1\nkd: 1\nk1: 1\n",
            vec![(78, 0)],
        ),
    ] {
        let tree = read(text).unwrap();
        let found: Vec<_> = tree
            .duplicate_keys()
            .iter()
            .map(|(later, earlier)| (later.start, earlier.start))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }
    let tree = read("a: 1\na: 2\n").unwrap();
    assert_eq!(show(tree.root().unwrap().get("a").unwrap()), "2");
}

#[test]
fn of_entries_with_the_same_key_the_last_counts() {
    for (text, expected) in [
        ("a: 1\nb: 2\n", "a=1 b=2"),
        ("a: 1\nb: 2\na: 3\n", "b=2 a=3"),
        ("y: 1\non: 2\n", "true=2"),
        ("<<: {a: 1, b: 2}\na: 3\n", "b=2 a=3"),
        ("a: 3\n<<: {a: 1, b: 2}\n", "a=1 b=2"),
    ] {
        let tree = read(text).unwrap();
        let entries = tree.root().unwrap().last_entries();
        let shown: Vec<_> =
            entries.map(|(key, value)| format!("{}={}", key.key(), show(value))).collect();
        assert_eq!(shown.join(" "), expected, "{text:?}");
    }
}

#[test]
fn depth_is_limited() {
    let nested = |n: usize| [format!("{}{}", "[".repeat(n), "]".repeat(n)), "- ".repeat(n) + "a"];
    for text in nested(MAX_DEPTH) {
        assert!(read(&text).is_ok());
    }
    let mixed = "- ".repeat(200) + &"[".repeat(200) + &"]".repeat(200);
    let maps: String = (0..300).map(|n| " ".repeat(n) + "a:\n").collect();
    for text in nested(MAX_DEPTH + 1).into_iter().chain(nested(10_000)).chain([mixed, maps]) {
        assert_eq!(shown(&text), "error: nested more than 255 levels deep");
    }
}

#[test]
fn alias_bombs_are_refused() {
    let mut list = "a0: &a0 [x]\n".to_owned();
    let mut merge = "a0: &a0 {x: 1}\n".to_owned();
    for i in 1..30 {
        let before = vec![format!("*a{}", i - 1); 10].join(", ");
        writeln!(list, "a{i}: &a{i} [{before}]").unwrap();
        writeln!(merge, "a{i}: &a{i}\n  <<: [{before}]").unwrap();
    }
    assert_eq!(shown(&list), "error: more than 4,000,000 nodes once its aliases are expanded");
    assert_eq!(shown(&merge), "error: more than 4,000,000 nodes once its aliases are expanded");
}

#[test]
fn quoted_texts_may_be_indented_less_than_their_block() {
    let text = "a:\n  b: \"x\n y\n\nz\" # c\n  c: 'p\nq'\n  d: [1, \"r\ns\"]\n";
    assert_eq!(shown(text), r#"{a: {b: "x y\nz", c: "p q", d: [1, "r s"]}}"#);
    let tree = read(text).unwrap();
    let c = tree.root().unwrap().get("a").unwrap().get("c").unwrap().span();
    assert_eq!(&text[c.start as usize..c.end as usize], "'p\nq'");
}

#[test]
fn a_colon_in_a_flow_collection_belongs_to_the_text_unless_a_blank_follows() {
    for (text, expected) in [
        ("[a:]", r#"["a:"]"#),
        ("[1.2.3.4, 001:db8::]", r#"["1.2.3.4", "001:db8::"]"#),
        ("[a:, b]", r#"["a:", "b"]"#),
        ("{k: a:}", r#"{k: "a:"}"#),
        ("{k: a:, l: b:}", r#"{k: "a:", l: "b:"}"#),
        ("{a:}", "{a:: null}"),
        ("{a:, b: 1}", "{a:: null, b: 1}"),
        ("[it's:, &x b:, *x]", r#"["it's:", "b:", "b:"]"#),
        ("[[a:], {b: [c::]}]", r#"[["a:"], {b: ["c::"]}]"#),
        ("[a:,\n  c]", r#"["a:", "c"]"#),
        ("k: \"x\ny\"\nl: [a:, \"b\nc\", d:]\n", r#"{k: "x y", l: ["a:", "b c", "d:"]}"#),
        // Pairs for both.
        ("[\"a\":b]", r#"[{a: "b"}]"#),
        ("[a: ]", "[{a: null}]"),
        ("[a: b]", r#"[{a: "b"}]"#),
        ("[a:b]", r#"["a:b"]"#),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
    for text in ["[a:[b]]", "{a:{b: c}}", "{k: a:[b]}"] {
        assert!(read(text).is_err(), "{text}");
    }
    let tree = read("a: [1, 001:db8::]").unwrap();
    let item = tree.root().unwrap().get("a").unwrap().items().last().unwrap();
    let (text, style, _) = item.raw().unwrap();
    assert_eq!(
        (item.span().start, item.span().end, text, style),
        (7, 16, "001:db8::", Style::Plain)
    );
}
