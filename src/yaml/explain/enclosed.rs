//! Quotes and brackets that are not closed, and what is wrong inside them.

use crate::yaml::Error;
use crate::yaml::layout::{line_end, line_start, skip_space};

use super::context::Context;
use super::scan::Where;

pub(super) fn quote(context: &Context<'_>, place: &Where, at: usize) -> Error {
    let Some((open, close)) = place.quote else {
        return Error::new("this quoted text is not readable", context.word(at));
    };
    let mark = context.text.as_bytes()[open] as char;
    match close {
        Some(close) if context.same_line(open, close) => Error::new(
            "text after the closing quote",
            context.rest(skip_space(context.text.as_bytes(), close + 1, context.end)),
        )
        .related(context.span(open, close + 1), "the quoted text")
        .help(if mark == '\'' {
            "quote the whole value; inside single quotes a quote is written twice"
        } else {
            "quote the whole value; inside double quotes a quote is written `\\\"`"
        }),
        _ => Error::new("this quote is never closed", context.span(open, open + 1))
            .related(context.word(at), "the quoted text cannot go on here")
            .help(format!("add the closing `{mark}`")),
    }
}

pub(super) fn bracket(context: &Context<'_>, open: usize, at: usize) -> Error {
    let (mark, close) = if context.text.as_bytes()[open] == b'[' { ('[', ']') } else { ('{', '}') };
    let place = context.span(open, open + 1);
    let same_line = context.same_line(open, at);
    if at < context.end && (same_line || is_closed(context, open)) {
        // At a colon, the comma is missing before its key.
        let colon = !same_line && context.text[at..].starts_with(':');
        let at = if colon { context.line_text(at) } else { at };
        let error = Error::new(format!("expected `,` or `{close}`"), context.word(at))
            .related(place, "inside this bracket");
        // A bracket in a plain text, as in regular expressions, ends it.
        let ends_text =
            !context.text[..at].ends_with(|c: char| c.is_whitespace() || ",[{".contains(c));
        let is_text = ends_text && context.text[at..].starts_with(['[', '{', ']', '}'])
            || context.text[..at].ends_with([']', '}']);
        return if is_text { error.help("quote a text that contains brackets") } else { error };
    }
    let broken = if at < context.end { context.line_text(at) } else { dedent(context, open) };
    Error::new(format!("this `{mark}` is never closed"), place)
        .related(context.word(broken), "the list cannot go on here")
        .help(format!("add the closing `{close}`"))
}

/// Whether the bracket at `open` has its counterpart, by a rough reading.
fn is_closed(context: &Context<'_>, open: usize) -> bool {
    let end = context.end;
    Where::scan(context.text.as_bytes(), open, end, end).brackets.first() != Some(&open)
}

/// The first line after that of `at` that is not indented more, else the end.
fn dedent(context: &Context<'_>, at: usize) -> usize {
    let bytes = context.text.as_bytes();
    let column = |text: usize| text - line_start(bytes, text, context.start);
    let limit = column(context.line_text(at));
    let mut line = line_end(bytes, at, context.end) + 1;
    while line < context.end {
        let text = context.line_text(line);
        let stop = line_end(bytes, line, context.end);
        if text < stop && column(text) <= limit {
            return text;
        }
        line = stop + 1;
    }
    context.end
}

/// The unknown escape at `at` or behind it, in a text in double quotes.
pub(in crate::yaml) fn escape(context: &Context<'_>, at: usize) -> Error {
    let text = &context.text[at..context.end];
    let mut chars = text.char_indices();
    let mut start = at;
    while let Some((place, char)) = chars.next() {
        if char != '\\' {
            continue;
        }
        start = at + place;
        let hex =
            |count| text.as_bytes()[place + 2..].iter().take(count).all(u8::is_ascii_hexdigit);
        match chars.next() {
            Some((_, 'x')) if hex(2) => {}
            Some((_, 'u')) if hex(4) => {}
            Some((_, 'U')) if hex(8) => {}
            Some((_, escaped)) if "0abtnvfre \"\\N_LP\t\r\n".contains(escaped) => {}
            _ => break,
        }
    }
    let length =
        context.text[start..context.end].chars().take(2).map(char::len_utf8).sum::<usize>();
    Error::new("unknown escape in double quotes", context.span(start, start + length))
        .help("use single quotes, or write `\\\\` for a backslash")
}
