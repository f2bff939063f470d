//! Short names (mirrors istio 1.32 `pilot/pkg/model/config.go`).

use std::borrow::Cow;
use std::net::IpAddr;

use crate::text::is_placeholder;

/// The name that a host means in a namespace (mirrors `ResolveShortnameToFQDN`): a host without a dot, other than
/// `*` and addresses, is a Service of the namespace. A host with a placeholder is never completed.
pub fn fqdn(host: &str, namespace: &str, domain: &str) -> String {
    let is_whole = host.is_empty() || host == "*" || host.contains('.');
    if is_whole || is_placeholder(host) || is_ip(host) {
        return host.to_owned();
    }
    let mut full =
        String::with_capacity(host.len() + namespace.len() + domain.len() + "..svc.".len());
    full.push_str(host);
    if !namespace.is_empty() {
        full.push('.');
        full.push_str(namespace);
    }
    if !domain.is_empty() {
        full.push_str(".svc.");
        full.push_str(domain);
    }
    full
}

/// Whether Go's `netip.ParseAddr` takes a text: an address, with or without a zone.
pub fn is_ip(text: &str) -> bool {
    // Most names are told from addresses at sight.
    if !text.contains(':') && !text.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let address = match text.split_once('%') {
        Some((address, zone)) if address.contains(':') && !zone.is_empty() => address,
        Some(_) => return false,
        None => text,
    };
    address.parse::<IpAddr>().is_ok()
}

/// The Gateway that a name means in a namespace (mirrors `resolveGatewayName`): `namespace/name`, or `mesh`.
pub fn gateway_name<'n>(name: &'n str, namespace: &str) -> Cow<'n, str> {
    if name == "mesh" {
        return Cow::Borrowed(name);
    }
    let whole = match (name.split_once('/'), name.split_once('.')) {
        (Some((".", rest)), _) => [namespace, "/", rest].concat(),
        (Some(_), _) => return Cow::Borrowed(name),
        (None, Some((first, rest))) => {
            [rest.split('.').next().unwrap_or(rest), "/", first].concat()
        }
        (None, None) => [namespace, "/", name].concat(),
    };
    Cow::Owned(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_hosts_are_services_of_the_namespace() {
        let table = [
            ("shop", "shop.app.svc.cluster.local"),
            ("*", "*"),
            ("*foo", "*foo.app.svc.cluster.local"),
            ("a.b", "a.b"),
            ("::1", "::1"),
            ("fe80::1%eth0", "fe80::1%eth0"),
            ("${HOST}", "${HOST}"),
            ("$HOST", "$HOST"),
            ("{{ .Values.host }}", "{{ .Values.host }}"),
            ("", ""),
        ];
        for (host, expected) in table {
            assert_eq!(fqdn(host, "app", "cluster.local"), expected);
        }
    }

    #[test]
    fn gateway_names_are_resolved_in_the_namespace() {
        let table = [
            ("gw", "app/gw"),
            ("./gw", "app/gw"),
            ("ns/gw", "ns/gw"),
            ("gw.ns", "ns/gw"),
            ("gw.ns.svc.cluster.local", "ns/gw"),
            ("mesh", "mesh"),
        ];
        for (name, expected) in table {
            assert_eq!(gateway_name(name, "app"), expected);
        }
    }
}
