//! Servers that are dropped or kept by the age of their Gateways: what meets on a port is made again with the Gateways
//! in the other orders, and compared row by row.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::exact::best;
use super::permutations::{inverted, others};
use super::{Rivals, Ties, is_tied, rows};
use crate::envoy::build::{Ages, build_in_order, live_servers};
use crate::envoy::table::{ServerRecord, Table};
use crate::mesh::{Mesh, ObjectRef};

/// Gateways that may exclude each other's servers, and the ports where they do.
#[derive(Default)]
struct Group {
    gateways: BTreeSet<u32>,
    ports: BTreeSet<u32>,
}

/// Marks the rows that depend on the age of Gateways by what is dropped.
pub(super) fn find(mesh: &Mesh, table: &Table, ties: &mut Ties) {
    for group in contested(mesh, table) {
        let members: Vec<u32> = group.gateways.iter().copied().collect();
        let meta = |at: usize| mesh.store.meta(ObjectRef::Gateway(members[at]));
        let orders = others(members.len(), |a, b| is_tied(meta(a), meta(b)));
        if orders.is_empty() {
            continue;
        }
        let live = live_servers(mesh, &table.proxy, &members);
        let mut here = None;
        for order in orders {
            let gateways: Vec<u32> = order.iter().map(|&at| members[at]).collect();
            // Most orders drop the same servers.
            if live_servers(mesh, &table.proxy, &gateways) == live {
                continue;
            }
            let made = |gateways: &[u32]| {
                let ages = Ages { gateways, services: None };
                on_ports(build_in_order(mesh, &table.proxy, ages), &group.ports)
            };
            let here = here.get_or_insert_with(|| made(&members));
            let pairs: Vec<Rivals> = inverted(&order)
                .map(|pair| pair.map(|at| ObjectRef::Gateway(members[at])))
                .collect();
            let mut found = Ties::default();
            rows::compare(here, &made(&gateways), &|own| best(mesh, &pairs, own), &mut found);
            take_over(table, here, found, ties);
        }
    }
}

/// What a table has on some ports.
fn on_ports(mut table: Table, ports: &BTreeSet<u32>) -> Table {
    table.listeners.retain(|listener| ports.contains(&listener.address.port()));
    let names: BTreeSet<&str> = table
        .servers
        .iter()
        .filter(|record| ports.contains(&record.port))
        .map(|record| record.route_config.as_str())
        .collect();
    table.routes.retain(|config| names.contains(config.name.as_str()));
    table
}

/// Marks in the whole table what was found in a part of it.
fn take_over(table: &Table, part: &Table, found: Ties, ties: &mut Ties) {
    for listener in &part.listeners {
        let Some(whole) = table.listeners.iter().find(|known| known.name == listener.name) else {
            continue;
        };
        for (at, chain) in listener.filter_chains.iter().enumerate() {
            let Some(rivals) = found.chain(&listener.name, at) else { continue };
            let same = |known| rows::is_same_chain(known, chain);
            if let Some(at) = whole.filter_chains.iter().position(same) {
                ties.add_chain(&listener.name, at, rivals);
            }
        }
    }
    ties.add_routes(found);
}

/// Gateways of which one server may exclude another, put together where they share a member.
fn contested(mesh: &Mesh, table: &Table) -> Vec<Group> {
    let mut by_port: BTreeMap<u32, Vec<&ServerRecord>> = BTreeMap::new();
    for record in &table.servers {
        by_port.entry(record.port).or_default().push(record);
    }
    let mut groups: Vec<Group> = Vec::new();
    for (&port, records) in &by_port {
        for gateways in meetings(mesh, records).into_iter().filter(|group| group.len() > 1) {
            let mut group = Group { gateways, ports: BTreeSet::from([port]) };
            let (joined, apart): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|known| !known.gateways.is_disjoint(&group.gateways));
            for known in joined {
                group.gateways.extend(known.gateways);
                group.ports.extend(known.ports);
            }
            groups = apart;
            groups.push(group);
        }
    }
    groups
}

/// Gateways that meet on one port. Plain HTTP servers exclude nobody; where all have TLS, those meet that share a host
/// (spec 1, 5.7); else all.
fn meetings(mesh: &Mesh, records: &[&ServerRecord]) -> Vec<BTreeSet<u32>> {
    let server = |record: &ServerRecord| {
        &mesh.store.gateways[record.gateway as usize].spec.servers[record.index as usize]
    };
    let has_binds = records.iter().any(|record| record.bind != records[0].bind);
    let all_tls = records.iter().all(|record| server(record).is_tls());
    let is_plain = |record: &&&ServerRecord| {
        server(record).protocol().is_http() && server(record).tls.is_none()
    };
    if has_binds || !(all_tls || records.iter().all(|record| is_plain(&record))) {
        return vec![records.iter().map(|record| record.gateway).collect()];
    }
    if !all_tls {
        return Vec::new();
    }
    let mut by_host: FxHashMap<&str, BTreeSet<u32>> = FxHashMap::default();
    for record in records {
        for host in &record.hosts {
            by_host.entry(host).or_default().insert(record.gateway);
        }
    }
    let mut meetings: Vec<BTreeSet<u32>> = by_host.into_values().collect();
    meetings.sort_unstable();
    meetings.dedup();
    meetings
}
