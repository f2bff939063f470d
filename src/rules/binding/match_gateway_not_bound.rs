//! GW311: a match for a Gateway that the VirtualService is not bound to.

use crate::finding::Severity;
use crate::istio::virtual_service::VirtualService as Written;
use crate::mesh::names::gateway_name;
use crate::mesh::{ObjectRef, Origin, Part, VirtualService};
use crate::rules::kinds::kind_span;
use crate::rules::marks::Marks;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::{hosts, is_placeholder};
use crate::text::{Span, Spanned, Str};

rule! {
    /// ## What it reports
    /// An entry of `gateways` of a match that is not among `spec.gateways`. Both are read in the namespace of their
    /// VirtualService, and without `spec.gateways` there is `mesh` alone. The match of a delegate is held against the
    /// VirtualServices that name the delegate.
    ///
    /// It is a warning where another entry of the match is among `spec.gateways`.
    ///
    /// Also a match for Gateways that are all among them, of which none has a server that takes the rule and accepts a host
    /// of the VirtualService, while other Gateways have one: a warning.
    ///
    /// ## Why it matters
    /// `gateways` of a match chooses among those of the VirtualService and adds none. A match without any of them never
    /// applies.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{gateways: [public]}]
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{gateways: [infra/public]}]
    ///     route: [{destination: {host: web}}]
    /// ```
    MATCH_GATEWAY_NOT_BOUND = "GW311" "match-gateway-not-bound", Error, also "~KIA1102";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (index, object) in world.written_having(Marks::GATEWAYS) {
        let matches = matches(index, &object.spec);
        let roots = roots(world, index);
        let bound: Vec<&str> = roots
            .iter()
            .flat_map(|(_, root)| &root.gateways)
            .map(|name| name.value.as_str())
            .collect();
        if bound.is_empty() || bound.iter().any(|name| is_placeholder(name)) {
            continue;
        }
        for (origin, gateways) in matches {
            let names = gateways
                .iter()
                .map(|name| gateway_name(&name.value, object.meta.namespace()).into_owned());
            let names: Vec<String> = names.collect();
            let is_bound = |name: &String| bound.contains(&name.as_str()) || is_placeholder(name);
            let is_any_bound = names.iter().any(is_bound);
            let unbound: Vec<usize> =
                (0..names.len()).filter(|&at| !is_bound(&names[at])).collect();
            if let Some(at) = names.iter().position(is_bound)
                && let Some(idle) =
                    Idle::new(world, &roots, origin, names.iter().filter(|n| is_bound(n)))
            {
                idle.report(world, out, &gateways[at], &roots);
            }
            let consequence =
                if is_any_bound { "it has no effect" } else { "the match never applies" };
            for at in unbound {
                let (name, span) = (&names[at], gateways[at].span);
                let message = format!("`{name}` is not in spec.gateways: {consequence}");
                let subject = world.subject(ObjectRef::VirtualService(index));
                let report = out.report(&MATCH_GATEWAY_NOT_BOUND, subject, span, message);
                for (span, text) in places(world, &roots) {
                    report.label(span, text);
                }
                report.help(help(name, &bound));
                if is_any_bound {
                    report.severity(Severity::Warning);
                } else {
                    report
                        .about(origin.span)
                        .unreached(world.elements(world.lost_with_rule(origin, &roots)));
                }
            }
        }
    }
}

/// A match for Gateways that have no use for it.
struct Idle<'a> {
    origin: Origin,
    names: Vec<&'a str>,
    /// Servers of these Gateways that accept a host, and do not take the rule.
    servers: Vec<ServerRef<'a>>,
    is_for_mesh: bool,
}

