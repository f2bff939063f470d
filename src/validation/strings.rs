//! String matches and regular expressions (3-validation.md C-24, C-25).

use super::shared::part_of;
use crate::istio::objection::Objections;
use crate::istio::virtual_service::{Pattern, StringMatch};
use crate::pattern::go;
use crate::text::{Spanned, Str};

const MOST_BYTES: usize = 1024;

/// C-24: mirrors istio 1.32 `pkg/config/validation: validateStringMatch`.
pub(super) fn string_match(value: &StringMatch, out: &mut Objections) {
    match value.pattern() {
        Pattern::Prefix(prefix) if prefix.value.is_empty() => {
            out.reject("C-24", prefix.span, "an empty prefix is not allowed here")
                .help("write `{}` to ask that the value is there at all");
        }
        Pattern::Regex(text) => regex(text, out),
        _ => {}
    }
}

/// C-24 of a field that may be absent.
pub(super) fn string_match_if(value: Option<&StringMatch>, out: &mut Objections) {
    if let Some(value) = value {
        string_match(value, out);
    }
}

/// C-25 alone: mirrors `validateStringMatchRegexp`.
pub(super) fn regex_of(value: &StringMatch, out: &mut Objections) {
    if let Pattern::Regex(text) = value.pattern() {
        regex(text, out);
    }
}

/// C-25: mirrors `validateStringRegexp`.
pub(super) fn regex(text: &Spanned<Str>, out: &mut Objections) {
    if text.value.is_empty() {
        out.reject("C-25", text.span, "a regular expression must not be empty");
    } else if text.value.len() > MOST_BYTES {
        let message = format!(
            "the regular expression has {} bytes, more than {MOST_BYTES}",
            text.value.len()
        );
        out.reject("C-25", text.span, message);
    } else if let Err(error) = go::check(&text.value) {
        let shown: String = text.value[error.range.clone()].chars().take(40).collect();
        let message = format!("not a regular expression: `{shown}` {}", error.message);
        out.reject("C-25", part_of(text, error.range), message);
    }
}
