//! Whether one condition takes all that another one takes. Only what is certain counts.

use super::texts::{contains, contains_path};
use crate::istio::decode::Map;
use crate::istio::objection::text;
use crate::istio::virtual_service::{HttpMatch, StringMatch};

/// Whether every request that `narrow` matches is matched by `wide`, on every proxy.
pub(super) fn contains_all(wide: &HttpMatch, narrow: &HttpMatch) -> bool {
    contains_path(wide, narrow)
        && of_request(wide.method.as_deref(), narrow.method.as_deref())
        && of_request(wide.authority.as_deref(), narrow.authority.as_deref())
        && of_request(wide.scheme.as_deref(), narrow.scheme.as_deref())
        && has_all(&wide.headers, &narrow.headers, is_same_header, |wide, narrow| {
            contains(wide, Some(narrow))
        })
        && has_all(&wide.query_params, &narrow.query_params, str::eq, |wide, narrow| {
            contains(wide, Some(narrow))
        })
        // What must not match: the narrower one forbids more.
        && has_all(&wide.without_headers, &narrow.without_headers, is_same_header, |wide, narrow| {
            contains(narrow, Some(wide))
        })
        && fits_port(wide, narrow)
        && fits_proxies(wide, narrow)
}

/// Of a part that every request has.
fn of_request(wide: Option<&StringMatch>, narrow: Option<&StringMatch>) -> bool {
    wide.is_none_or(|wide| contains(wide, narrow))
}

/// Whether for each entry of `wide` there is one of the same name in `narrow` by which it `holds`.
fn has_all(
    wide: &Map<StringMatch>,
    narrow: &Map<StringMatch>,
    is_same: fn(&str, &str) -> bool,
    holds: impl Fn(&StringMatch, &StringMatch) -> bool,
) -> bool {
    wide.iter().all(|(name, wide)| {
        let mut named = narrow.iter().filter(|(other, _)| is_same(&name.value, &other.value));
        named.any(|(_, narrow)| holds(wide, narrow))
    })
}

/// Names of headers in any case; those of claims, which begin with `@`, count as they are written.
fn is_same_header(name: &str, other: &str) -> bool {
    name == other || (!name.starts_with('@') && name.eq_ignore_ascii_case(other))
}

fn fits_port(wide: &HttpMatch, narrow: &HttpMatch) -> bool {
    let port = |condition: &HttpMatch| condition.port.map_or(0, |port| port.value);
    port(wide) == 0 || port(wide) == port(narrow)
}

/// Whether `wide` is programmed wherever `narrow` is: with `gateways`, these alone count; without, labels and namespace
/// of the proxy (mirrors istio 1.32 `route.go: sourceMatchHTTP`).
fn fits_proxies(wide: &HttpMatch, narrow: &HttpMatch) -> bool {
    if !wide.gateways.is_empty() {
        let is_listed = |name: &str| wide.gateways.iter().any(|gateway| gateway.value == name);
        return !narrow.gateways.is_empty()
            && narrow.gateways.iter().all(|gateway| is_listed(&gateway.value));
    }
    let namespace = text(&wide.source_namespace);
    if wide.source_labels.is_empty() && namespace.is_empty() {
        return true;
    }
    narrow.gateways.is_empty()
        && (namespace.is_empty() || namespace == text(&narrow.source_namespace))
        && wide.source_labels.iter().all(|(name, value)| {
            narrow.source_labels.get(&name.value).is_some_and(|other| other.value == value.value)
        })
}

#[cfg(test)]
mod tests {
    use super::super::http::testing::conditions;
    use super::*;

    #[test]
    fn a_condition_contains_what_asks_for_more() {
        for (wide, narrow, expected) in [
            ("{}", "{uri: {prefix: /a}}", true),
            ("{uri: {prefix: /a}}", "{uri: {prefix: /ab}}", true),
            ("{uri: {prefix: /a}}", "{uri: {exact: /a}}", true),
            ("{uri: {prefix: /a}}", "{uri: {prefix: /A}}", false),
            ("{uri: {prefix: /a}, ignoreUriCase: true}", "{uri: {prefix: /AB}}", true),
            ("{uri: {prefix: /a}}", "{uri: {prefix: /ab}, ignoreUriCase: true}", false),
            ("{uri: {prefix: /}}", "{uri: {prefix: /ab}, ignoreUriCase: true}", true),
            ("{uri: {exact: /a}}", "{uri: {prefix: /a}}", false),
            ("{uri: {regex: /a.*}}", "{uri: {prefix: /a}}", false),
            ("{method: {exact: GET}}", "{}", false),
            ("{method: {}}", "{}", true),
            ("{method: {prefix: P}}", "{method: {exact: PUT}}", true),
            ("{headers: {x: {}}}", "{headers: {X: {exact: a}}}", true),
            ("{headers: {x: {exact: a}}}", "{headers: {x: {}}}", false),
            ("{headers: {x: {}}}", "{}", false),
            ("{withoutHeaders: {x: {}}}", "{withoutHeaders: {x: {exact: a}}}", false),
            ("{withoutHeaders: {x: {exact: a}}}", "{withoutHeaders: {x: {}}}", true),
            ("{queryParams: {q: {exact: a}}}", "{queryParams: {q: {exact: a}, r: {}}}", true),
            ("{queryParams: {q: {}}}", "{queryParams: {Q: {}}}", false),
            ("{scheme: {exact: https}}", "{}", false),
            ("{authority: {prefix: a}}", "{authority: {exact: a.com}}", true),
            ("{port: 80}", "{}", false),
            ("{}", "{port: 80}", true),
            ("{gateways: [a, b]}", "{gateways: [b]}", true),
            ("{gateways: [a]}", "{}", false),
            ("{sourceLabels: {app: x}}", "{}", false),
            ("{sourceLabels: {app: x}}", "{sourceLabels: {app: x, b: y}}", true),
            ("{sourceLabels: {app: x}}", "{sourceLabels: {app: x}, gateways: [a]}", false),
            ("{sourceLabels: {app: x}, gateways: [a]}", "{gateways: [a]}", true),
            ("{sourceNamespace: shop}", "{sourceNamespace: pay}", false),
        ] {
            let both = conditions(&[wide, narrow]);
            assert_eq!(contains_all(&both[0], &both[1]), expected, "{wide} {narrow}");
        }
    }
}
