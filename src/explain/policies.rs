//! Policies on a proxy that may have a say in an answer, and are not modelled.

use crate::istio::Object;
use crate::istio::policy::{Policy, PolicyKind};
use crate::mesh::{Mesh, Proxy};
use crate::text::{Sources, first_five};

/// One sentence for all policies of a proxy that may refuse or change a request.
pub fn policies_note(mesh: &Mesh, sources: &Sources, proxy: &Proxy) -> Option<String> {
    let at = (proxy.namespace.as_str(), &proxy.labels);
    let root = mesh.config.root_namespace();
    let policies = mesh.store.policies.iter();
    let all: Vec<&Object<(PolicyKind, Policy)>> = policies
        .filter(|object| has_say(object))
        .filter(|object| object.spec.1.is_on(object.meta.namespace(), at, root))
        .collect();
    if all.is_empty() {
        return None;
    }
    let name = |object: &&Object<(PolicyKind, Policy)>| {
        let meta = &object.meta;
        let place = sources.file_line(meta.name_span);
        format!("{} {}/{} ({place})", meta.kind(), meta.namespace(), meta.name())
    };
    let names: Vec<String> = all.iter().map(name).collect();
    let only_refuses = |object: &&Object<(PolicyKind, Policy)>| {
        matches!(object.spec.0, PolicyKind::Authorization | PolicyKind::RequestAuthentication)
    };
    let verb = if all.iter().all(only_refuses) { "refuse" } else { "refuse or change" };
    let names = first_five(&names, ", ");
    Some(format!("{names} may {verb} the request; policies are not modelled"))
}

/// Whether a policy may change an answer: Telemetry does not, nor does what is only logged.
fn has_say(object: &Object<(PolicyKind, Policy)>) -> bool {
    let (kind, policy) = &object.spec;
    let is_action = |wanted: &str| policy.action.as_ref().is_some_and(|own| own.value == wanted);
    let is_dry = || {
        let mut annotations = object.meta.annotations.iter();
        annotations.any(|(key, value)| key.value == "istio.io/dry-run" && value == "true")
    };
    match kind {
        PolicyKind::Authorization => !is_action("AUDIT") && !is_dry(),
        PolicyKind::RequestAuthentication | PolicyKind::EnvoyFilter | PolicyKind::WasmPlugin => {
            true
        }
        PolicyKind::Telemetry => false,
    }
}
