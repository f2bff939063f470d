//! What is lost with a server: what of its VirtualServices reaches no table.

use crate::mesh::names::gateway_name;
use crate::mesh::{Origin, Part, VirtualService};
use crate::rules::World;
use crate::rules::server::ServerRef;
use crate::text::{Spanned, Str};

/// The Gateway and the port of a server.
struct Meant {
    gateway: String,
    port: u32,
}

impl Meant {
    /// Whether a match that names Gateways, as they are read in a namespace, and a port is for the server.
    fn is_by(
        &self,
        gateways: &[Spanned<Str>],
        namespace: &str,
        port: Option<Spanned<u32>>,
    ) -> bool {
        let is_named = |name: &Spanned<Str>| gateway_name(&name.value, namespace) == self.gateway;
        (gateways.is_empty() || gateways.iter().any(is_named))
            && port.is_none_or(|port| port.value == self.port)
    }
}

impl World<'_> {
    /// What reaches no table because a server is lost, of the VirtualServices that the server accepts.
    pub(in crate::rules) fn unreached_without(&self, server: &ServerRef<'_>) -> Vec<Origin> {
        let mut lost = Vec::new();
        let naming = self.mesh.virtual_services.naming(&server.name());
        for &at in naming {
            if self.servers_accepting(at).iter().any(|accepting| accepting.is_same(server)) {
                let service = &self.mesh.virtual_services.all[at as usize];
                self.unreached_of(service, server, &mut lost);
            }
        }
        lost
    }

    fn unreached_of(
        &self,
        service: &VirtualService,
        server: &ServerRef<'_>,
        lost: &mut Vec<Origin>,
    ) {
        let spec = &self.mesh.store.virtual_services[service.index as usize].spec;
        let meant = Meant { gateway: server.name(), port: server.server.port_number() };
        match (server.server.is_http(), spec.http.is_empty()) {
            (true, true) => {}
            (true, false) => self.unreached_http_of(service, &meant, lost),
            (false, is_without_http) => {
                let is_passthrough = server.server.is_tls() && server.server.is_passthrough();
                self.unreached_l4_of(service, &meant, is_passthrough, lost);
                if is_without_http {
                    lost.extend(self.unreached_hosts(service));
                }
            }
        }
    }

    fn unreached_l4_of(
        &self,
        service: &VirtualService,
        meant: &Meant,
        is_passthrough: bool,
        lost: &mut Vec<Origin>,
    ) {
        let spec = &self.mesh.store.virtual_services[service.index as usize].spec;
        let namespace = &service.namespace;
        lost.extend(self.unreached_l4(service).into_iter().filter(|origin| match origin.part {
            Part::Tls(i) => {
                let mut matches = spec.tls[i as usize].matches.iter();
                is_passthrough && matches.any(|m| meant.is_by(&m.gateways, namespace, m.port))
            }
            Part::Tcp(i) => {
                let matches = &spec.tcp[i as usize].matches;
                let is_meant = || {
                    let mut matches = matches.iter();
                    matches.any(|m| meant.is_by(&m.gateways, namespace, m.port))
                };
                !is_passthrough && (matches.is_empty() || is_meant())
            }
            _ => false,
        }));
    }

    fn unreached_http_of(&self, service: &VirtualService, meant: &Meant, lost: &mut Vec<Origin>) {
        let hosts = self.unreached_hosts(service);
        let is_any_host_reached = hosts.len() < service.hosts.len();
        lost.extend(hosts);
        if !is_any_host_reached {
            lost.extend(self.unreached_delegated(service, |_| true));
            return;
        }
        for rule in &service.http {
            for (j, wanted) in rule.http.matches.iter().enumerate() {
                let origin = rule.own_origin(j);
                if meant.is_by(&wanted.gateways, &rule.namespace, wanted.port)
                    && !self.is_reached(origin)
                    && !self.is_own_fault(origin)
                {
                    lost.push(origin);
                    lost.extend(self.unless_reached(rule.origin));
                }
            }
            if rule.http.matches.is_empty() && !self.is_own_fault(rule.origin) {
                lost.extend(self.unless_reached(rule.origin));
            }
        }
    }

    /// Whether some table lacks a rule or match for a reason that has nothing to do with the server.
    fn is_own_fault(&self, origin: Origin) -> bool {
        self.reached().own_faults.contains(&(origin.object, origin.part))
    }
}
