//! Why a document cannot be read, in our words and at the place where the mistake is.
//!
//! granit says where reading broke; often the mistake is earlier: a bracket or a quote that is never closed.

mod conflict;
mod context;
mod enclosed;
mod scan;

use granit_parser::ErrorKind;

use crate::text::Span;

use super::layout::{line_end, line_start};
use super::tree::{Kind, Node};
use super::{Error, MAX_DEPTH, MAX_EXPANDED_NODES};

pub(super) use context::Context;
pub(super) use enclosed::escape;
use enclosed::{bracket, quote};
pub(super) use scan::Where;

/// Explains a syntax error that granit found at `at`.
pub(super) fn syntax(context: &Context<'_>, kind: &ErrorKind, at: usize) -> Error {
    use ErrorKind as E;
    let at = at.min(context.end);
    let bytes = context.text.as_bytes();
    if let Some(error) = conflict::conflict(context, at) {
        return error;
    }
    if let Some(span) = context.template(at) {
        return template(span);
    }
    if let Some(error) = tab(context, kind, at) {
        return error;
    }
    if let Some(error) = elision(context, at) {
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
            let found = bytes[at..context.end].iter().position(|b| *b == *close as u8).unwrap_or(0);
            Error::new(format!("`{open}` is closed by `{close}`"), context.span(at, at + 1))
                .related(context.span(at + found, at + found + 1), "the closing bracket")
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
        E::UnexpectedCharacter { character } if character.is_control() => {
            let error = Error::new(
                format!("control character U+{:04X}", u32::from(*character)),
                context.span(at, at + character.len_utf8()),
            );
            if *character == '\0' {
                error.help("a part of the file looks like UTF-16; save the file as UTF-8")
            } else {
                error
            }
        }
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

/// `...` alone on the line of `at` or on the line before it: people write it for what they leave out.
fn elision(context: &Context<'_>, at: usize) -> Option<Error> {
    let here = line_start(context.text.as_bytes(), at, context.start);
    let before = here.checked_sub(1).filter(|end| *end >= context.start);
    [Some(at), before].into_iter().flatten().find_map(|at| {
        let span = context.rest(context.line_text(at));
        let text = &context.text[span.start as usize..span.end as usize];
        (text == "...").then(|| {
            Error::new("`...` does not stand for what is left out", span)
                .help("write what is left out, or `# ...`")
        })
    })
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
    let in_flow = matches!(bytes.get(context.outer), Some(b'[' | b'{'));
    if in_flow && !named {
        return None;
    }
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
    if context.text[text..at].trim_end().ends_with(['}', ']']) {
        return Error::new("text after the closing bracket", context.rest(at))
            .help("quote the whole value");
    }
    let item = context.text[text..context.end].starts_with("- ");
    let message = if item {
        "wrong indentation: a list item among the keys of a mapping"
    } else {
        "wrong indentation: no list or mapping starts at this column"
    };
    Error::new(message, context.rest(text)).help("align it with the entries that it belongs to")
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

pub(super) fn too_deep(span: Span) -> Error {
    Error::new(format!("nested more than {MAX_DEPTH} levels deep"), span)
}

pub(super) fn excessive_aliasing(span: Span) -> Error {
    const LIMIT: u64 = MAX_EXPANDED_NODES;
    let limit = format!("{},{:03},{:03}", LIMIT / 1_000_000, LIMIT / 1000 % 1000, LIMIT % 1000);
    Error::new(format!("more than {limit} nodes once its aliases are expanded"), span)
}
/// `*name` without `&name` before it; most often a wildcard host without quotes.
pub(super) fn unknown_anchor(context: &Context<'_>, name: &str, start: usize, end: usize) -> Error {
    let span = context.span(start, end);
    if name.contains(['.', '/']) {
        let what =
            if name.starts_with('.') { "a wildcard host" } else { "a text that starts with `*`" };
        return Error::new(format!("`*{name}` is read as an alias: {what} must be quoted"), span)
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
