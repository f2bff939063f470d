//! What makes two conditions equal (U-3): all fields but `name`. Texts stand behind their lengths, so that no two conditions
//! share a key by chance; Istio compares their JSON.

use crate::istio::decode::Map;
use crate::istio::objection::text;
use crate::istio::virtual_service::{HttpMatch, L4Match, Pattern, StringMatch, TlsMatch};
use crate::text::{Spanned, Str};

/// Equal where two conditions are.
pub(super) type Key = Vec<u8>;

/// Room for most of them.
const USUAL: usize = 192;

/// Of a condition of an HTTP route.
pub(super) fn of_http(condition: &HttpMatch) -> Key {
    let mut key = Key::with_capacity(USUAL);
    add_match(&mut key, condition.uri.as_ref());
    add_match(&mut key, condition.scheme.as_deref());
    add_match(&mut key, condition.method.as_deref());
    add_match(&mut key, condition.authority.as_deref());
    for map in [&condition.headers, &condition.without_headers, &condition.query_params] {
        key.push(b';');
        for (name, value) in map.sorted() {
            add(&mut key, &name.value);
            add_match(&mut key, Some(value));
        }
    }
    let ignores_case = condition.ignore_uri_case.is_some_and(|ignores| ignores.value);
    key.push(u8::from(ignores_case));
    add(&mut key, text(&condition.stat_prefix));
    add_common(
        &mut key,
        (condition.port, &condition.source_labels),
        (&condition.gateways, text(&condition.source_namespace)),
    );
    key
}

/// Of a condition of a TLS route.
pub(super) fn of_tls(condition: &TlsMatch) -> Key {
    let mut key = Key::new();
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
pub(super) fn of_tcp(condition: &L4Match) -> Key {
    let mut key = Key::new();
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
    key: &mut Key,
    (port, labels): (Option<Spanned<u32>>, &Map<Spanned<Str>>),
    (gateways, namespace): (&[Spanned<Str>], &str),
) {
    key.extend_from_slice(&port.map_or(0, |port| port.value).to_le_bytes());
    for (name, value) in labels.sorted() {
        add(key, &name.value);
        add(key, &value.value);
    }
    add_list(key, gateways);
    add(key, namespace);
}

fn add_list(key: &mut Key, texts: &[Spanned<Str>]) {
    key.push(b';');
    for text in texts {
        add(key, &text.value);
    }
}

fn add_match(key: &mut Key, value: Option<&StringMatch>) {
    let (kind, text) = match value.map(StringMatch::pattern) {
        None => (b'-', ""),
        Some(Pattern::Empty) => (b'{', ""),
        Some(Pattern::Exact(text)) => (b'=', text.value.as_str()),
        Some(Pattern::Prefix(text)) => (b'^', text.value.as_str()),
        Some(Pattern::Regex(text)) => (b'~', text.value.as_str()),
    };
    key.push(kind);
    add(key, text);
}

fn add(key: &mut Key, text: &str) {
    key.extend_from_slice(&text.len().to_le_bytes());
    key.extend_from_slice(text.as_bytes());
}
