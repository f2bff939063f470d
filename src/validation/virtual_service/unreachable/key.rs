//! What makes two conditions equal (U-3): all fields but `name`. Texts are quoted, so that no two conditions share a key
//! by chance; Istio compares their JSON.

use std::fmt::Write as _;

use crate::istio::decode::Map;
use crate::istio::objection::text;
use crate::istio::virtual_service::{HttpMatch, L4Match, Pattern, StringMatch, TlsMatch};
use crate::text::{Spanned, Str};

/// Of a condition of an HTTP route.
pub(super) fn of_http(condition: &HttpMatch) -> String {
    let mut key = String::new();
    add_match(&mut key, condition.uri.as_ref());
    add_match(&mut key, condition.scheme.as_deref());
    add_match(&mut key, condition.method.as_deref());
    add_match(&mut key, condition.authority.as_deref());
    for map in [&condition.headers, &condition.without_headers, &condition.query_params] {
        key.push(';');
        for (name, value) in map.sorted() {
            add(&mut key, &name.value);
            add_match(&mut key, Some(value));
        }
    }
    let ignores_case = condition.ignore_uri_case.is_some_and(|ignores| ignores.value);
    // Writing to a string cannot fail.
    let _ = write!(key, ";{ignores_case}");
    add(&mut key, text(&condition.stat_prefix));
    add_common(
        &mut key,
        (condition.port, &condition.source_labels),
        (&condition.gateways, text(&condition.source_namespace)),
    );
    key
}

/// Of a condition of a TLS route.
pub(super) fn of_tls(condition: &TlsMatch) -> String {
    let mut key = String::new();
    add_list(&mut key, &condition.sni_hosts);
    add_list(&mut key, &condition.destination_subnets);
    add_common(
        &mut key,
        (condition.port, &condition.source_labels),
        (&condition.gateways, text(&condition.source_namespace)),
    );
    key
}

/// Of a condition of a TCP route.
pub(super) fn of_tcp(condition: &L4Match) -> String {
    let mut key = String::new();
    add_list(&mut key, &condition.destination_subnets);
    add(&mut key, text(&condition.source_subnet));
    add_common(
        &mut key,
        (condition.port, &condition.source_labels),
        (&condition.gateways, text(&condition.source_namespace)),
    );
    key
}

/// What all conditions have.
fn add_common(
    key: &mut String,
    (port, labels): (Option<Spanned<u32>>, &Map<Spanned<Str>>),
    (gateways, namespace): (&[Spanned<Str>], &str),
) {
    let _ = write!(key, ";{}", port.map_or(0, |port| port.value));
    for (name, value) in labels.sorted() {
        add(key, &name.value);
        add(key, &value.value);
    }
    add_list(key, gateways);
    add(key, namespace);
}

fn add_list(key: &mut String, texts: &[Spanned<Str>]) {
    key.push(';');
    for text in texts {
        add(key, &text.value);
    }
}

fn add_match(key: &mut String, value: Option<&StringMatch>) {
    let (kind, text) = match value.map(StringMatch::pattern) {
        None => ('-', ""),
        Some(Pattern::Empty) => ('{', ""),
        Some(Pattern::Exact(text)) => ('=', text.value.as_str()),
        Some(Pattern::Prefix(text)) => ('^', text.value.as_str()),
        Some(Pattern::Regex(text)) => ('~', text.value.as_str()),
    };
    key.push(kind);
    add(key, text);
}

fn add(key: &mut String, text: &str) {
    let _ = write!(key, "{text:?}");
}
