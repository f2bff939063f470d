//! Long lists of routes, in time that grows with their length. What a server gives to a virtual host is one block of
//! the list. Within it a route moves exactly if another VirtualService of that block, of unknown age beside its own,
//! has a route of its kind (before the catch-alls, or among them). Gateways are swapped with their neighbours.

use std::sync::Arc;

use super::virtual_hosts::Place;
use super::{Rivals, Ties, is_tied, rows};
use crate::envoy::route::{Route, Segment};
use crate::mesh::ObjectRef;

/// Where the routes of the segments stand in the list, for one kind of routes.
struct Kind {
    /// For each segment the place of its first route; the last entry is the end.
    starts: Vec<usize>,
}

impl Kind {
    fn count(&self, segment: usize) -> usize {
        self.starts[segment + 1] - self.starts[segment]
    }
}

/// Marks the routes whose place depends on age.
pub(super) fn find(place: Place<'_>, ties: &mut Ties) {
    let segments = &place.host.segments;
    let specific = kind(segments, 0, false);
    let catch_all = kind(segments, specific.starts[segments.len()], true);
    for kind in [&specific, &catch_all] {
        let mut from = 0;
        while from < segments.len() {
            let next = end(segments, from, |segment| segment.server);
            in_block(place, kind, from, next, ties);
            from = next;
        }
    }
    let mut from = 0;
    let mut middle = end(segments, 0, |segment| place.gateway(segment));
    while middle < segments.len() {
        let to = end(segments, middle, |segment| place.gateway(segment));
        swap_gateways(place, [&specific, &catch_all], [from, middle, to], ties);
        (from, middle) = (middle, to);
    }
}

fn kind(segments: &[Segment], first: usize, is_catch_all: bool) -> Kind {
    let mut starts = vec![first];
    let mut end = first;
    for segment in segments {
        let of_kind = |route: &&Arc<Route>| route.matcher.is_catch_all() == is_catch_all;
        end += segment.routes.iter().filter(of_kind).count();
        starts.push(end);
    }
    Kind { starts }
}

/// The end of the segments that have one key with the first.
fn end(segments: &[Segment], from: usize, key: impl Fn(&Segment) -> u32) -> usize {
    let own = key(&segments[from]);
    segments[from..]
        .iter()
        .position(|segment| key(segment) != own)
        .map_or(segments.len(), |length| from + length)
}

/// Marks what the VirtualServices of one server make of each other.
fn in_block(place: Place<'_>, kind: &Kind, from: usize, to: usize, ties: &mut Ties) {
    let segments = &place.host.segments;
    let group = |at: usize| {
        let proxy = &place.table.proxy.namespace;
        place.mesh.virtual_services.group(segments[at].virtual_service, proxy)
    };
    let object = |at: usize| place.service(segments[at].virtual_service);
    let is_dated = |at: usize| place.mesh.store.meta(object(at)).created.is_some();
    let members: Vec<usize> = (from..to).filter(|&at| kind.count(at) > 0).collect();
    for members in members.chunk_by(|&a, &b| group(a) == group(b)) {
        // The nearest other one before and behind each, of any age and of unknown age.
        let mut rivals: Vec<Option<usize>> = vec![None; members.len()];
        for is_reversed in [false, true] {
            let (mut latest, mut undated): (Option<usize>, Option<usize>) = (None, None);
            for step in 0..members.len() {
                let i = if is_reversed { members.len() - 1 - step } else { step };
                let own = segments[members[i]].virtual_service;
                let other = if is_dated(members[i]) { undated } else { latest };
                let other = other.filter(|&at| segments[at].virtual_service != own);
                rivals[i] = rivals[i].or(other);
                latest = Some(members[i]);
                if !is_dated(members[i]) {
                    undated = latest;
                }
            }
        }
        for (&member, rival) in members.iter().zip(rivals) {
            let Some(rival) = rival else { continue };
            for at in kind.starts[member]..kind.starts[member + 1] {
                let rivals = [object(member), object(rival)];
                ties.add_route(&place.config.name, &place.host.name, at, rivals);
            }
        }
    }
}

/// Marks what is another route where the segments of two neighbouring Gateways change places.
fn swap_gateways(
    place: Place<'_>,
    kinds: [&Kind; 2],
    [from, middle, to]: [usize; 3],
    ties: &mut Ties,
) {
    let segments = &place.host.segments;
    let rivals: Rivals = [from, middle].map(|at| ObjectRef::Gateway(place.gateway(&segments[at])));
    let [a, b] = rivals.map(|gateway| place.mesh.store.meta(gateway));
    if !is_tied(a, b) {
        return;
    }
    let routes = &place.host.routes;
    if from == 0 && place.port(&segments[0]) != place.port(&segments[middle]) {
        // The first segment gives the virtual host its name.
        for at in 0..routes.len() {
            ties.add_route(&place.config.name, &place.host.name, at, rivals);
        }
    }
    for kind in kinds {
        let [start, cut, end] = [from, middle, to].map(|at| kind.starts[at]);
        let swapped = routes[cut..end].iter().chain(&routes[start..cut]);
        for (at, there) in (start..end).zip(swapped) {
            if !rows::is_same(&routes[at], there) {
                ties.add_route(&place.config.name, &place.host.name, at, rivals);
            }
        }
    }
}
