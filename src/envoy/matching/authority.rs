//! The host of a request: which authorities Envoy accepts, and what it compares with the domains of virtual hosts.
//!
//! Mirrors `source/common/http/header_utility.cc`: `authorityIsValid`, `getPortStart` and
//! `source/common/router/config_impl.cc`: `RouteMatcher::findVirtualHost` (1.40).

/// Whether Envoy accepts `authority` (a `Host` value without surrounding blanks); otherwise it answers 400.
///
/// Empty is fine, and the form does not matter: `a@b`, `a%zz`, `[` and `::1` pass, `ns/a.com` and `a b` do not.
pub fn is_valid(authority: &str) -> bool {
    authority
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"!$%&'()*+,-.:;=@[]_~".contains(&byte))
}

/// `authority` without its port: everything from the last `:` unless a `]` follows it, digits or not.
///
/// Matchers on the `:authority` header see the port, the choice of the virtual host does not (Istio sets
/// `ignore_port_in_host_matching`).
pub fn without_port(authority: &str) -> &str {
    match authority.rfind(':') {
        Some(colon) if !authority[colon..].contains(']') => &authority[..colon],
        _ => authority,
    }
}

/// What is compared with the domains of virtual hosts: the authority without port, in lower case.
pub fn host(authority: &str) -> String {
    without_port(authority).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{host, is_valid};

    #[test]
    fn host_has_no_port_and_is_lower_case() {
        for (authority, expected) in [
            ("a.com", "a.com"),
            ("A.Com:8080", "a.com"),
            ("a.com:", "a.com"),
            ("a.com:abc", "a.com"),
            ("a.com:80:90", "a.com:80"),
            ("a.com:80:", "a.com:80"),
            ("a.com.", "a.com."),
            ("[::1]", "[::1]"),
            ("[::1]:80", "[::1]"),
            ("[::1]:", "[::1]"),
            ("[::1]x:9", "[::1]x"),
            ("[::1]:8]", "[::1]:8]"),
            ("::1", ":"),
            ("::1:80", "::1"),
            ("a:b]c", "a:b]c"),
            ("a:b]c:80", "a:b]c"),
            ("]:8", "]"),
            (":80", ""),
            ("", ""),
        ] {
            assert_eq!(host(authority), expected, "{authority}");
        }
    }

    #[test]
    fn authority_has_only_some_characters() {
        for authority in
            ["", "a.com", "*.a.com:80", "u:p@a.com", "a%zz", "[", "::1", "a_b,c~d", "!$&'()+;=-"]
        {
            assert!(is_valid(authority), "{authority}");
        }
        for authority in [
            "ns/a.com",
            "a b",
            "a.com:8/0",
            "a\"",
            "a#b",
            "a?b",
            "a<b>",
            "a\\b",
            "a^",
            "a`",
            "a{b}",
            "a|b",
            "é",
            "a\tb",
            "a\u{7f}",
        ] {
            assert!(!is_valid(authority), "{authority}");
        }
    }
}
