//! Which rows hold a value that nobody knows: a placeholder that is filled in later.

use std::io::{self, Write};

use crate::envoy::listener::{FilterChain, Terminal};
use crate::envoy::route::{Route, VirtualHost};
use crate::istio::Object;
use crate::istio::virtual_service::VirtualService;
use crate::mesh::{Mesh, ObjectRef, Origin, Part};
use crate::report::envoy::message::{Json, Message};
use crate::rules::is_placeholder;
use crate::text::Span;

/// Whether a server name, the route configuration or a cluster of a chain is unknown.
pub(super) fn chain(mesh: &Mesh, chain: &FilterChain) -> bool {
    chain.matcher.server_names.iter().any(|name| is_placeholder(name))
        || match &chain.terminal {
            Terminal::Http(manager) => is_placeholder(&manager.route_config),
            Terminal::Tcp(proxy) => {
                is_written(proxy) || proxy.origin.is_some_and(|origin| holds_unknown(mesh, origin))
            }
        }
}

/// Whether a domain of a virtual host is unknown.
pub(super) fn host(host: &VirtualHost) -> bool {
    host.domains.iter().any(|domain| is_placeholder(&domain.name))
}

/// Whether anything that a route matches or does is unknown.
pub(super) fn route(mesh: &Mesh, route: &Route) -> bool {
    is_written(route)
        || holds_unknown(mesh, route.origin)
        || route.delegated_by.is_some_and(|origin| holds_unknown(mesh, origin))
}

/// Whether the JSON of a message holds `${`, `$(` or `{{`.
fn is_written(message: &impl Message) -> bool {
    let mut finder = Finder::default();
    serde_json::to_writer(&mut finder, &Json(message)).is_ok() && finder.found
}

/// Looks for `${`, `$(` and `{{` in what is written. JSON without blanks has no `{{` of its own.
#[derive(Default)]
struct Finder {
    last: u8,
    found: bool,
}

impl Write for Finder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for &byte in bytes {
            self.found |= matches!((self.last, byte), (b'$', b'{' | b'(') | (b'{', b'{'));
            self.last = byte;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a rule holds a number or flag that is a placeholder. What stands in its other matches does not count.
fn holds_unknown(mesh: &Mesh, origin: Origin) -> bool {
    let ObjectRef::VirtualService(at) = origin.object else { return false };
    let Some(object) = mesh.store.virtual_services.get(at as usize) else { return false };
    if object.unknown.is_empty() {
        return false;
    }
    let Some((rule, matches)) = rule(object, origin.part) else { return false };
    object.unknown.iter().any(|&span| {
        rule.contains(span)
            && !matches.iter().any(|other| *other != origin.span && other.contains(span))
    })
}

/// The places of a rule and of its matches.
fn rule(object: &Object<VirtualService>, part: Part) -> Option<(Span, Vec<Span>)> {
    let spec = &object.spec;
    match part {
        Part::Http(at) | Part::HttpMatch(at, _) => spec
            .http
            .get(at as usize)
            .map(|rule| (rule.span, rule.matches.iter().map(|one| one.span).collect())),
        Part::Tls(at) | Part::TlsMatch(at, _) => spec
            .tls
            .get(at as usize)
            .map(|rule| (rule.span, rule.matches.iter().map(|one| one.span).collect())),
        Part::Tcp(at) | Part::TcpMatch(at, _) => spec
            .tcp
            .get(at as usize)
            .map(|rule| (rule.span, rule.matches.iter().map(|one| one.span).collect())),
        _ => None,
    }
}
