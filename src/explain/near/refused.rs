//! What is written for a host and is never admitted, or replaced by another text.

use super::line;
use super::unbound::without_namespace;
use crate::explain::Context;
use crate::explain::document::Line;
use crate::explain::probe::covers;
use crate::istio::virtual_service::VirtualService;
use crate::istio::{Object, Resource};
use crate::mesh::names::fqdn;

/// Objects with the host that Istio or the API server would refuse; whether a VirtualService is among them.
pub(super) fn refused(context: Context<'_>, host: &str, lines: &mut Vec<Line>) -> bool {
    let mut has_service = false;
    for refused in &context.mesh.store.refused {
        if refused.hosts.iter().any(|own| covers(without_namespace(&own.value), host)) {
            let (name, judges) = (refused.name(), refused.judges());
            let what =
                format!("{name} is for the host, and {judges} would refuse it: {}", refused.reason);
            lines.push(line(what, "correct it", Some(refused.span)));
            has_service |= refused.meta.kind() == "VirtualService";
        }
    }
    has_service
}

/// VirtualServices with the host of which another text counts, that does not have it; whether there are any.
pub(super) fn replaced(context: Context<'_>, host: &str, lines: &mut Vec<Line>) -> bool {
    let Context { mesh, sources, .. } = context;
    let mut is_any = false;
    for resource in &mesh.store.replaced {
        let Resource::VirtualService(object) = resource else { continue };
        let meta = &object.meta;
        let covers = |own: &str| covers(&fqdn(own, meta.namespace(), &mesh.domain), host);
        let Some(own) = object.spec.hosts.iter().find(|own| covers(&own.value)) else { continue };
        let mut all = mesh.store.virtual_services.iter();
        let same = |other: &&Object<VirtualService>| {
            other.meta.name() == meta.name() && other.meta.namespace() == meta.namespace()
        };
        let Some(other) = all.find(same) else { continue };
        if other.spec.hosts.iter().any(|own| covers(&own.value)) {
            continue;
        }
        is_any = true;
        let what = format!(
            "VirtualService {}/{} has the host here, and another text in {}, which counts",
            meta.namespace(),
            meta.name(),
            sources.get(other.meta.subject.source).name
        );
        lines.push(line(what, "leave out the file that is of another cluster", Some(own.span)));
    }
    is_any
}
