//! Checks of a `WorkloadEntry`, and of an endpoint of a ServiceEntry with static addresses (3-validation.md B.6).

use rustc_hash::FxHashSet;

use super::names::{check_fqdn, is_ip, is_label, is_port, is_unix_path};
use super::shared::labels;
use crate::istio::Object;
use crate::istio::objection::{Objections, text};
use crate::istio::workload_entry::WorkloadEntry;
use crate::text::{Span, Spanned, Str};

/// Mirrors istio 1.32 `pkg/config/validation: ValidateWorkloadEntry`.
pub(super) fn check(object: &Object<WorkloadEntry>, out: &mut Objections) {
    check_entry(&object.spec, None, out);
}

/// W-1 to W-9: mirrors `validateWorkloadEntry`; `service_ports` are the names of the ports of the ServiceEntry around.
pub(super) fn check_entry(
    entry: &WorkloadEntry,
    service_ports: Option<&FxHashSet<&str>>,
    out: &mut Objections,
) {
    match (&entry.address, text(&entry.address)) {
        (Some(field), address) if !address.is_empty() => match address.strip_prefix("unix://") {
            Some(path) => unix(entry, field.span, path, service_ports, out),
            None => {
                check_address(field, service_ports.is_some(), out);
            }
        },
        _ if text(&entry.network).is_empty() => {
            out.lacks("W-1", entry.span, "has neither `address` nor `network`").field("address");
            return;
        }
        _ => {
            let network = text(&entry.network);
            let message =
                format!("no `address`: requests go to a gateway of the network `{network}`");
            out.warn("W-2", entry.span, message).is_absence = true;
        }
    }
    for (name, number) in entry.ports.iter() {
        if let Some(ports) = service_ports {
            check_known("W-6", name, ports, out);
        }
        check_port("W-7", name, *number, out);
    }
    labels("W-8", &entry.labels, out);
}

/// W-3, W-4 and W-9.
fn unix(
    entry: &WorkloadEntry,
    span: Span,
    path: &str,
    service_ports: Option<&FxHashSet<&str>>,
    out: &mut Objections,
) {
    if !is_unix_path(path) {
        let message = format!(
            "`{path}` is neither an absolute path of a file nor a name that begins with `@`"
        );
        out.reject("W-3", span, message);
    }
    if let Some((port, _)) = entry.ports.entries.first() {
        out.reject("W-4", port.span, "a unix socket has no ports").related(span, "a unix socket");
    }
    if let Some(count) = service_ports.map(FxHashSet::len).filter(|count| *count != 1) {
        let message = format!("a unix socket serves one port, the ServiceEntry has {count}");
        out.reject("W-9", span, message);
    }
}

/// W-5: names are no static addresses.
fn check_address(address: &Spanned<Str>, is_static: bool, out: &mut Objections) {
    if is_ip(&address.value) {
        return;
    }
    if is_static {
        out.reject("W-5", address.span, format!("`{address}` is not an IP address"))
            .help("use the resolution DNS for hostnames");
    } else {
        check_name_or_ip("W-5", address, out);
    }
}

/// An address or a hostname, under the number of the check.
pub(super) fn check_name_or_ip(check: &'static str, address: &Spanned<Str>, out: &mut Objections) {
    if let (false, Err(flaw)) = (is_ip(&address.value), check_fqdn(&address.value)) {
        let message = format!("`{address}` is neither a hostname nor an IP address: {flaw}");
        out.reject(check, address.span, message);
    }
}

/// The port of an endpoint is one of the service, under the number of the check.
pub(super) fn check_known(
    check: &'static str,
    name: &Spanned<Str>,
    service_ports: &FxHashSet<&str>,
    out: &mut Objections,
) {
    if !service_ports.contains(name.value.as_str()) {
        let message = format!("the ServiceEntry has no port with the name `{name}`");
        out.reject(check, name.span, message).help("use the name of one of its `ports`");
    }
}

/// Name and number of a port of an endpoint, under the number of the check.
pub(super) fn check_port(
    check: &'static str,
    name: &Spanned<Str>,
    number: Spanned<u32>,
    out: &mut Objections,
) {
    if !is_label(&name.value) {
        out.reject(check, name.span, format!("`{name}` is not a DNS label"));
    }
    if !is_port(number.value) {
        out.reject(check, number.span, format!("`{number}` is not a port from 1 to 65535"));
    }
}
