//! Files to documents, as `kubectl` splits them: by lines, before any YAML is read.
//!
//! Mirrors apimachinery `pkg/util/yaml/decoder.go`: `YAMLReader.Read` and `YAMLOrJSONDecoder`. Three things
//! are kinder here, where `kubectl` refuses the file: text after `---` and a blank on the same line belongs to the
//! document that follows, `---text` is content, and a stream of JSON objects may be mixed with `---` lines.

use memchr::memmem;

use super::offset;

/// One document of a file: the range `start..end` of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Offset of the first byte, behind the `---` of the separator.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
    /// Number of the document in its file, from 0. Documents of comments alone count; two separators in a row,
    /// a leading and a final one make none. Each object of a JSON stream counts.
    pub document: u32,
}

const SEPARATOR: &[u8] = b"---";

/// Splits a file into documents at lines of `---`, also inside block scalars. A file whose first character is `{`
/// is a stream of JSON objects as well.
pub fn split(text: &str) -> Vec<Chunk> {
    let bytes = text.as_bytes();
    let json = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    let mut chunks = Vec::new();
    let mut start = 0;
    if is_separator(bytes, 0) {
        start = behind(bytes, 0);
    }
    for at in memmem::find_iter(bytes, b"\n---") {
        if at + 1 >= start && is_separator(bytes, at + 1) {
            push(&mut chunks, bytes, start, at + 1, json);
            start = behind(bytes, at + 1);
        }
    }
    push(&mut chunks, bytes, start, bytes.len(), json);
    chunks
}

/// Whether a separator stands at `at`, the start of a line: `---`, then a blank, a line end or the end.
fn is_separator(bytes: &[u8], at: usize) -> bool {
    bytes[at..].starts_with(SEPARATOR)
        && matches!(bytes.get(at + SEPARATOR.len()), None | Some(b' ' | b'\t' | b'\r' | b'\n'))
}

/// The start of the document after the separator at `at`: the next line, unless there is text on this one.
fn behind(bytes: &[u8], at: usize) -> usize {
    let start = at + SEPARATOR.len();
    let blanks = bytes[start..].iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
    match bytes.get(start + blanks) {
        Some(b'\n') => start + blanks + 1,
        None => start + blanks,
        // A comment or text: `--- # first` and `--- {a: b}`.
        Some(_) => start,
    }
}

fn push(chunks: &mut Vec<Chunk>, bytes: &[u8], start: usize, end: usize, json: bool) {
    let mut rest = start;
    if json {
        while let Some(next) = another_object(bytes, rest, end) {
            push_one(chunks, rest, next);
            rest = next;
        }
    }
    push_one(chunks, rest, end);
}

fn push_one(chunks: &mut Vec<Chunk>, start: usize, end: usize) {
    if start < end {
        let document = offset(chunks.len());
        chunks.push(Chunk { start: offset(start), end: offset(end), document });
    }
}

/// Where the second of two objects starts, if `start..end` starts with two.
fn another_object(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let mut at = start + bytes[start..end].iter().position(|b| !b.is_ascii_whitespace())?;
    if bytes[at] != b'{' {
        return None;
    }
    let mut depth = 0_usize;
    loop {
        at += memchr_braces(&bytes[at..end])?;
        match bytes[at] {
            b'"' => at = closing_quote(bytes, at + 1, end)?,
            b'{' => depth += 1,
            _ => depth -= 1,
        }
        at += 1;
        if depth == 0 {
            let next = at + bytes[at..end].iter().position(|b| !b.is_ascii_whitespace())?;
            return (bytes[next] == b'{').then_some(next);
        }
    }
}

fn memchr_braces(bytes: &[u8]) -> Option<usize> {
    memchr::memchr3(b'"', b'{', b'}', bytes)
}

fn closing_quote(bytes: &[u8], mut at: usize, end: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', &bytes[at..end])?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at = (at + 2).min(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        let chunks = split(text);
        for (i, chunk) in chunks.iter().enumerate() {
            assert_eq!(chunk.document as usize, i);
        }
        chunks.iter().map(|c| &text[c.start as usize..c.end as usize]).collect()
    }

    #[test]
    fn separators_are_lines_of_three_dashes() {
        let cases: [(&str, &[&str]); 19] = [
            ("", &[]),
            ("---", &[]),
            ("---\n", &[]),
            ("a: 1", &["a: 1"]),
            ("---\na: 1\n", &["a: 1\n"]),
            ("a: 1\n---\nb: 2\n", &["a: 1\n", "b: 2\n"]),
            ("a: 1\n--- \t\nb: 2\n---", &["a: 1\n", "b: 2\n"]),
            ("a: 1\r\n---\r\nb: 2\r\n", &["a: 1\r\n", "b: 2\r\n"]),
            ("a: 1\n--- # two\nb: 2\n", &["a: 1\n", " # two\nb: 2\n"]),
            ("a: 1\n--- {b: 2}\n", &["a: 1\n", " {b: 2}\n"]),
            ("a: 1\n---b\n", &["a: 1\n---b\n"]),
            ("a: 1\n----\n", &["a: 1\n----\n"]),
            ("a: 1\n ---\n", &["a: 1\n ---\n"]),
            ("a: |\n  x\n---\n  y\n", &["a: |\n  x\n", "  y\n"]),
            ("a: |\n  x\n  ---\n  y\n", &["a: |\n  x\n  ---\n  y\n"]),
            ("a: 1\n...\nb: 2\n", &["a: 1\n...\nb: 2\n"]),
            ("# head\n---\na: 1\n", &["# head\n", "a: 1\n"]),
            ("---\n---\na: 1\n---\n---\nb: 2\n", &["a: 1\n", "b: 2\n"]),
            ("\n---\na: 1\n---\n\n---\nb: 2", &["\n", "a: 1\n", "\n", "b: 2"]),
        ];
        for (text, expected) in cases {
            assert_eq!(texts(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_file_that_starts_with_a_brace_is_a_stream_of_objects() {
        let cases: [(&str, &[&str]); 8] = [
            ("{\"a\": \"}{\"}", &["{\"a\": \"}{\"}"]),
            (
                " {\"a\": {}}\n{\"b\": \"\\\"}\"} {}\n",
                &[" {\"a\": {}}\n", "{\"b\": \"\\\"}\"} ", "{}\n"],
            ),
            ("{}\n---\n{}{}\n", &["{}\n", "{}", "{}\n"]),
            ("{}\n---\na: {}\n", &["{}\n", "a: {}\n"]),
            ("{a: b}\nc: d\n", &["{a: b}\nc: d\n"]),
            ("{\"a\": {\n", &["{\"a\": {\n"]),
            ("{\"a\\", &["{\"a\\"]),
            ("a: {}\n{}{}\n", &["a: {}\n{}{}\n"]),
        ];
        for (text, expected) in cases {
            assert_eq!(texts(text), expected, "{text:?}");
        }
    }
}
