//! From server port to listener port (spec 1, section 3), and which Gateways select a proxy (section 2).

use crate::istio::Object;
use crate::istio::gateway::Gateway;
use crate::mesh::{Proxy, ServicePort};

/// How a Gateway finds its proxies.
pub(super) enum Selection<'g> {
    /// Not this proxy.
    None,
    /// By labels.
    Labels,
    /// By the hostnames of Services (2.4).
    Services(Vec<&'g str>),
}

/// Whether a Gateway selects a proxy (2.4 to 2.6; mirrors istio 1.32 `push_context.go: mergeGateways`).
pub(super) fn selection<'g>(gateway: &'g Object<Gateway>, proxy: &Proxy) -> Selection<'g> {
    if let Some(names) = gateway.meta.annotation("internal.istio.io/gateway-service") {
        let names: Vec<&str> = names.split(',').collect();
        let namespace = gateway.meta.namespace();
        let bound = proxy
            .service_ports
            .iter()
            .any(|port| port.namespace == namespace && names.contains(&port.hostname.as_str()));
        return if bound { Selection::Services(names) } else { Selection::None };
    }
    let selected = gateway.spec.selector.iter().all(|(key, value)| {
        proxy.labels.get(key.value.as_str()).is_some_and(|label| *label == value.value)
    });
    if selected { Selection::Labels } else { Selection::None }
}

/// The Service port behind a listener port of which nobody knows the number, as it leads to a named container port.
pub(super) fn unknown_target<'p>(
    selection: &Selection<'_>,
    proxy: &'p Proxy,
    number: u32,
    listener_port: u32,
) -> Option<&'p ServicePort> {
    match selection {
        Selection::None => None,
        Selection::Labels => proxy.unknown_target(number),
        Selection::Services(names) => proxy.service_ports.iter().find(|port| {
            listener_port == 0
                && port.target.is_none()
                && port.port == number
                && names.contains(&port.hostname.as_str())
        }),
    }
}

/// The ports that Envoy opens for a server port (3.5 to 3.8). A named target port that nobody can resolve is 0, as in
/// istiod (3.3).
pub(super) fn listener_ports(selection: &Selection<'_>, proxy: &Proxy, number: u32) -> Vec<u32> {
    match selection {
        Selection::None => Vec::new(),
        Selection::Labels => {
            let translated = proxy
                .service_ports
                .iter()
                .find(|port| port.port == number && !port.is_translation_disabled);
            vec![translated.map_or(number, |port| port.target.unwrap_or(0))]
        }
        Selection::Services(names) => {
            let mut ports = Vec::new();
            for port in &proxy.service_ports {
                let target = port.target.unwrap_or(0);
                let fits = port.port == number && names.contains(&port.hostname.as_str());
                if fits && !ports.contains(&target) {
                    ports.push(target);
                }
            }
            ports
        }
    }
}
