//! The algebra of hosts (mirrors istio 1.32 `pkg/config/host/name.go`, `names.go`): bytes, case-sensitive.

use std::borrow::Cow;
use std::cmp::Ordering;

/// Whether a host begins with `*`.
pub fn is_wildcard(host: &str) -> bool {
    host.starts_with('*')
}

/// A host in small letters, as mostly it is written.
pub fn lower_cased(host: &str) -> Cow<'_, str> {
    if host.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(host)
    } else {
        Cow::Owned(host.to_lowercase())
    }
}

/// Whether every name of `narrow` is a name of `wide` (mirrors `Name.SubsetOf`).
pub fn is_subset(narrow: &str, wide: &str) -> bool {
    match (narrow.strip_prefix('*'), wide.strip_prefix('*')) {
        (Some(n), Some(w)) => n.len() >= w.len() && n.ends_with(w),
        (Some(_), None) => false,
        (None, Some(w)) => narrow.ends_with(w),
        (None, None) => narrow == wide,
    }
}

/// Whether one of two hosts covers the other (mirrors `Name.Matches`).
pub fn overlaps(a: &str, b: &str) -> bool {
    is_subset(a, b) || is_subset(b, a)
}

/// The narrower of two hosts, if one covers the other.
pub fn intersection<'h>(server: &'h str, wanted: &'h str) -> Option<&'h str> {
    if is_subset(server, wanted) {
        Some(server)
    } else if is_subset(wanted, server) {
        Some(wanted)
    } else {
        None
    }
}

/// Order of `host.Names`: names before wildcards, longer before shorter, then bytes (mirrors `MoreSpecific`).
pub fn by_specificity(a: &str, b: &str) -> Ordering {
    is_wildcard(a).cmp(&is_wildcard(b)).then_with(|| b.len().cmp(&a.len())).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcard_covers_subdomain_but_not_itself() {
        let table = [
            ("a.com", "a.com", Some("a.com")),
            ("*.a.com", "x.a.com", Some("x.a.com")),
            ("x.a.com", "*.a.com", Some("x.a.com")),
            ("*", "*.a.com", Some("*.a.com")),
            ("*.a.com", "*", Some("*.a.com")),
            ("*.com", "*.a.com", Some("*.a.com")),
            ("*.a.com", "a.com", None),
            ("A.com", "a.com", None),
            ("*", "*-x.a.com", Some("*-x.a.com")),
        ];
        for (server, wanted, expected) in table {
            assert_eq!(intersection(server, wanted), expected, "{server} and {wanted}");
        }
    }

    #[test]
    fn names_come_before_wildcards_and_longer_before_shorter() {
        let mut hosts = ["*", "*.a.com", "a.com", "bb.com", "ab.com"];
        hosts.sort_by(|a, b| by_specificity(a, b));
        assert_eq!(hosts, ["ab.com", "bb.com", "a.com", "*.a.com", "*"]);
    }
}
