//! `ports` of a ServiceEntry.

use rustc_hash::FxHashMap;

use crate::istio::Object;
use crate::istio::gateway::Protocol;
use crate::istio::objection::{Objections, text};
use crate::istio::service_entry::{Resolution, ServiceEntry, ServicePort};
use crate::text::Span;
use crate::validation::names::{is_label, is_port};

/// S-12 to S-18.
pub(super) fn check(
    object: &Object<ServiceEntry>,
    resolution: Option<Resolution>,
    out: &mut Objections,
) {
    let needs_addresses = resolution.is_some_and(|resolution| lacks_addresses(object, resolution));
    let mut names: FxHashMap<&str, Span> = FxHashMap::default();
    let mut numbers: FxHashMap<u32, Span> = FxHashMap::default();
    for port in &object.spec.ports {
        let name = text(&port.name);
        let span = port.name.as_ref().map_or(port.span, |name| name.span);
        if let Some(first) = names.get(name) {
            let message = format!("another port has the name `{name}`");
            out.reject("S-12", span, message).related(*first, "first");
        } else {
            names.insert(name, span);
        }
        let number = port.number.map_or(0, |number| number.value);
        let span = port.number.map_or(port.span, |number| number.span);
        if let Some(first) = numbers.get(&number) {
            let message = format!("another port has the number `{number}`");
            let objection = out.reject("S-13", span, message).related(*first, "first");
            objection.is_absence = port.number.is_none();
        } else {
            numbers.insert(number, span);
        }
        one(port, out);
        // What is not a port takes nothing.
        if needs_addresses && is_port(number) && matches!(text(&port.protocol), "" | "TCP") {
            let message =
                "without `addresses` this port takes the connections of all services to its number";
            out.warn("S-15", port.span, message)
                .help("add `addresses`, or a `protocol` whose requests name their host");
        }
    }
}

/// S-14, S-16 to S-18.
fn one(port: &ServicePort, out: &mut Objections) {
    if let Some(target) = port.target_port.filter(|port| port.value != 0 && !is_port(port.value)) {
        out.reject("S-14", target.span, format!("`{target}` is not a port from 1 to 65535"));
    }
    match &port.name {
        None => drop(out.lacks("required", port.span, "a port needs a `name`")),
        Some(name) if !is_label(&name.value) => {
            out.reject("S-16", name.span, format!("`{name}` is not a DNS label"));
        }
        Some(_) => {}
    }
    if let Some(protocol) = &port.protocol
        && !protocol.value.is_empty()
        && Protocol::parse(&protocol.value) == Protocol::Unsupported
    {
        out.reject("S-17", protocol.span, format!("`{protocol}` is not a protocol of Istio"));
    }
    match port.number {
        None => drop(out.lacks("required", port.span, "a port needs a `number`")),
        Some(number) if !is_port(number.value) => {
            out.reject("S-18", number.span, format!("`{number}` is not a port from 1 to 65535"));
        }
        Some(_) => {}
    }
}

/// Whether there are no addresses and none will be given out: mirrors istio 1.32
/// `pilot/pkg/networking/serviceentry: ShouldV2AutoAllocateIPFromConfig`.
fn lacks_addresses(object: &Object<ServiceEntry>, resolution: Resolution) -> bool {
    let label = object.meta.label("networking.istio.io/enable-autoallocate-ip");
    let is_out = label.is_some_and(|value| value.eq_ignore_ascii_case("false"));
    object.spec.addresses.is_empty() && (resolution == Resolution::None || is_out)
}
