//! Conditions (spec 2, section 6; mirrors istio 1.32 `route.go: TranslateRouteMatch`, `pkg/jwt/routing.go`).

use crate::envoy::route::{
    ClaimMatcher, HeaderMatcher, PathMatch, QueryParameterMatcher, RouteMatch, StringMatcher,
};
use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch};

/// The key of `headers` that means a claim of a JWT.
const CLAIMS: &str = "@request.auth.claims";

/// The matcher of a condition (mirrors `TranslateRouteMatch`).
pub fn route_match(condition: &HttpMatch) -> RouteMatch {
    let written = condition.headers.entries.len() + condition.without_headers.entries.len();
    let (mut headers, mut claims) = (Vec::with_capacity(written), Vec::new());
    for (maps, invert) in [(&condition.headers, false), (&condition.without_headers, true)] {
        for (key, value) in maps.iter() {
            match claim_path(key) {
                Some(path) => claims.push(ClaimMatcher { path, value: string(value), invert }),
                None => headers.push(header(key, value, invert)),
            }
        }
    }
    headers.sort_by(|a, b| a.name.cmp(&b.name));
    let pseudo = [
        (":method", &condition.method),
        (":authority", &condition.authority),
        (":scheme", &condition.scheme),
    ];
    for (name, value) in pseudo {
        headers.extend(value.as_ref().map(|value| header(name, value, false)));
    }
    RouteMatch {
        path: condition.uri.as_ref().map_or_else(|| PathMatch::Prefix("/".to_owned()), path),
        case_sensitive: Some(!condition.ignore_uri_case.is_some_and(|ignore| ignore.value)),
        headers,
        query_parameters: condition
            .query_params
            .iter()
            .map(|(key, value)| QueryParameterMatcher {
                name: key.value.to_string(),
                value: unless_present(value),
            })
            .collect(),
        claims,
    }
}

/// Whether a condition makes a matcher that is a catch-all, without making it.
pub fn is_catch_all(condition: &HttpMatch) -> bool {
    let all_paths = condition.uri.as_ref().is_none_or(|uri| match uri.pattern() {
        Pattern::Prefix(text) => text.value == "/",
        Pattern::Regex(text) => text.value == ".*",
        Pattern::Exact(_) => false,
        Pattern::Empty => true,
    });
    let pseudo = [&condition.method, &condition.authority, &condition.scheme];
    all_paths
        && condition.headers.is_empty()
        && condition.without_headers.is_empty()
        && condition.query_params.is_empty()
        && pseudo.into_iter().all(Option::is_none)
}

fn path(uri: &StringMatch) -> PathMatch {
    match uri.pattern() {
        Pattern::Exact(text) => PathMatch::Path(text.value.to_string()),
        Pattern::Prefix(text) => PathMatch::Prefix(text.value.to_string()),
        Pattern::Regex(text) => PathMatch::SafeRegex(text.value.to_string()),
        Pattern::Empty => PathMatch::Prefix("/".to_owned()),
    }
}

fn header(name: &str, value: &StringMatch, invert: bool) -> HeaderMatcher {
    HeaderMatcher { name: name.to_owned(), value: unless_present(value), invert }
}

/// The matcher of a value; none where presence is all that is asked (R-6.1; mirrors `canBeConvertedToPresentMatch`):
/// nothing, or the regular expression `*`, which is none.
fn unless_present(value: &StringMatch) -> Option<StringMatcher> {
    match value.pattern() {
        Pattern::Regex(regex) if regex.value == "*" => None,
        _ => string(value),
    }
}

/// A string matcher (mirrors istio 1.32 `util.go: ConvertToEnvoyMatch`).
pub(super) fn string(value: &StringMatch) -> Option<StringMatcher> {
    match value.pattern() {
        Pattern::Exact(text) => Some(StringMatcher::Exact(text.value.to_string())),
        Pattern::Prefix(text) => Some(StringMatcher::Prefix(text.value.to_string())),
        Pattern::Regex(text) => Some(StringMatcher::SafeRegex(text.value.to_string())),
        Pattern::Empty => None,
    }
}

