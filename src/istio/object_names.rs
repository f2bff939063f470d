//! What Kubernetes takes as names and labels. Mirrors apimachinery `pkg/util/validation`; unlike Istio's checks these
//! want lower case in names.

/// Most bytes of a DNS subdomain.
const SUBDOMAIN: usize = 253;

/// Most bytes of a DNS label, of the name of a label and of its value.
const LABEL: usize = 63;

/// Mirrors `IsDNS1123Subdomain`: labels may be of any length.
pub(super) fn is_subdomain(text: &str) -> bool {
    text.len() <= SUBDOMAIN && text.split('.').all(is_lower)
}

/// Mirrors `IsDNS1123Label`.
pub(super) fn is_label(text: &str) -> bool {
    text.len() <= LABEL && is_lower(text)
}

/// Mirrors `IsQualifiedName`: a name of label or annotation, perhaps with a prefix.
pub(super) fn is_qualified(key: &str) -> bool {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    prefix.is_none_or(is_subdomain) && !name.is_empty() && is_label_value(name)
}

/// Mirrors `IsValidLabelValue`.
pub(super) fn is_label_value(value: &str) -> bool {
    value.is_empty()
        || (value.len() <= LABEL
            && has_edges(value, |byte| byte.is_ascii_alphanumeric())
            && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)))
}

/// Small letters, digits and `-`, the last not at an end.
fn is_lower(text: &str) -> bool {
    let is_edge = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    has_edges(text, is_edge) && text.bytes().all(|byte| is_edge(byte) || byte == b'-')
}

fn has_edges(text: &str, is_edge: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| is_edge(*byte)) && bytes.last().is_some_and(|b| is_edge(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_lower_case_and_keys_of_either() {
        let long = "a".repeat(64);
        for (text, subdomain, label, key, value) in [
            ("shop", true, true, true, true),
            ("shop.web", true, false, true, true),
            ("Shop", false, false, true, true),
            ("a_b", false, false, true, true),
            ("-a", false, false, false, false),
            ("a-", false, false, false, false),
            ("", false, false, false, true),
            ("a..b", false, false, true, true),
            ("x.io/a", false, false, true, false),
            ("X.io/a", false, false, false, false),
            ("/a", false, false, false, false),
            ("x/", false, false, false, false),
            ("x/a/b", false, false, false, false),
            ("a b", false, false, false, false),
            (long.as_str(), true, false, false, false),
        ] {
            let found =
                (is_subdomain(text), is_label(text), is_qualified(text), is_label_value(text));
            assert_eq!(found, (subdomain, label, key, value), "{text}");
        }
    }
}
