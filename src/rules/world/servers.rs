//! What the tables tell of servers: which ones a VirtualService is bound to, what they make of its hosts, and what is not
//! known of that.

use rustc_hash::{FxHashMap, FxHashSet};

use super::World;
use crate::envoy::{Admission, Binding, ByNamespace};
use crate::istio::Object;
use crate::istio::gateway::Gateway;
use crate::mesh::{ObjectRef, Origin, Part, VirtualService};
use crate::rules::is_placeholder;
use crate::rules::server::ServerRef;
use crate::text::{Spanned, Str};

impl<'a> World<'a> {
    /// The servers of a Gateway, in all tables.
    pub(in crate::rules) fn servers_of_gateway(&self, gateway: u32) -> Vec<ServerRef<'a>> {
        let all = self.by_gateway.get(&gateway).map_or(&[][..], Vec::as_slice);
        all.iter().filter_map(|&(table, server)| self.server(table, server)).collect()
    }

    /// The servers of the Gateways that a VirtualService names, in all tables.
    pub(in crate::rules) fn servers_of(&self, service: &VirtualService) -> Vec<ServerRef<'a>> {
        let mut names: Vec<&str> = Vec::new();
        for gateway in &service.gateways {
            if !names.contains(&gateway.value.as_str()) {
                names.push(&gateway.value);
            }
        }
        let indices = names.into_iter().filter_map(|name| self.gateway_named(name));
        indices.flat_map(|at| self.servers_of_gateway(at)).collect()
    }

    /// The servers that accept a host of a VirtualService, whether they take part or not.
    pub(in crate::rules) fn servers_accepting(&self, service: u32) -> Vec<ServerRef<'a>> {
        let accepting = self
            .bindings_of(service)
            .filter(|(_, binding)| binding.hosts.contains(&Admission::Served))
            .map(|(table, binding)| (table, binding.server));
        let mut keys: Vec<(usize, u32)> = accepting.collect();
        // Whoever names a Gateway twice is bound to its servers twice.
        if keys.len() > 1 {
            let mut known: FxHashSet<(usize, u32)> = FxHashSet::default();
            keys.retain(|&key| known.insert(key));
        }
        keys.into_iter().filter_map(|(table, server)| self.server(table, server)).collect()
    }

    /// Whether a VirtualService has a host that a server accepts.
    pub(in crate::rules) fn is_bound(&self, server: &ServerRef<'_>) -> bool {
        self.bound.contains(&server.key)
    }

    /// The bindings of a VirtualService, with the number of the table.
    pub(in crate::rules) fn bindings_of(
        &self,
        service: u32,
    ) -> impl Iterator<Item = (usize, &'a Binding)> {
        let from = self.by_virtual_service.partition_point(|&(at, ..)| at < service);
        let all = self.by_virtual_service[from..].iter();
        all.take_while(move |&&(at, ..)| at == service)
            .map(|&(_, table, binding)| (table, &self.tables[table].bindings[binding]))
    }

    /// Whether a server serves a host of a VirtualService.
    pub(in crate::rules) fn serves(
        &self,
        server: &ServerRef<'_>,
        service: u32,
        host: usize,
    ) -> bool {
        let binding =
            |&(_, table, binding): &(u32, usize, usize)| &self.tables[table].bindings[binding];
        let key = |one: &(u32, usize, usize)| (one.0, (one.1, binding(one).server));
        let wanted = (service, server.key);
        // Bindings of a table are sorted by server.
        let from = self.by_virtual_service.partition_point(|one| key(one) < wanted);
        let here = self.by_virtual_service[from..].iter().take_while(|one| key(one) == wanted);
        here.map(binding).any(|binding| binding.hosts.get(host) == Some(&Admission::Served))
    }

    /// A server of a table.
    pub(in crate::rules) fn server(&self, table: usize, server: u32) -> Option<ServerRef<'a>> {
        let record = self.tables[table].servers.get(server as usize)?;
        let gateway = self.mesh.store.gateways.get(record.gateway as usize)?;
        let written = gateway.spec.servers.get(record.index as usize)?;
        let table_ref = &self.tables[table];
        let key = (table, server);
        Some(ServerRef { table: table_ref, record, gateway, server: written, key })
    }

    /// The server that an origin stands for, in one table.
    pub(in crate::rules) fn server_at(
        &self,
        table: usize,
        origin: Origin,
    ) -> Option<ServerRef<'a>> {
        let ObjectRef::Gateway(gateway) = origin.object else { return None };
        let (Part::Server(index) | Part::ServerHost(index, _)) = origin.part else { return None };
        let all = self.by_gateway.get(&gateway)?.iter();
        let mut here = all.filter(|(at, _)| *at == table);
        here.find_map(|&(_, server)| {
            self.server(table, server).filter(|server| server.record.index == index)
        })
    }

    /// The names of the proxies of `tables`, unless these are all that run the Gateway.
    pub(in crate::rules) fn proxies_unless_all(
        &self,
        gateway: u32,
        tables: &[usize],
    ) -> Vec<String> {
        let running = self.by_gateway.get(&gateway).map_or(&[][..], Vec::as_slice);
        if running.iter().all(|(table, _)| tables.contains(table)) {
            return Vec::new();
        }
        let mut names: Vec<String> =
            tables.iter().map(|&table| self.tables[table].proxy.name.clone()).collect();
        names.dedup();
        names
    }

    /// Whether some server of its Gateways accepts a host of a VirtualService.
    pub(in crate::rules) fn is_accepted(&self, at: u32, host: usize) -> bool {
        self.bindings_of(at).any(|(_, binding)| binding.hosts.get(host) == Some(&Admission::Served))
    }

    /// What becomes of the hosts of a VirtualService at the servers of its Gateways, the best over all; none where it is
    /// not known: a Gateway is not in the input or on no proxy, a server's hosts or the namespace that they must be for
    /// hold a placeholder, no proxy with some server sees the VirtualService.
    pub(in crate::rules) fn admissions(&self, at: u32) -> &[Option<Admission>] {
        let all = self.admissions.get_or_init(|| {
            let all = (0..).zip(&self.mesh.virtual_services.all);
            all.map(|(at, service)| self.admissions_of(at, service)).collect()
        });
        &all[at as usize]
    }

    fn admissions_of(&self, at: u32, service: &VirtualService) -> Vec<Option<Admission>> {
        let mut best = vec![Admission::Unserved; service.hosts.len()];
        for (_, binding) in self.bindings_of(at) {
            for (best, other) in best.iter_mut().zip(&binding.hosts) {
                *best = better(*best, *other);
            }
        }
        if best.iter().all(|best| *best == Admission::Served) {
            return best.into_iter().map(Some).collect();
        }
        let are_servers_known = self.knows_gateways_of(service)
            && self.servers_of(service).iter().all(ServerRef::is_known)
            && !self.is_any_server_unrecorded(service);
        let unmet = self.unmet_servers_of(at, service);
        let is_namespace_known = !is_placeholder(&service.namespace);
        let admission = |(best, host): (Admission, &Spanned<Str>)| {
            if best == Admission::Served {
                return Some(best);
            }
            let is_known = are_servers_known
                && !is_placeholder(&host.value)
                && (best != Admission::OtherNamespace || is_namespace_known);
            let elsewhere = unmet.iter().map(|server| self.admits(server, service, &host.value));
            let all = is_known.then(|| elsewhere.fold(best, better));
            // Nobody sees the VirtualService where it would be served.
            all.filter(|all| *all != Admission::Served)
        };
        best.into_iter().zip(&service.hosts).map(admission).collect()
    }

    /// What a server makes of a host of a VirtualService, whoever sees it.
    fn admits(&self, server: &ServerRef<'_>, service: &VirtualService, host: &str) -> Admission {
        let hosts = self.hosts.get_or_init(|| {
            let mut by_server = FxHashMap::default();
            for record in self.tables.iter().flat_map(|table| &table.servers) {
                let hosts = by_server.entry((record.gateway, record.index));
                hosts.or_insert_with(|| ByNamespace::new(&record.hosts));
            }
            by_server
        });
        let of_server = hosts.get(&(server.record.gateway, server.record.index));
        of_server.map_or(Admission::Unserved, |hosts| hosts.admits(service, host))
    }

    /// The servers of a VirtualService's Gateways that are on no proxy that sees it: what a server accepts is the same
    /// on all.
    pub(in crate::rules) fn unmet_servers_of(
        &self,
        at: u32,
        service: &VirtualService,
    ) -> Vec<ServerRef<'a>> {
        let servers = self.servers_of(service);
        let is_met = |server: &&ServerRef<'_>| self.tables[server.key.0].is_met(at);
        if servers.iter().all(|server| is_met(&server)) {
            return Vec::new();
        }
        let met: FxHashSet<(u32, u32)> =
            servers.iter().filter(is_met).map(ServerRef::number).collect();
        servers.into_iter().filter(|server| !met.contains(&server.number())).collect()
    }

    /// Whether a Gateway has a server that no table knows: its port is a placeholder, or no Service has it.
    pub(in crate::rules) fn is_any_server_unrecorded(&self, service: &VirtualService) -> bool {
        let unrecorded = self.unrecorded.get_or_init(|| {
            let gateways = (0..).zip(&self.mesh.store.gateways);
            let is_unrecorded = |(at, gateway): &(u32, &Object<Gateway>)| {
                let servers = self.servers_of_gateway(*at);
                let known: FxHashSet<u32> = servers.iter().map(|one| one.record.index).collect();
                known.len() < gateway.spec.servers.len()
            };
            gateways.filter(is_unrecorded).map(|(at, _)| at).collect()
        });
        let mut named = service.gateways.iter().filter_map(|name| self.gateway_named(&name.value));
        named.any(|at| unrecorded.contains(&at))
    }

    /// Whether every Gateway that a VirtualService names is in the input and on a proxy.
    pub(in crate::rules) fn knows_gateways_of(&self, service: &VirtualService) -> bool {
        let named = service.gateways.iter().filter(|name| name.value != "mesh");
        named.into_iter().all(|name| {
            self.gateway_named(&name.value).is_some_and(|at| self.by_gateway.contains_key(&at))
        })
    }
}

/// The better for a VirtualService of what two servers make of a host.
fn better(one: Admission, other: Admission) -> Admission {
    match (one, other) {
        (Admission::Served, _) | (_, Admission::Served) => Admission::Served,
        (Admission::Unserved, other) => other,
        (one, _) => one,
    }
}
