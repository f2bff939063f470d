//! Answers that depend on the age of objects, which files do not tell.

use super::Context;
use crate::envoy::matching::Answer;
use crate::envoy::{Table, Ties};

/// The two objects of which the older one decides an answer: its route, virtual host or filter chain.
pub(super) fn rivals(
    context: Context<'_>,
    table: &Table,
    ties: &Ties,
    answer: &Answer,
) -> Option<[String; 2]> {
    let of_chain = || ties.chain(&answer.listener(table)?.name, answer.filter_chain?);
    let of_host = || {
        let config = &answer.route_config(table)?.name;
        let host = &answer.virtual_host(table)?.name;
        let of_route = answer.route.and_then(|at| ties.route(config, host, at));
        of_route.or_else(|| ties.host(config, host))
    };
    let rivals = of_host().or_else(of_chain)?;
    Some(rivals.map(|object| context.mesh.name(object)))
}

/// What is to be said of them.
pub(super) fn note([one, other]: &[String; 2]) -> String {
    format!("which of {one} and {other} is older decides the answer; the files do not tell ~")
}