/// The path in the filter's metadata of the claim that a key of `headers` means (R-6.3; mirrors `ToRoutingClaim`);
/// none: a header.
fn claim_path(key: &str) -> Option<Vec<String>> {
    let (prefix, name) = key.split_at_checked(CLAIMS.len())?;
    if !prefix.eq_ignore_ascii_case(CLAIMS) {
        return None;
    }
    let bracketed = || name.strip_prefix('[')?.strip_suffix(']');
    let claims: Vec<&str> = match (name.strip_prefix('.'), bracketed()) {
        (Some(dotted), _) if !dotted.is_empty() => dotted.split('.').collect(),
        (None, Some(inner)) if !inner.is_empty() => inner.split("][").collect(),
        _ => return None,
    };
    Some(std::iter::once("payload").chain(claims).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::istio::decode::Map;
    use crate::text::{SourceId, Span, Spanned, Str};

    fn span() -> Span {
        Span::new(SourceId::new(0), 0, 0)
    }

    fn spanned(text: &str) -> Spanned<Str> {
        Spanned::new(text.into(), span())
    }

    fn exact(text: &str) -> StringMatch {
        StringMatch { exact: Some(Box::new(spanned(text))), ..StringMatch::empty(span()) }
    }

    fn regex(text: &str) -> StringMatch {
        StringMatch { regex: Some(Box::new(spanned(text))), ..StringMatch::empty(span()) }
    }

    fn map(entries: Vec<(&str, StringMatch)>) -> Map<StringMatch> {
        Map { entries: entries.into_iter().map(|(key, value)| (spanned(key), value)).collect() }
    }

    #[test]
    fn claims_are_told_from_headers() {
        let table: [(&str, Option<&[&str]>); 12] = [
            ("@request.auth.claims.sub", Some(&["payload", "sub"])),
            ("@request.auth.claims.group.id", Some(&["payload", "group", "id"])),
            ("@Request.Auth.Claims.Sub", Some(&["payload", "Sub"])),
            ("@request.auth.claims[a.b]", Some(&["payload", "a.b"])),
            ("@request.auth.claims[a][b]", Some(&["payload", "a", "b"])),
            ("@request.auth.claims[a]b]", Some(&["payload", "a]b"])),
            ("@request.auth.claims.a[b]", Some(&["payload", "a[b]"])),
            ("@request.auth.claims..a", Some(&["payload", "", "a"])),
            ("@request.auth.claims", None),
            ("@request.auth.claims.", None),
            ("@request.auth.claims[]", None),
            ("@request.auth.claims[a].b", None),
        ];
        for (key, expected) in table {
            let got = claim_path(key);
            let got: Option<Vec<&str>> =
                got.as_ref().map(|path| path.iter().map(String::as_str).collect());
            assert_eq!(got.as_deref(), expected, "{key}");
        }
    }

    #[test]
    fn headers_are_sorted_and_pseudo_headers_follow() {
        let condition = HttpMatch {
            headers: map(vec![("x-b", exact("1")), ("x-a", regex("*")), ("Z", exact(""))]),
            without_headers: map(vec![("x-a", exact("2")), ("a", StringMatch::empty(span()))]),
            method: Some(Box::new(exact("GET"))),
            scheme: Some(Box::new(StringMatch::empty(span()))),
            authority: Some(Box::new(exact("a.com"))),
            ..HttpMatch::empty(span())
        };
        let matcher = route_match(&condition);
        assert!(!is_catch_all(&condition));
        let got: Vec<(&str, bool, bool)> = matcher
            .headers
            .iter()
            .map(|header| (header.name.as_str(), header.value.is_some(), header.invert))
            .collect();
        let expected = [
            ("Z", true, false),
            ("a", false, true),
            ("x-a", false, false),
            ("x-a", true, true),
            ("x-b", true, false),
            (":method", true, false),
            (":authority", true, false),
            (":scheme", false, false),
        ];
        assert_eq!(got, expected);
        assert!(!matcher.is_catch_all());
        assert_eq!(matcher.case_sensitive, Some(true));
    }

    #[test]
    fn catch_alls_are_prefix_slash_and_dot_star() {
        let prefix = |text: &str| StringMatch {
            prefix: Some(Box::new(spanned(text))),
            ..StringMatch::empty(span())
        };
        let table = [
            (None, true),
            (Some(StringMatch::empty(span())), true),
            (Some(prefix("/")), true),
            (Some(regex(".*")), true),
            (Some(prefix("")), false),
            (Some(regex("/.*")), false),
            (Some(exact("/")), false),
        ];
        for (uri, expected) in table {
            let condition = HttpMatch { uri, ..HttpMatch::empty(span()) };
            assert_eq!(route_match(&condition).is_catch_all(), expected, "{:?}", condition.uri);
            assert_eq!(is_catch_all(&condition), expected, "{:?}", condition.uri);
        }
    }

    #[test]
    fn whatever_is_asked_beside_the_path_makes_no_catch_all() {
        let one = || map(vec![("@request.auth.claims.a", exact("1"))]);
        let text = || Some(Box::new(StringMatch::empty(span())));
        let empty = || HttpMatch::empty(span());
        let conditions = [
            HttpMatch { headers: one(), ..empty() },
            HttpMatch { without_headers: one(), ..empty() },
            HttpMatch { query_params: one(), ..empty() },
            HttpMatch { method: text(), ..empty() },
            HttpMatch { authority: text(), ..empty() },
            HttpMatch { scheme: text(), ..empty() },
        ];
        for condition in conditions {
            assert!(!route_match(&condition).is_catch_all(), "{condition:?}");
            assert!(!is_catch_all(&condition), "{condition:?}");
        }
    }
}
