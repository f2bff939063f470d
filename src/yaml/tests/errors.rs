//! What is said about documents that cannot be read, and where.

use crate::text::LineIndex;

use super::*;

/// `line:column text | message | related line:column`.
fn message(text: &str) -> String {
    let error = read(text).expect_err(text);
    let index = LineIndex::new(text);
    let place = |span: crate::text::Span| {
        let place = index.place(text, span.start);
        format!("{}:{}", place.line, place.column)
    };
    let related =
        error.related.as_ref().map_or(String::new(), |(span, _)| format!(" | {}", place(*span)));
    let piece = &text[error.span.start as usize..error.span.end as usize];
    format!("{} {piece} | {}{related}", place(error.span), error.message)
}

#[test]
fn messages_point_to_the_mistake() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        (
            "spec:\n  - x\n   port: 1\n",
            "3:4 port | wrong indentation: this line belongs to the value before it",
        ),
        (
            "a:\n  - b:\n      c: x\n     d: 1\n",
            "4:6 d: 1 | wrong indentation: no list or mapping starts at this column",
        ),
        ("b: c\n- a\n", "2:1 - a | wrong indentation: a list item among the keys of a mapping"),
        ("spec:\n  a: b\n\tc: d\n", "3:1 \t | a tab cannot indent"),
        ("spec:\n\ta: b\n", "2:1 \t | a tab cannot indent"),
        ("a:\n  - \"b\n  - c\nd: e\n", "2:5 \" | this quote is never closed | 3:3"),
        ("a:\n  - \"b\n  - \"c\"\nd: e\n", "2:5 \" | this quote is never closed | 3:3"),
        ("a:\n  - 'b\n", "2:5 ' | this quote is never closed | 3:1"),
        ("a: 'it's'\n", "1:8 s' | text after the closing quote | 1:4"),
        ("a: \"x\" y z\n", "1:8 y z | text after the closing quote | 1:4"),
        ("a: [b, c\nd: e\n", "1:4 [ | this `[` is never closed | 2:1"),
        ("a:\n  - [b, c\n  - d\n", "2:5 [ | this `[` is never closed | 3:3"),
        ("a: {b: c\nd: e\n", "1:4 { | this `{` is never closed | 2:1"),
        ("a: [b\n", "1:4 [ | this `[` is never closed | 2:1"),
        ("a: [b}\n", "1:4 [ | `[` is closed by `}` | 1:6"),
        ("a: ]\n", "1:4 ] | nothing is open that this bracket could close"),
        ("a: [\"b\" c]\n", "1:9 c] | text after the closing quote | 1:5"),
        (
            "hosts:\n  - *.example.com\n",
            "2:5 *.example.com | `*.example.com` is read as an alias: a wildcard host must be quoted",
        ),
        (
            "a: */x\n",
            "1:4 */x | `*/x` is read as an alias: a text that starts with `*` must be quoted",
        ),
        ("- a: 1\n  b: {x}/y\n", "2:9 /y | text after the closing bracket"),
        ("%{ if x }\na: b\n", "1:1 %{ if x } | this is a template, not YAML"),
        ("{\n\t\"a\": 1\n\t\"b\": 2\n}\n", "3:2 \"b\": | expected `,` or `}` | 1:1"),
        ("{\n  \"a\": 1\n  \"b\": 2\n}\n", "3:3 \"b\": | expected `,` or `}` | 1:1"),
        ("{\"a\": [1, 2}\n", "1:7 [ | `[` is closed by `}` | 1:12"),
        ("{\"a\": 1,, \"b\": 2}\n", "1:9 , | expected `,` or `}` | 1:1"),
        ("{\"a\": {\"b\": 1}\n", "1:1 { | this `{` is never closed | 2:1"),
        ("{\"a\" 1}\n", "1:6 1} | text after the closing quote | 1:2"),
        ("a: *\n", "1:4 * | `*` is not a plain value: `*` starts an alias or an anchor"),
        ("a: b: c\n", "1:5 : | a second colon in a plain value"),
        ("a: 1\nb: c: d\n", "2:5 : | a second colon in a plain value"),
        ("a: - b\n", "1:4 - b | a list cannot start on the line of its key"),
        ("a: @x y\n", "1:4 @x | a plain value cannot start with `@`"),
        ("a: %x\n", "1:4 %x | a plain value cannot start with `%`"),
        ("a: b\nfoo\nc: d\n", "2:1 foo | expected `key: value`"),
        ("{{- if .x }}\na: b\n{{- end }}\n", "1:1 {{- if .x }} | this is a template, not YAML"),
        (
            "a: b\n{{- if .x }}\nc: b\n{{- end }}\n",
            "2:1 {{- if .x }} | this is a template, not YAML",
        ),
        ("a: {{ .Values.x }}\n", "1:4 {{ .Values.x }} | this is a template, not YAML"),
        (
            "a:\n  {{- toYaml . | nindent 4 }}\n",
            "2:3 {{- toYaml . | nindent 4 }} | this is a template, not YAML",
        ),
        ("a: \"x\\qy\"\n", "1:6 \\q | unknown escape in double quotes"),
        ("a: \"x\\/y\"\n", "1:6 \\/ | unknown escape in double quotes"),
        ("a: |x\n  b\n", "1:4 |x | text on the line of `|` or `>`"),
        ("a:\n  b: c\n  ...\n", "3:3 ... | `...` does not stand for what is left out"),
        ("a:\n  ...\n  b: c\n", "2:3 ... | `...` does not stand for what is left out"),
        (
            "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n",
            "2:1 <<<<<<< HEAD | merge conflict marker",
        ),
        (
            "a:\n- b\n<<<<<<< HEAD\n- c\n||||||| old\n=======\n>>>>>>> x\n",
            "3:1 <<<<<<< HEAD | merge conflict marker",
        ),
        ("a: b\n=======\nc: e\n>>>>>>> x\n", "2:1 ======= | merge conflict marker"),
        ("a: b\r\n>>>>>>> x\r\nc: d\r\n", "2:1 >>>>>>> x | merge conflict marker"),
        ("a: b\nc\nd: e\n=======\n", "2:1 c | expected `key: value`"),
        ("a: {regex: /api/v[0-9]+}\n", "1:18 [0-9]+} | expected `,` or `}` | 1:4"),
        ("a: [x{2}, y]\n", "1:6 {2}, | expected `,` or `]` | 1:4"),
        ("a: \u{1}b\n", "1:4 \u{1} | control character U+0001"),
        (
            "%YAML 1.1\n",
            "1:1 %YAML 1.1 | a `%` directive stands alone: `---` starts another document",
        ),
    ] {
        if message(text) != expected {
            wrong.push((text, message(text), expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn brackets_in_a_text_are_to_be_quoted() {
    let help = |text: &str| read(text).expect_err(text).help;
    let quote = Some("quote a text that contains brackets".to_owned());
    for text in ["a: {regex: /api/v[0-9]+}\n", "a: {regex: ^x{2}$}\n", "a: [b[c]d, e]\n"] {
        assert_eq!(help(text), quote, "{text}");
    }
    for text in ["{\"a\": 1,, \"b\": 2}\n", "{\n  \"a\": 1\n  \"b\": 2\n}\n"] {
        assert_eq!(help(text), None, "{text}");
    }
}

#[test]
fn json_may_escape_slashes() {
    assert_eq!(shown("{\"a\": \"x\\/y\"}"), r#"{a: "x/y"}"#);
}
