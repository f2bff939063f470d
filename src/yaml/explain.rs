//! Why a document cannot be read, in our words and at the place where the mistake is.
//!
//! granit says where reading broke; often the mistake is earlier: a bracket or a quote that is never closed.

use granit_parser::ErrorKind;

use crate::text::{SourceId, Span};

use super::layout::{line_end, line_start, skip_space};
use super::tree::{Kind, Node};
use super::{Error, MAX_DEPTH, offset};

/// What is known where reading broke.
pub(super) struct Context<'a> {
    pub(super) source: SourceId,
    pub(super) text: &'a str,
    /// The document.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The outermost bracket that is open, else the end of the last token that was read.
    pub(super) outer: usize,
}

impl Context<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, offset(start), offset(end))
    }

    /// The rest of the line from `at`, without blanks at its end.
    fn rest(&self, at: usize) -> Span {
        let rest = &self.text[at..line_end(self.text.as_bytes(), at, self.end)];
        self.span(at, at + rest.trim_end().len())
    }

    /// The word at `at`.
    fn word(&self, at: usize) -> Span {
        let rest = &self.text[at..self.end];
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.span(at, at + length.max(rest.chars().next().map_or(0, char::len_utf8)))
    }

    /// The first character of the line of `at` that is no blank.
    fn line_text(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let start = line_start(bytes, at, self.start);
        start + bytes[start..self.end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
    }

    fn same_line(&self, one: usize, other: usize) -> bool {
        line_start(self.text.as_bytes(), one, self.start)
            == line_start(self.text.as_bytes(), other, self.start)
    }

    /// A `{{` on the lines between the last token and `at`.
    fn template(&self, at: usize) -> Option<Span> {
        let bytes = self.text.as_bytes();
        let from = line_start(bytes, self.outer.min(at), self.start);
        let to = line_end(bytes, at, self.end);
        let open = from + self.text[from..to].find("{{")?;
        let close = self.text[open..to].find("}}").map_or(to, |n| open + n + 2);
        Some(self.span(open, close))
    }
}

/// Quotes and brackets between two places.
#[derive(Default)]
pub(super) struct Where {
    /// The brackets that are open.
    pub(super) brackets: Vec<usize>,
    /// The quoted text around the place, or the last before it: its opening and its closing quote.
    pub(super) quote: Option<(usize, Option<usize>)>,
}

impl Where {
    /// Reads tokens roughly, from a place between two tokens up to `at`.
    pub(super) fn scan(bytes: &[u8], from: usize, at: usize, end: usize) -> Self {
        let mut found = Self::default();
        let mut pos = from;
        loop {
            pos = skip_space(bytes, pos, end);
            if pos > at || pos >= end {
                return found;
            }
            match bytes[pos] {
                quote @ (b'"' | b'\'') => {
                    let close = closing_quote(bytes, pos, quote, end);
                    found.quote = Some((pos, close));
                    match close {
                        Some(close) if close < at => pos = close + 1,
                        _ => return found,
                    }
                }
                b'[' | b'{' if pos < at => {
                    found.brackets.push(pos);
                    pos += 1;
                }
                b']' | b'}' if pos < at => {
                    found.brackets.pop();
                    pos += 1;
                }
                b'|' | b'>' if found.brackets.is_empty() => pos = behind_block(bytes, pos, end),
                _ => pos = behind_plain(bytes, pos, !found.brackets.is_empty(), end),
            }
        }
    }
}

fn closing_quote(bytes: &[u8], open: usize, quote: u8, end: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..end)?)?;
        match (bytes[at], quote) {
            (b'\\', b'"') => at += 2,
            (b'\\', _) => at += 1,
            (_, b'\'') if bytes.get(at + 1) == Some(&b'\'') && at + 1 < end => at += 2,
            _ => return Some(at),
        }
    }
}

/// Behind a plain scalar or an indicator.
fn behind_plain(bytes: &[u8], from: usize, flow: bool, end: usize) -> usize {
    let mut at = from;
    while at < end {
        let next_is_space = at + 1 >= end || bytes[at + 1].is_ascii_whitespace();
        match bytes[at] {
            b'\n' => return at,
            b':' if next_is_space => return at + 1,
            b'-' | b'?' if at == from && next_is_space => return at + 1,
            b',' | b'[' | b']' | b'{' | b'}' if flow => {
                return if at == from { at + 1 } else { at };
            }
            b' ' | b'\t' if at + 1 < end && bytes[at + 1] == b'#' => return at,
            _ => at += 1,
        }
    }
    at
}

