//! The ports of a service, for the rules about them.

use super::Used;
use crate::mesh::{ObjectRef, Port, Service};
use crate::rules::World;
use crate::text::{Span, Spanned};

/// The ports of all services of a host; none: there is none, one is a mere alias or has no ports (as a patch of it
/// has not), or a placeholder hides a number.
fn ports_of<'a>(world: &World<'a>, host: &str) -> Option<Vec<&'a Port>> {
    let services: Vec<&Service> = world.mesh.services.named(host).collect();
    let ports: Vec<&Port> = services.iter().flat_map(|service| &service.scope_ports).collect();
    let is_known = !services.is_empty()
        && services
            .iter()
            .all(|service| service.external_name.is_none() && !service.scope_ports.is_empty())
        && ports.iter().all(|port| port.number != 0);
    is_known.then_some(ports)
}

/// A port that the service of a destination does not have.
pub(in crate::rules) struct WrongPort<'s, 'a> {
    /// The destinations of one object that name it.
    pub(in crate::rules) group: Vec<&'s Used<'a>>,
    pub(in crate::rules) port: Spanned<u32>,
    /// The ports that there are.
    pub(in crate::rules) ports: Vec<&'a Port>,
}

/// The ports that services do not have, of services whose ports are known.
pub(in crate::rules) fn wrong_ports<'s, 'a>(
    world: &'s World<'a>,
) -> impl Iterator<Item = WrongPort<'s, 'a>> {
    world.destinations().groups().flat_map(|group| {
        let ports = ports_of(world, &group.first().host);
        let wrong = |used: &'s Used<'a>| {
            let (port, ports) = (used.port()?, ports.as_ref()?);
            let has_it = ports.iter().any(|known| known.number == port.value);
            (!has_it).then_some(port.value)
        };
        let wrong = group.by(wrong).into_iter();
        let wrong = wrong.filter_map(|group| {
            Some(WrongPort { port: group[0].port()?, ports: ports.clone()?, group })
        });
        wrong.collect::<Vec<_>>()
    })
}

/// `8080`, `80 and 443`, `80, 443, 8080`.
pub(in crate::rules) fn numbers(ports: &[&Port]) -> String {
    let mut numbers: Vec<String> = Vec::new();
    for number in ports.iter().map(|port| port.number.to_string()) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    match numbers.as_slice() {
        [] => "none".to_owned(),
        [one, other] => format!("{one} and {other}"),
        all if all.len() > 8 => format!("{} and {} more", all[..8].join(", "), all.len() - 8),
        all => all.join(", "),
    }
}

/// Where the ports of the first service of a destination are written.
pub(in crate::rules) fn place(world: &World<'_>, used: &Used<'_>) -> Option<Span> {
    let store = &world.mesh.store;
    match world.mesh.services.named(&used.host).next()?.object {
        ObjectRef::Service(at) => {
            let object = &store.services[at as usize];
            Some(object.spec.ports.first().map_or(object.meta.name_span, |port| port.span))
        }
        ObjectRef::ServiceEntry(at) => {
            let object = &store.service_entries[at as usize];
            Some(object.spec.ports.first().map_or(object.meta.name_span, |port| port.span))
        }
        _ => None,
    }
}
