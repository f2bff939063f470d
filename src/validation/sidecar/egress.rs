//! Listeners of a Sidecar for what its workload calls.

use rustc_hash::{FxHashMap, FxHashSet};

use super::number;
use crate::istio::objection::{Objections, text};
use crate::istio::sidecar::{CaptureMode, Egress, SidecarPort};
use crate::text::{Span, Spanned, Str};
use crate::validation::names::{UNIX_PREFIX, is_ip, is_port, is_unix_path};
use crate::validation::scoped_host::{self, Scope};

/// K-10 to K-13; `namespace` is the Sidecar's, if it is written.
pub(super) fn check(listeners: &[Egress], namespace: Option<&str>, out: &mut Objections) {
    let mut ports: FxHashMap<u32, Span> = FxHashMap::default();
    let mut sockets: FxHashMap<&str, Span> = FxHashMap::default();
    for (at, listener) in listeners.iter().enumerate() {
        match &listener.port {
            None if at + 1 < listeners.len() => {
                let message = "an egress listener without a port takes the rest, and must be last";
                out.lacks("K-10", listener.span, message).help("add a port, or move it to the end");
            }
            None => {}
            Some(port) => {
                super::port(port, out);
                bind(port, listener, out);
                let place = port.number.map_or(port.span, |number| number.span);
                let earlier = match number(port) {
                    0 => sockets.insert(text(&listener.bind), place),
                    number => ports.insert(number, place),
                };
                if let Some(earlier) = earlier {
                    out.reject("K-11", place, "a second egress listener on one port or socket")
                        .related(earlier, "the one before");
                }
            }
        }
        if listener.hosts.is_empty() {
            let message = "an egress listener needs at least one host";
            out.lacks("required", listener.span, message).field("hosts");
        }
        for host in &listener.hosts {
            scoped_host::check(host, Scope::Sidecar, out);
        }
        repeated(&listener.hosts, namespace, out);
    }
}

/// K-11: mirrors `validateSidecarEgressPortBindAndCaptureMode`.
fn bind(port: &SidecarPort, listener: &Egress, out: &mut Objections) {
    let bind = text(&listener.bind);
    let at_bind = listener.bind.as_ref().map_or(listener.span, |bind| bind.span);
    let number = number(port);
    if number > 0 {
        if !is_port(number) {
            let place = port.number.map_or(port.span, |number| number.span);
            out.reject("K-11", place, format!("port `{number}` is not from 1 to 65535"));
        }
        if !bind.is_empty() && !is_ip(bind) {
            out.reject("K-11", at_bind, format!("`{bind}` is not an IP address"));
        }
        return;
    }
    match bind.strip_prefix(UNIX_PREFIX) {
        None => {
            let message = "a listener without port number needs a Unix socket to bind";
            out.lacks("K-11", port.span, message)
                .field("number")
                .help("add the number, or `bind: unix:///PATH`");
        }
        Some(path) if !is_unix_path(path) => {
            out.reject("K-11", at_bind, format!("`{path}` is not an absolute path of a file"));
        }
        Some(_) => {}
    }
    let mode = listener
        .capture_mode
        .filter(|mode| !matches!(mode.value, CaptureMode::Default | CaptureMode::None));
    if let Some(mode) = mode {
        out.reject("K-11", mode.span, "a Unix socket is captured by `DEFAULT` or `NONE` alone");
    }
}

/// K-13: hosts that others of the listener hold already. Where the Sidecar's namespace is not written, `.` is none that
/// another host may name.
fn repeated(hosts: &[Spanned<Str>], own: Option<&str>, out: &mut Objections) {
    let mut known: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    let mut everything = None;
    for host in hosts {
        let Some((namespace, name)) = host.split_once('/') else { continue };
        if namespace.starts_with('~') {
            continue;
        }
        let namespace = own.filter(|_| namespace == ".").unwrap_or(namespace);
        let names = known.entry(namespace).or_default();
        let is_covered = match name {
            "*" => !names.is_empty(),
            _ => names.contains(name) || names.contains("*"),
        };
        if is_covered {
            out.warn("K-13", host.span, format!("egress host `{host}` overlaps one before"));
        }
        names.insert(name);
        if (namespace, name) == ("*", "*") {
            everything = Some(host.span);
        }
    }
    if let Some(span) = everything.filter(|_| known.len() > 1) {
        out.warn("K-13", span, "`*/*` holds all hosts: the others have no effect");
    }
}
