//! Hosts of servers (spec 1, section 4; mirrors istio 1.32 `pilot/pkg/model/gateway.go`).

/// Rewrites hosts with a namespace against that of the Gateway (4.1; mirrors `sanitizeServerHostNamespace`).
/// `*/*` makes the list `["*"]`, and the entries that istiod would then panic on are passed over (4.4).
pub(super) fn sanitized<'h>(
    hosts: impl IntoIterator<Item = &'h str>,
    namespace: &str,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut is_everything = false;
    for host in hosts {
        match host.split_once('/') {
            Some(("*", "*")) => is_everything = true,
            Some((".", name)) => all.push(format!("{namespace}/{name}")),
            Some(("*", name)) => all.push(name.to_owned()),
            _ => all.push(host.to_owned()),
        }
    }
    if is_everything { vec!["*".to_owned()] } else { all }
}

/// Server names of a server: prefixes cut off, each once, sorted (4.5; mirrors `GetSNIHostsForServer`).
pub(super) fn server_names(hosts: &[String]) -> Vec<String> {
    let mut names: Vec<String> =
        hosts.iter().map(|host| without_namespace(host).to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

/// A host without the namespace before it.
pub(super) fn without_namespace(host: &str) -> &str {
    host.split_once('/').map_or(host, |(_, name)| name)
}

/// The host, if VirtualServices of `namespace` may bind to it (4.3; mirrors `host/names.go: NamesForNamespace`).
pub(super) fn open_to<'h>(host: &'h str, namespace: &str) -> Option<&'h str> {
    match host.split_once('/') {
        Some((owner, name)) => (owner == namespace).then_some(name),
        None => Some(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_rewritten_against_the_gateway() {
        assert_eq!(sanitized(["./a", "*/b", "ns/c", "d"], "gw"), ["gw/a", "b", "ns/c", "d"]);
        assert_eq!(sanitized(["a.com", "*/*"], "gw"), ["*"]);
        assert_eq!(sanitized(["*/*", "ns/a.com"], "gw"), ["*"]);
    }

    #[test]
    fn server_names_are_sorted_and_unique() {
        let hosts = ["ns/b.com".to_owned(), "a.com".to_owned(), "b.com".to_owned()];
        assert_eq!(server_names(&hosts), ["a.com", "b.com"]);
    }
}
