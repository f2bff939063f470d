//! Filter chains that one of several VirtualServices gets: the first `tcp` rule, the first `tls` match of an SNI host.

use rustc_hash::FxHashMap;

use super::virtual_hosts::may_swap;
use super::{Rivals, Ties, is_tied};
use crate::envoy::listener::Terminal;
use crate::envoy::table::{DropReason, Dropped, Table};
use crate::mesh::{Mesh, ObjectRef, Origin};

/// Marks the chains that another VirtualService would have, were it older.
pub(super) fn find(mesh: &Mesh, table: &Table, ties: &mut Ties) {
    let mut contested: FxHashMap<Origin, Vec<&Dropped>> = FxHashMap::default();
    for dropped in &table.dropped {
        if let (DropReason::TcpTaken | DropReason::DuplicateSni, Some(winner)) =
            (dropped.reason, dropped.by)
        {
            contested.entry(winner).or_default().push(dropped);
        }
    }
    if contested.is_empty() {
        return;
    }
    for listener in &table.listeners {
        for (at, chain) in listener.filter_chains.iter().enumerate() {
            let Terminal::Tcp(proxy) = &chain.terminal else { continue };
            // The server comes first; of a passthrough chain then the match.
            let server = chain.origins.first();
            let rule = proxy.origin.and_then(|rule| contested.get(&rule));
            let of_rule = rule.into_iter().flatten().filter(|dropped| {
                dropped.server.map(|id| &table.servers[id as usize].origin) == server
            });
            let matched = chain.origins.get(1).and_then(|at| contested.get(at));
            let mut all = of_rule.chain(matched.into_iter().flatten());
            if let Some(rivals) = all.find_map(|dropped| rivals(mesh, table, dropped, server)) {
                ties.add_chain(&listener.name, at, rivals);
            }
        }
    }
}

/// Whose age decides: that of the Gateways, where the two meet through servers of several, else that of the
/// VirtualServices.
fn rivals(
    mesh: &Mesh,
    table: &Table,
    dropped: &Dropped,
    server: Option<&Origin>,
) -> Option<Rivals> {
    let (winner, loser) = (dropped.by?.object, dropped.what.object);
    if winner == loser {
        return None;
    }
    let gateways = [server?.object, table.servers[dropped.server? as usize].origin.object];
    if gateways[0] != gateways[1] {
        let [a, b] = gateways.map(|gateway| mesh.store.meta(gateway));
        return is_tied(a, b).then_some(gateways);
    }
    let resolved = |object: ObjectRef| {
        let ObjectRef::VirtualService(index) = object else { return None };
        let all = &mesh.virtual_services.all;
        let at = all.binary_search_by_key(&index, |service| service.index).ok()?;
        u32::try_from(at).ok()
    };
    let (a, b) = (resolved(winner)?, resolved(loser)?);
    may_swap(mesh, table, a, b).then_some([winner, loser])
}
