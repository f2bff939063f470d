//! Hosts of VirtualServices that no server accepts.

use rustc_hash::FxHashMap;

use super::Routes;
use super::dropped::Lost;
use super::view::View;
use crate::envoy::Admission;
use crate::mesh::{ObjectRef, Origin, Part, VirtualService};
use crate::text::is_placeholder;

/// The hosts of the VirtualServices that name a Gateway of this proxy and that no server of any proxy accepts. Where a
/// host of a server is put in later nobody knows.
pub(super) fn unaccepted<'a>(view: &View<'a>) -> Vec<Lost<'a>> {
    let Routes { tables, mesh, .. } = *view.routes;
    let mut servers = tables.iter().flat_map(|table| &table.servers);
    if servers.any(|server| server.hosts.iter().any(|own| is_placeholder(own))) {
        return Vec::new();
    }
    let mut best: FxHashMap<u32, Vec<Admission>> = FxHashMap::default();
    for binding in tables.iter().flat_map(|table| &table.bindings) {
        let best = best.entry(binding.virtual_service);
        let best = best.or_insert_with(|| vec![Admission::Unserved; binding.hosts.len()]);
        for (best, admission) in best.iter_mut().zip(&binding.hosts) {
            *best = better(*best, *admission);
        }
    }
    let mut lost = Vec::new();
    for at in &view.table.met {
        let service = &mesh.virtual_services.all[*at as usize];
        let best = best.get(at);
        for (index, own) in service.hosts.iter().enumerate() {
            let admission = best.and_then(|best| best.get(index)).copied();
            let admission = admission.unwrap_or(Admission::Unserved);
            let is_shown =
                view.filter.shows_written_host(&own.value) && !is_placeholder(&own.value);
            if is_shown && let Some((word, why)) = reason(service, admission) {
                let part = Part::Host(u32::try_from(index).unwrap_or(u32::MAX));
                let object = ObjectRef::VirtualService(service.index);
                let what = Origin::new(object, part, own.span);
                lost.push(Lost { what, word, by: None, is_unknown: false, server: None, why });
            }
        }
    }
    lost
}

/// The better one of what two servers make of a host.
fn better(a: Admission, b: Admission) -> Admission {
    match (a, b) {
        (Admission::Served, _) | (_, Admission::Served) => Admission::Served,
        (Admission::Unserved, other) => other,
        (best, _) => best,
    }
}

/// Why a host is served by none of the Gateways that its VirtualService names, as a word and as a sentence.
fn reason(service: &VirtualService, admission: Admission) -> Option<(&'static str, String)> {
    let names: Vec<&str> = service.gateways.iter().map(|name| name.value.as_str()).collect();
    let names = names.into_iter().filter(|name| *name != "mesh").collect::<Vec<_>>().join(", ");
    match admission {
        Admission::Served => None,
        Admission::OtherNamespace => {
            let namespace = &service.namespace;
            Some((
                "other-namespace",
                format!("Gateway {names} accepts the host, but not of namespace `{namespace}`"),
            ))
        }
        Admission::Unserved => {
            Some(("unaccepted-host", format!("no server of Gateway {names} accepts the host")))
        }
    }
}
