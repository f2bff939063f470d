//! Texts, booleans, numbers.

use super::unknown::{Meant, meant};
use super::{Decode, Decoder, describe};
use crate::text::{Span, Spanned, Str, base64};
use crate::yaml::{Node, Scalar};

impl Decode for Spanned<Str> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        if let Some(Scalar::Str(text)) = node.scalar() {
            return Some(Self::new(text.into(), node.span()));
        }
        cx.wrong(node, "text");
        None
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(Str::new(), span))
    }
}

impl Decode for Spanned<Vec<u8>> {
    /// Bytes, written as base64, which the API server checks too (`format: byte`, mirrors kube-openapi `strfmt`): it
    /// takes neither an empty text nor one with line breaks.
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        let Some(Scalar::Str(text)) = node.scalar() else {
            cx.wrong(node, "base64");
            return None;
        };
        if let Some(bytes) = base64(text) {
            if text.is_empty() || text.contains(['\n', '\r']) {
                cx.wrong_for_schema(node, "base64 that is neither empty nor broken into lines");
            }
            return Some(Self::new(bytes, node.span()));
        }
        if !cx.is_placeholder(node) {
            cx.problem(node, &format!("expected base64, got {}", describe(node)));
        }
        None
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(Vec::new(), span))
    }
}

impl Decode for Spanned<bool> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        if let Some(Scalar::Bool(value)) = node.scalar() {
            return Some(Self::new(value, node.span()));
        }
        if cx.is_placeholder(node) {
            return None;
        }
        cx.wrong(node, "true or false");
        if let Some(text @ ("true" | "false")) = node.text() {
            cx.unquote_last(text);
        }
        None
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(false, span))
    }
}

/// Go writes numbers from here on with an exponent.
const WITH_EXPONENT: f64 = 1e21;

/// A number in quotes, as `jsonpb` takes it: in JSON's syntax, or one of three words.
fn quoted_double(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        // Blanks count for nothing; other white space is escaped in JSON.
        text if text.contains(['\t', '\r', '\n']) => None,
        text => serde_json::from_str(text).ok(),
    }
}

/// An integer, bare or quoted, as `jsonpb` takes it; `8080.0` is 8080.
fn integer(scalar: Scalar<'_>) -> Option<i128> {
    match scalar {
        Scalar::Int(value) => Some(value),
        // YAML floats become JSON through Go, which writes integral ones without a fraction.
        #[expect(clippy::cast_possible_truncation, reason = "integral and below 10^21")]
        Scalar::Float(value) if value.fract() == 0.0 && value.abs() < WITH_EXPONENT => {
            Some(value as i128)
        }
        Scalar::Str(text) if text.trim() == "null" => Some(0),
        // Blanks count for nothing; other white space is escaped in JSON.
        Scalar::Str(text) if is_json_integer(text.trim_matches(' ')) => {
            text.trim_matches(' ').parse().ok()
        }
        _ => None,
    }
}

/// Whether JSON takes a text for an integer: no `+`, no leading zero.
fn is_json_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0');
    !digits.is_empty() && !has_leading_zero && digits.bytes().all(|byte| byte.is_ascii_digit())
}

macro_rules! integers {
    ($($type:ty => $expected:literal),*) => { $(
        impl Decode for Spanned<$type> {
            fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
                let scalar = node.scalar();
                let value = scalar.and_then(integer).and_then(|value| <$type>::try_from(value).ok());
                if let Some(value) = value {
                    if matches!(scalar, Some(Scalar::Str(_)))
                        && let Some(objection) = cx.wrong_for_schema(node, $expected)
                    {
                        objection.fix(value.to_string()).help(format!("write `{value}` without quotes"));
                    }
                    return Some(Self::new(value, node.span()));
                }
                if !cx.is_placeholder(node) {
                    cx.wrong(node, $expected);
                }
                None
            }
            fn zero(span: Span) -> Option<Self> {
                Some(Self::new(0, span))
            }
        }
    )* };
}

integers! { u32 => "a number from 0 to 4294967295", i32 => "a 32-bit number", u64 => "a number from 0" }

impl Decode for Spanned<f64> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles here")]
        let value = match node.scalar() {
            Some(Scalar::Int(value)) => Some(value as f64),
            Some(Scalar::Float(value)) => Some(value),
            Some(Scalar::Str(text)) => quoted_double(text),
            _ => None,
        };
        if let Some(value) = value {
            if matches!(node.scalar(), Some(Scalar::Str(_)))
                && let Some(objection) = cx.wrong_for_schema(node, "a number")
            {
                objection.help("write the number without quotes");
            }
            return Some(Self::new(value, node.span()));
        }
        if !cx.is_placeholder(node) {
            cx.wrong(node, "a number");
        }
        None
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(0.0, span))
    }
}

/// How an enumeration is written.
pub(crate) enum Enumerated<'t> {
    /// By name.
    Name(&'t str),
    /// By a number that may name nothing.
    Number(i32),
}

impl Decoder<'_> {
    /// Reads one of `names`, or any number of 32 bits, which the API server does not take.
    pub(crate) fn enumerated<'t>(
        &mut self,
        node: Node<'t>,
        names: &'static [&'static str],
    ) -> Option<Enumerated<'t>> {
        let expected = || format!("one of {}", names.join(", "));
        match node.scalar() {
            Some(Scalar::Str(text)) if names.contains(&text) => {
                return Some(Enumerated::Name(text));
            }
            Some(Scalar::Int(number)) if i32::try_from(number).is_ok() => {
                self.wrong_for_schema(node, &expected());
                return i32::try_from(number).ok().map(Enumerated::Number);
            }
            _ if self.is_placeholder(node) => return None,
            _ => {}
        }
        self.wrong(node, &expected());
        let near = node.text().and_then(|text| meant(text, names.iter().copied()));
        if let Some(Meant::Exactly(name)) = near {
            self.fix_last(name);
        }
        let help = match near {
            Some(Meant::Exactly(name) | Meant::Nearly(name)) => format!("write `{name}`"),
            None => format!("write one of {}", names.join(", ")),
        };
        self.help_last(help);
        None
    }

    /// Adds to the last objection that its value is to be written without quotes.
    fn unquote_last(&mut self, value: &str) {
        if let Some(last) = self.objections().last() {
            last.help(format!("write `{value}` without quotes")).fix(value);
        }
    }

    /// Adds to the last objection the text that is certainly meant.
    fn fix_last(&mut self, text: impl Into<String>) {
        if let Some(last) = self.objections().last() {
            last.fix(text);
        }
    }
}
