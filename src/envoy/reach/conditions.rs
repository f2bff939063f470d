//! What a match asks of a request, dimension by dimension.

use super::text::{Languages, Text};
use crate::envoy::matching::Occurrence;
use crate::envoy::route::{PathMatch, RouteMatch, StringMatcher};
use crate::text::is_placeholder;

/// Something of a request that is free of all else of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Dimension {
    /// The path without query.
    Path,
    /// The method.
    Method,
    /// `:scheme`.
    Scheme,
    /// `:authority`.
    Authority,
    /// A header, by its name in lower case.
    Header(String),
    /// A query parameter.
    Query(String),
}

/// What is asked of one dimension.
#[derive(Clone, Debug)]
pub(super) struct Condition<'t> {
    pub(super) dimension: Dimension,
    /// A value of this set; none: any.
    pub(super) text: Option<Text<'t>>,
    /// The opposite; then a missing value counts as an empty one.
    pub(super) invert: bool,
}

/// What a match asks of a request.
#[derive(Clone, Debug)]
pub(super) struct Conditions<'t> {
    /// All must hold.
    pub(super) all: Vec<Condition<'t>>,
    /// Whether nothing else must hold: no placeholder, no claim of a token, no automaton that is too large.
    pub(super) is_whole: bool,
}

impl<'t> Conditions<'t> {
    pub(super) fn new(matcher: &'t RouteMatch, languages: &mut Languages<'t>) -> Self {
        let mut own = Self { all: Vec::new(), is_whole: matcher.claims.is_empty() };
        let folds = matcher.case_sensitive == Some(false);
        let path = match &matcher.path {
            PathMatch::Prefix(text) | PathMatch::Path(text) if is_placeholder(text) => {
                own.is_whole = false;
                let known = known(text);
                Some(if folds { Text::FoldedPrefix(known) } else { Text::Prefix(known) })
            }
            PathMatch::Prefix(text) if folds => Some(Text::FoldedPrefix(text)),
            PathMatch::Prefix(text) => Some(Text::Prefix(text)),
            PathMatch::Path(text) if folds => Some(Text::FoldedExact(text)),
            PathMatch::Path(text) => Some(Text::Exact(text)),
            PathMatch::SafeRegex(pattern) => regex(pattern, languages),
        };
        match path {
            Some(path) => own.add(Dimension::Path, Some(path), false),
            None => own.is_whole = false,
        }
        for header in &matcher.headers {
            match dimension(&header.name) {
                Some(dimension) => {
                    own.add_value(dimension, header.value.as_ref(), header.invert, languages);
                }
                None => own.is_whole = false,
            }
        }
        for parameter in &matcher.query_parameters {
            let dimension = (!is_placeholder(&parameter.name))
                .then(|| Dimension::Query(parameter.name.clone()));
            match dimension {
                Some(dimension) => {
                    own.add_value(dimension, parameter.value.as_ref(), false, languages);
                }
                None => own.is_whole = false,
            }
        }
        own
    }

    fn add(&mut self, dimension: Dimension, text: Option<Text<'t>>, invert: bool) {
        self.all.push(Condition { dimension, text, invert });
    }

    /// Adds a matcher of a value; none: any value. Of one that is not known, what is known.
    fn add_value(
        &mut self,
        dimension: Dimension,
        matcher: Option<&'t StringMatcher>,
        invert: bool,
        languages: &mut Languages<'t>,
    ) {
        let text = match matcher {
            None => return self.add(dimension, None, invert),
            Some(StringMatcher::Exact(text) | StringMatcher::Prefix(text))
                if is_placeholder(text) =>
            {
                self.is_whole = false;
                // What does not begin so may well be wanted, too.
                (!invert).then(|| Text::Prefix(known(text)))
            }
            Some(StringMatcher::Exact(text)) => Some(Text::Exact(text)),
            Some(StringMatcher::Prefix(text)) => Some(Text::Prefix(text)),
            Some(StringMatcher::SafeRegex(pattern)) => regex(pattern, languages),
        };
        match text {
            Some(text) => self.add(dimension, Some(text), invert),
            None => self.is_whole = false,
        }
    }
}

/// What stands before the first placeholder.
fn known(text: &str) -> &str {
    let at = ["$", "{{", "ENC["].into_iter().filter_map(|mark| text.find(mark)).min();
    &text[..at.unwrap_or(text.len())]
}

/// What a header matcher looks at; none for `:path`, which is no dimension of its own, and for a name that is not known.
fn dimension(name: &str) -> Option<Dimension> {
    let name = name.to_ascii_lowercase();
    Some(match name.as_str() {
        ":path" => return None,
        _ if is_placeholder(&name) => return None,
        ":method" => Dimension::Method,
        ":scheme" => Dimension::Scheme,
        ":authority" | "host" => Dimension::Authority,
        _ => Dimension::Header(name),
    })
}

fn regex<'t>(pattern: &'t str, languages: &mut Languages<'t>) -> Option<Text<'t>> {
    if is_placeholder_in_regex(pattern) {
        return None;
    }
    languages.get(pattern).map(Text::Regex)
}

/// Whether a pattern holds something that is put in later. A `$` before anything but a name is an anchor.
fn is_placeholder_in_regex(pattern: &str) -> bool {
    let names = |rest: &str| rest.starts_with(|c: char| c == '{' || c == '_' || c.is_alphabetic());
    is_placeholder(&pattern.replace('$', "")) || pattern.split('$').skip(1).any(names)
}

impl Dimension {
    /// How often a request has a value of it.
    pub(super) fn occurrence(&self) -> Occurrence {
        match self {
            Self::Path | Self::Method | Self::Scheme | Self::Authority => Occurrence::Always,
            Self::Header(name) => Occurrence::of(name),
            // The first one decides.
            Self::Query(name) if name.bytes().all(|byte| is_query(byte) && byte != b'=') => {
                Occurrence::Once
            }
            Self::Query(_) => Occurrence::Never,
        }
    }

    /// Whether a value may have this byte; `is_first`: at its beginning.
    pub(super) fn allows(&self, byte: u8, is_first: bool) -> bool {
        match self {
            Self::Path if is_first => byte == b'/',
            Self::Path => byte.is_ascii_graphic() && byte != b'?' && byte != b'#',
            Self::Method | Self::Scheme => byte.is_ascii_graphic(),
            Self::Authority => {
                byte.is_ascii_alphanumeric() || b"!$%&'()*+,-.:;=@[]_~".contains(&byte)
            }
            Self::Header(_) if is_blank(byte) => !is_first,
            Self::Header(_) => byte >= b' ' && byte != 0x7f,
            Self::Query(_) => is_query(byte),
        }
    }

    /// Whether a value may end with this byte.
    pub(super) fn may_end(&self, byte: u8) -> bool {
        !(matches!(self, Self::Header(_)) && is_blank(byte))
    }

    /// Whether some request has this value.
    pub(super) fn allows_text(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes.iter().enumerate().all(|(at, &byte)| self.allows(byte, at == 0))
            && bytes.last().is_none_or(|&byte| self.may_end(byte))
            && !(*self == Self::Path && text.is_empty())
    }
}

/// What the parser takes away around the value of a header.
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

fn is_query(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'&' && byte != b'#'
}
