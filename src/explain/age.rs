//! Answers that depend on the age of objects, which files do not tell.

use std::mem::discriminant;

use super::Context;
use super::assume::Assumed;
use crate::envoy::matching::{Answer, Matcher, Request, Step, Verdict};
use crate::envoy::{Rivals, Table, Ties, is_tied, other_tables};
use crate::mesh::ObjectRef;

/// A request, its answer and what came of each candidate.
pub(super) type Asked = (Request, Answer, Vec<Step>);

/// For each request the two objects of which the older one decides what the client sees or which VirtualService answers.
///
/// Of few objects every order is tried, and the request asked again. Of many the rows of the table tell, and whether a
/// route of another VirtualService would answer, too.
pub(super) fn rivals(
    context: Context<'_>,
    assumed: &Assumed<'_>,
    asked: &[Asked],
) -> Vec<Option<[String; 2]>> {
    let mut found: Vec<Option<Rivals>> = vec![None; asked.len()];
    let is_known = other_tables(context.mesh, assumed.built, &mut |mut other, rivals| {
        if found.iter().all(Option::is_some) {
            return;
        }
        assumed.assume_in(&mut other);
        let matcher = Matcher::new(&other);
        for ((request, answer, _), found) in asked.iter().zip(&mut found) {
            let there = (&other, &matcher.answer(request));
            if found.is_none() && !is_same((&assumed.table, answer), there) {
                *found = Some(rivals(answer.virtual_service(&assumed.table)));
            }
        }
    });
    if !is_known {
        let ties = Ties::new(context.mesh, assumed.built);
        let by_rows = asked.iter().map(|asked| by_rows(context, &assumed.table, &ties, asked));
        found = by_rows.collect();
    }
    let names = |rivals: Rivals| rivals.map(|object| context.mesh.name(object));
    found.into_iter().map(|rivals| rivals.map(sorted).map(names)).collect()
}

/// The same pair is told in one way.
fn sorted(mut rivals: Rivals) -> Rivals {
    rivals.sort_unstable();
    rivals
}

/// Whether two tables answer alike, as far as clients and upstreams see, and by the same VirtualService.
fn is_same((table, a): (&Table, &Answer), (other, b): (&Table, &Answer)) -> bool {
    let tls = |table: &Table, answer: &Answer| {
        answer.filter_chain(table).and_then(|chain| chain.tls.clone())
    };
    (a.outcome, discriminant(&a.reason), a.plaintext, a.status)
        == (b.outcome, discriminant(&b.reason), b.plaintext, b.status)
        && (&a.location, &a.body, &a.clusters, &a.upstream)
            == (&b.location, &b.body, &b.clusters, &b.upstream)
        && a.virtual_service(table) == b.virtual_service(other)
        && tls(table, a) == tls(other, b)
}

/// What the marks of the rows say: of the route, the virtual host or the filter chain.
fn by_rows(
    context: Context<'_>,
    table: &Table,
    ties: &Ties,
    (_, answer, steps): &Asked,
) -> Option<Rivals> {
    let of_chain = || ties.chain(&answer.listener(table)?.name, answer.filter_chain?);
    let of_host = || {
        let config = &answer.route_config(table)?.name;
        let host = &answer.virtual_host(table)?.name;
        let of_route = answer.route.and_then(|at| ties.route(config, host, at));
        let of_route =
            of_route.and_then(|rivals| contender(context, table, (answer, steps), rivals));
        of_route.or_else(|| ties.host(config, host))
    };
    of_host().or_else(of_chain)
}

/// Where the place of a route depends on age: whether that decides the answer, for another one matches that may as well
/// come before it. Those for any path come behind all others.
fn contender(
    context: Context<'_>,
    table: &Table,
    (answer, steps): (&Answer, &[Step]),
    rivals: Rivals,
) -> Option<Rivals> {
    let routes = &answer.virtual_host(table)?.routes;
    let own = answer.route(table)?;
    let mut others = steps
        .iter()
        .filter(|step| step.verdict == Verdict::NotReached { holds: true })
        .map(|step| &routes[step.route])
        .filter(|other| other.matcher.is_catch_all() == own.matcher.is_catch_all());
    if rivals.iter().all(|object| matches!(object, ObjectRef::Gateway(_))) {
        return others.next().map(|_| rivals);
    }
    let own = object(context, &own.virtual_service)?;
    let mut objects = others.filter_map(|other| object(context, &other.virtual_service));
    let meta = |object| context.mesh.store.meta(object);
    let other = objects.find(|other| *other != own && is_tied(meta(own), meta(*other)))?;
    Some([own, other])
}

/// The VirtualService `namespace/name`.
fn object(context: Context<'_>, key: &str) -> Option<ObjectRef> {
    let mut all = context.mesh.virtual_services.all.iter();
    let service = all.find(|service| *service.key == *key)?;
    Some(ObjectRef::VirtualService(service.index))
}

/// What is to be said of them.
pub(super) fn note([one, other]: &[String; 2]) -> String {
    format!("which of {one} and {other} is older decides the answer; the files do not tell ~")
}
