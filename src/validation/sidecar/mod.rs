//! Checks of a Sidecar (3-validation.md B.7).

mod egress;
mod ingress;

use super::destination_rule::connection_pool;
use super::names::{check_fqdn, is_label};
use super::virtual_service::destinations::check_destination;
use crate::istio::Object;
use crate::istio::gateway::Protocol;
use crate::istio::objection::{Objections, text};
use crate::istio::sidecar::{
    OutboundMode, OutboundTrafficPolicy, Sidecar, SidecarPort, WorkloadSelector,
};

/// Mirrors istio 1.32 `pkg/config/validation: ValidateSidecar`.
pub(super) fn check(object: &Object<Box<Sidecar>>, out: &mut Objections) {
    let spec = &object.spec;
    if let Some(selector) = &spec.workload_selector {
        let selects = self::selector(selector, out);
        // Istio looks no further.
        if !selects {
            return;
        }
    }
    let is_empty = spec.egress.is_empty()
        && spec.ingress.is_empty()
        && spec.outbound_traffic_policy.is_none()
        && spec.inbound_connection_pool.is_none();
    if is_empty {
        out.lacks("K-3", spec.span, "a Sidecar without listeners and policies is refused")
            .help("add `egress`, `ingress`, `outboundTrafficPolicy` or `inboundConnectionPool`");
        return;
    }
    ingress::check(&spec.ingress, out);
    if let Some(pool) = &spec.inbound_connection_pool {
        connection_pool::check(pool, out);
    }
    let namespace = object.meta.namespace_span.map(|_| object.meta.namespace());
    egress::check(&spec.egress, namespace, out);
    if let Some(policy) = &spec.outbound_traffic_policy {
        outbound(policy, out);
    }
}

/// K-1 and K-2: mirrors `ValidateAlphaWorkloadSelector`; whether nothing is refused.
fn selector(selector: &WorkloadSelector, out: &mut Objections) -> bool {
    let mut is_good = true;
    for (key, value) in selector.labels.iter() {
        if key.is_empty() {
            out.reject("K-1", key.span, "a selector takes no empty key");
            is_good = false;
        }
        for part in [key, value] {
            if part.contains('*') {
                out.reject("K-1", part.span, "a selector takes no wildcards");
                is_good = false;
            }
        }
    }
    if selector.labels.is_empty() {
        let message = "a selector without labels applies to all workloads of the namespace";
        out.warn("K-2", selector.span, message)
            .help("add labels, or remove the selector")
            .is_absence = true;
    }
    is_good
}

/// K-4, K-5 and K-11: what holds for the ports of both directions. Names and protocols are optional.
fn port(port: &SidecarPort, out: &mut Objections) {
    if let Some(target) = port.target_port.filter(|target| target.value > 0) {
        out.reject("K-4", target.span, "`targetPort` has no effect on a Sidecar and is refused")
            .help("remove it");
    }
    if let Some(name) = port.name.as_ref().filter(|name| !name.is_empty() && !is_label(name)) {
        out.reject("K-5", name.span, format!("port name `{name}` is not a DNS label"));
    }
    let unknown = |text: &str| !text.is_empty() && Protocol::parse(text) == Protocol::Unsupported;
    if let Some(protocol) = port.protocol.as_ref().filter(|protocol| unknown(protocol)) {
        out.reject("K-5", protocol.span, format!("protocol `{protocol}` is not supported"));
    }
}

/// The protocol of a port.
fn protocol(port: &SidecarPort) -> Protocol {
    Protocol::parse(text(&port.protocol))
}

/// The number of a port; 0 where there is none.
fn number(port: &SidecarPort) -> u32 {
    port.number.map_or(0, |number| number.value)
}

/// K-14: mirrors `validateSidecarOutboundTrafficPolicy`.
fn outbound(policy: &OutboundTrafficPolicy, out: &mut Objections) {
    let mode = policy.mode.map_or(OutboundMode::RegistryOnly, |mode| mode.value);
    let span = policy.mode.map_or(policy.span, |mode| mode.span);
    // ALLOW_ANY_DYNAMIC_DNS of the mesh's settings.
    if mode == OutboundMode::Other(3) {
        out.reject("K-14", span, "mode 3 is for the MeshConfig alone");
        return;
    }
    let Some(proxy) = &policy.egress_proxy else { return };
    if mode != OutboundMode::AllowAny {
        out.reject("K-14", proxy.span, "`egressProxy` needs mode `ALLOW_ANY`")
            .help("write `mode: ALLOW_ANY`");
        return;
    }
    let host = text(&proxy.host);
    if let Err(flaw) = check_fqdn(host) {
        let message = format!("`{host}` is no host of a proxy: {flaw}");
        out.lacks("K-14", proxy.span, message).field("host");
    }
    if proxy.port.is_none() {
        out.lacks("K-14", proxy.span, "a proxy needs a port").field("port");
        return;
    }
    check_destination(proxy, out);
}