impl<'a> Idle<'a> {
    /// None where some server takes the match, nobody knows whether one does, or none of any Gateway would.
    fn new(
        world: &World<'a>,
        roots: &[(u32, &VirtualService)],
        origin: Origin,
        names: impl Iterator<Item = &'a String>,
    ) -> Option<Self> {
        let (mesh, names): (Vec<&str>, Vec<&str>) =
            names.map(String::as_str).partition(|name| *name == "mesh");
        // Of `tls` and `tcp` the rule is the element, not the match (cli.md 22.7).
        let element = match origin.part {
            Part::HttpMatch(..) => origin,
            part => Origin { part: part.rule(), ..origin },
        };
        let is_unknown = names.iter().any(|name| is_placeholder(name));
        if names.is_empty() || is_unknown || world.is_reached(element) {
            return None;
        }
        let is_certain = |&(at, root): &(u32, &VirtualService)| {
            world.knows_gateways_of(root)
                && !world.is_any_server_unrecorded(root)
                && world.unmet_servers_of(at, root).is_empty()
                && !root.hosts.iter().any(|host| is_placeholder(host))
                && world.servers_of(root).iter().all(ServerRef::is_known)
        };
        if !roots.iter().all(is_certain) {
            return None;
        }
        let accepting: Vec<ServerRef<'a>> =
            roots.iter().flat_map(|(at, _)| world.servers_accepting(*at)).collect();
        let (meant, others): (Vec<_>, Vec<_>) =
            accepting.into_iter().partition(|server| names.contains(&server.name().as_str()));
        let takes = |server: &ServerRef<'_>| server.server.is_http();
        let is_idle = match (origin.part, meant.is_empty()) {
            (_, true) => !others.is_empty(),
            // Of kinds that no server takes GW314 speaks.
            (Part::HttpMatch(..), false) => !meant.iter().any(takes) && others.iter().any(takes),
            _ => false,
        };
        let is_for_mesh = !mesh.is_empty();
        is_idle.then_some(Self { origin, names, servers: meant, is_for_mesh })
    }

    fn report(
        &self,
        world: &World<'_>,
        out: &mut Findings,
        entry: &Spanned<Str>,
        roots: &[(u32, &VirtualService)],
    ) {
        let names = hosts::list(self.names.iter().copied());
        let lacks = match (self.servers.is_empty(), self.names.len()) {
            (true, 1) => "accepts no host of the VirtualService",
            (true, _) => "accept no host of the VirtualService",
            (false, 1) => "has no HTTP server for a host of the VirtualService",
            (false, _) => "have no HTTP server for a host of the VirtualService",
        };
        let at = if self.is_for_mesh { " at a gateway" } else { "" };
        let message = format!("{names} {lacks}: the match never applies{at}");
        let subject = world.subject(self.origin.object);
        let report = out.report(&MATCH_GATEWAY_NOT_BOUND, subject, entry.span, message);
        for server in hosts::distinct(&self.servers).iter().take(3) {
            report.label(kind_span(server), "speaks no HTTP");
        }
        let severity = if self.is_for_mesh { Severity::Info } else { Severity::Warning };
        report
            .help("name a Gateway that serves the hosts, or remove the match")
            .severity(severity)
            .unreached(world.elements(world.lost_with_rule(self.origin, roots)));
    }
}

/// The matches that name Gateways.
fn matches(index: u32, spec: &Written) -> Vec<(Origin, &[Spanned<Str>])> {
    let this = ObjectRef::VirtualService(index);
    let mut all = Vec::new();
    macro_rules! add {
        ($rules:expr, $part:path) => {
            for (i, rule) in (0..).zip($rules) {
                for (j, wanted) in (0..).zip(&rule.matches) {
                    if !wanted.gateways.is_empty() {
                        let origin = Origin::new(this, $part(i, j), wanted.span);
                        all.push((origin, wanted.gateways.as_slice()));
                    }
                }
            }
        };
    }
    add!(&spec.http, Part::HttpMatch);
    add!(&spec.tls, Part::TlsMatch);
    add!(&spec.tcp, Part::TcpMatch);
    all
}

/// The VirtualService itself, or those that delegate to it.
fn roots<'a>(world: &World<'a>, index: u32) -> Vec<(u32, &'a VirtualService)> {
    let all = &world.mesh.virtual_services;
    match all.of_object(index) {
        Some(at) => vec![(at, &all.all[at as usize])],
        None => world.with_rules_of(ObjectRef::VirtualService(index)),
    }
}

/// Where the Gateways of the roots are named.
fn places(world: &World<'_>, roots: &[(u32, &VirtualService)]) -> Vec<(Span, String)> {
    let place = |(_, root): &(u32, &VirtualService)| {
        let object = &world.mesh.store.virtual_services[root.index as usize];
        let names = hosts::list(root.gateways.iter().map(|name| name.value.as_str()));
        match object.spec.gateways.first() {
            Some(first) => (first.span, format!("bound to {names}")),
            None => (object.meta.name_span, "without `gateways` bound to `mesh` alone".to_owned()),
        }
    };
    roots.iter().take(3).map(place).collect()
}

fn help(name: &str, bound: &[&str]) -> String {
    let short = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    match bound.iter().find(|other| short(other) == short(name)) {
        Some(meant) => format!("write `{meant}`"),
        None => format!("add `{name}` to `spec.gateways`, or remove it here"),
    }
}
