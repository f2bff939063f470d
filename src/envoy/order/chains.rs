//! Filter chains that one of several VirtualServices gets: the first `tcp` rule, the first `tls` match of an SNI host.

use super::virtual_hosts::may_swap;
use super::{Rivals, Ties};
use crate::envoy::listener::Terminal;
use crate::envoy::table::{DropReason, Dropped, Table};
use crate::mesh::{Mesh, ObjectRef, Origin};

/// Marks the chains that another VirtualService would have, were it older.
pub(super) fn find(mesh: &Mesh, table: &Table, ties: &mut Ties) {
    for dropped in &table.dropped {
        if !matches!(dropped.reason, DropReason::TcpTaken | DropReason::DuplicateSni) {
            continue;
        }
        let Some(winner) = dropped.by else { continue };
        if let Some(rivals) = rivals(mesh, table, dropped, winner) {
            mark(table, winner, dropped.server, rivals, ties);
        }
    }
}

fn rivals(mesh: &Mesh, table: &Table, dropped: &Dropped, winner: Origin) -> Option<Rivals> {
    let resolved = |object: ObjectRef| {
        let ObjectRef::VirtualService(index) = object else { return None };
        mesh.virtual_services.of_object(index)
    };
    let (a, b) = (resolved(winner.object)?, resolved(dropped.what.object)?);
    (a != b && may_swap(mesh, table, a, b)).then_some([winner.object, dropped.what.object])
}

/// Marks the chains that come from a rule or match.
fn mark(table: &Table, winner: Origin, server: Option<u32>, rivals: Rivals, ties: &mut Ties) {
    let server = server.map(|at| table.servers[at as usize].origin);
    for listener in &table.listeners {
        for (at, chain) in listener.filter_chains.iter().enumerate() {
            let is_rule = matches!(&chain.terminal, Terminal::Tcp(proxy) if proxy.origin == Some(winner))
                && server.is_none_or(|server| chain.origins.contains(&server));
            if is_rule || chain.origins.contains(&winner) {
                ties.add_chain(&listener.name, at, rivals);
            }
        }
    }
}