/// Behind a block scalar: the lines indented more than the line of its `|`.
fn behind_block(bytes: &[u8], header: usize, end: usize) -> usize {
    let blanks = |line: usize| bytes[line..end].iter().take_while(|&&b| b == b' ').count();
    let indent = blanks(line_start(bytes, header, 0));
    let mut line = line_end(bytes, header, end);
    loop {
        line = (line + 1).min(end);
        let stop = line_end(bytes, line, end);
        if line >= end || (stop > line + blanks(line) && blanks(line) <= indent) {
            return line;
        }
        line = stop;
    }
}

/// Explains a syntax error that granit found at `at`.
pub(super) fn syntax(context: &Context<'_>, kind: &ErrorKind, at: usize) -> Error {
    use ErrorKind as E;
    let at = at.min(context.end);
    let bytes = context.text.as_bytes();
    if let Some(span) = context.template(at) {
        return template(span);
    }
    if let Some(error) = tab(context, kind, at) {
        return error;
    }
    let place = Where::scan(bytes, context.outer, at, context.end);
    match kind {
        E::RecursionLimitExceeded => too_deep(context.word(at)),
        E::UnclosedQuotedScalar
        | E::DocumentIndicatorInQuotedScalar
        | E::InvalidQuotedScalarIndent
        | E::InvalidTrailingSingleQuotedScalar
        | E::InvalidTrailingDoubleQuotedScalar => quote(context, &place, at),
        E::MismatchedFlowCollectionEnd { open, close } => {
            let bracket = place.brackets.last().copied().unwrap_or(at);
            let found =
                bytes[bracket..context.end].iter().position(|b| *b == *close as u8).unwrap_or(0);
            Error::new(
                format!("`{open}` is closed by `{close}`"),
                context.span(bracket, bracket + 1),
            )
            .related(context.span(bracket + found, bracket + found + 1), "the closing bracket")
        }
        E::MisplacedFlowCollectionEnd => {
            Error::new("nothing is open that this bracket could close", context.word(at))
                .help("quote the text")
        }
        _ if !place.brackets.is_empty() => {
            bracket(context, place.brackets[place.brackets.len() - 1], at)
        }
        E::UnclosedFlowCollection { .. } => bracket(context, at, context.end),
        E::MappingValueNotAllowed | E::InvalidColonPlacement => colon(context, at),
        E::ExpectedBlockMappingKey | E::InvalidIndentation | E::ExpectedBlockSequenceEntry => {
            indentation(context, at)
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => Error::new(
            "expected `key: value`",
            context.rest(context.line_text(at)),
        )
        .help(
            "a key is followed by a colon and a blank; quote a text that goes over several lines",
        ),
        E::UnexpectedCharacter { character } if character.is_control() => Error::new(
            format!("control character U+{:04X}", u32::from(*character)),
            context.span(at, at + character.len_utf8()),
        ),
        E::UnexpectedCharacter { character } => {
            Error::new(format!("a plain value cannot start with `{character}`"), context.word(at))
                .help("quote the value")
        }
        E::MissingAnchorOrAliasName => star(context, at),
        E::BlockSequenceEntryNotAllowed => {
            Error::new("a list cannot start on the line of its key", context.rest(at))
                .help("start the list on the next line, or quote the text")
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogate
        | E::InvalidLowSurrogateHexEscape
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => escape(context, at),
        E::InvalidBlockScalarHeader => {
            Error::new("text on the line of `|` or `>`", context.rest(at))
                .help("start the text on the next line")
        }
        E::InvalidBlockScalarIndent => Error::new(
            "wrong indentation in the text of a block scalar",
            context.rest(context.line_text(at)),
        )
        .help(
            "indent all its lines like the first; blank lines before it may not be indented more",
        ),
        E::InvalidTagTerminator
        | E::ExpectedTagBang
        | E::UndeclaredTagHandle
        | E::MissingTagUri => Error::new("this tag is not readable", context.word(at))
            .help("quote a text that starts with `!`"),
        E::ExpectedDocumentStart
        | E::DuplicateVersionDirective
        | E::UnsupportedYamlMajorVersion
            if bytes.get(context.line_text(at.min(context.start))) == Some(&b'%') =>
        {
            Error::new(
                "a `%` directive stands alone: `---` starts another document",
                context.rest(context.start),
            )
            .help("remove the line")
        }
        other => Error::new(format!("not readable as YAML: {other}"), context.word(at)),
    }
}

fn template(span: Span) -> Error {
    Error::new("this is a template, not YAML", span)
        .help("check the rendered output, for example of `helm template`")
}

/// A tab where blanks must be: at the error, or in the indentation of the lines from there on.
fn tab(context: &Context<'_>, kind: &ErrorKind, at: usize) -> Option<Error> {
    use ErrorKind as E;
    let bytes = context.text.as_bytes();
    let named = matches!(
        kind,
        E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabAtBlockScalarStart
            | E::TabInPlainScalar
            | E::InvalidBlockEntryWhitespace
            | E::InvalidMappingValueWhitespace
    );
    let mut line = line_start(bytes, at, context.start);
    loop {
        let blanks =
            bytes[line..context.end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        if bytes[line..line + blanks].contains(&b'\t') {
            return Some(
                Error::new("a tab cannot indent", context.span(line, line + blanks))
                    .help("indent with blanks"),
            );
        }
        line = line_end(bytes, line, context.end) + 1;
        if !named || line >= context.end {
            break;
        }
    }
    let found = bytes[at..line_end(bytes, at, context.end)].iter().position(|&b| b == b'\t');
    let tab = at + found.filter(|_| named)?;
    Some(Error::new("a tab cannot stand here", context.span(tab, tab + 1)).help("write a blank"))
}

fn quote(context: &Context<'_>, place: &Where, at: usize) -> Error {
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

fn bracket(context: &Context<'_>, open: usize, at: usize) -> Error {
    let (mark, close) = if context.text.as_bytes()[open] == b'[' { ('[', ']') } else { ('{', '}') };
    let place = context.span(open, open + 1);
    if context.same_line(open, at) && at < context.end {
        return Error::new(format!("expected `,` or `{close}`"), context.word(at))
            .related(place, "inside this bracket");
    }
    let broken = if at < context.end { context.line_text(at) } else { dedent(context, open) };
    Error::new(format!("this `{mark}` is never closed"), place)
        .related(context.word(broken), "the list cannot go on here")
        .help(format!("add the closing `{close}`"))
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

/// `a: b: c`, or a line that was read as the rest of the value before because it is indented too far.
fn colon(context: &Context<'_>, at: usize) -> Error {
    let text = context.line_text(at);
    let bytes = context.text.as_bytes();
    let is_first = !bytes[text..at].windows(2).any(|w| w == b": ") && text > context.start;
    if is_first && text < at {
        return Error::new(
            "wrong indentation: this line belongs to the value before it",
            context.span(text, at),
        )
        .help("align the key with the keys of the mapping that it belongs to");
    }
    Error::new("a second colon in a plain value", context.span(at, (at + 1).min(context.end)))
        .help("quote a value that contains `: `, or start a mapping on the next line")
}

fn indentation(context: &Context<'_>, at: usize) -> Error {
    let text = context.line_text(at);
    let item = context.text[text..context.end].starts_with("- ");
    let message = if item {
        "wrong indentation: a list item among the keys of a mapping"
    } else {
        "wrong indentation: no list or mapping starts at this column"
    };
    Error::new(message, context.rest(text)).help("align it with the entries that it belongs to")
}

/// The unknown escape at `at` or behind it, in a text in double quotes.
pub(super) fn escape(context: &Context<'_>, at: usize) -> Error {
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

fn star(context: &Context<'_>, at: usize) -> Error {
    let word = context.word(at);
    let text = &context.text[word.start as usize..word.end as usize];
    Error::new(
        format!("`{text}` is not a plain value: `{}` starts an alias or an anchor", &text[..1]),
        word,
    )
    .help(format!("quote it: \"{text}\""))
}

/// `*name` without `&name` before it; most often a wildcard host without quotes.
pub(super) fn unknown_anchor(context: &Context<'_>, name: &str, start: usize, end: usize) -> Error {
    let span = context.span(start, end);
    if name.contains('.') {
        return Error::new(
            format!("`*{name}` is read as an alias: a wildcard host must be quoted"),
            span,
        )
        .help(format!("write \"*{name}\""));
    }
    Error::new(format!("there is no anchor `&{name}` before this alias"), span)
        .help(format!("define the anchor in this document, or quote the text: \"*{name}\""))
}

/// A list, a mapping or null as a key.
pub(super) fn bad_key(context: &Context<'_>, key: Node<'_>) -> Error {
    let span = key.span();
    if let Some(span) = context.template(span.start as usize) {
        return template(span);
    }
    match key.kind() {
        Kind::Scalar => Error::new("a key cannot be null", span).help("quote the key"),
        _ => Error::new("a list or a mapping cannot be a key", span),
    }
}

pub(super) fn too_deep(span: Span) -> Error {
    Error::new(format!("nested more than {MAX_DEPTH} levels deep"), span)
}

pub(super) fn excessive_aliasing(span: Span) -> Error {
    Error::new("document contains excessive aliasing", span)
}
