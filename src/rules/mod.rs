//! What is wrong with a mesh and its tables: one file per rule, in the folder of its category. A rule is a pure
//! function of [`World`]; about what is served it asks the records of the table's builder and never derives binding
//! by itself. Knows nothing of files, configuration or output.

mod balancers;
mod behind;
mod binding;
mod clusters;
mod conflict;
mod credentials;
mod delegates;
mod destination;
mod destinations;
mod findings;
mod gateway;
mod hosts;
mod kinds;
mod macros;
mod marks;
mod nearest;
mod paths;
mod places;
mod precedence;
mod presence;
mod reached;
mod refusable;
mod refusals;
mod rests;
mod rivals;
mod routing;
mod secrets;
mod server;
mod shadowed;
mod shadows;
mod style;
mod surroundings;
mod swaps;
mod syntax;
mod tls;
mod verdicts;
mod world;

use rayon::prelude::*;

use crate::finding::{Finding, Rule, Subject};
use crate::istio::objection::Objection;

pub use clusters::{Absent, ClusterPresence, ClusterPresences};
pub use findings::{Findings, Report, Skip, Want};
pub use presence::{Complete, Presence, Unread};
pub use rests::rests_on_gateways;
pub use secrets::{NeededSecret, SecretPresences};
pub(crate) use style::STALE_BASELINE;
pub use style::{
    Stale, bad_suppression, is_about_suppressions, lapsed_suppression, stale_baseline,
    suppression_without_reason, unknown_in_suppression, unused_suppression,
};
pub use syntax::{
    Environments, Variants, broken_yaml, defined_by_environments, defined_in_variants,
    defined_twice, is_unread, key_twice,
};
pub use verdicts::{rule_of, verdicts_of};
pub use world::{Lost, World};

pub use crate::text::is_placeholder;

/// What the files of rules use.
mod prelude {
    pub(super) use super::findings::Findings;
    pub(super) use super::macros::rule;
    pub(super) use super::world::World;
    pub(super) use crate::envoy::DropReason;
}

/// A rule and the function that finds what it reports; no function where the reading of the input finds it.
#[derive(Debug)]
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// Looks for what the rule reports.
    pub run: Option<fn(&World<'_>, &mut Findings)>,
    /// Checks of Istio's validators, of its decoder and of the schema whose objections the rule reports.
    pub verdicts: &'static [&'static str],
}

/// All checks in the order of their codes.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    [
        syntax::CHECKS,
        gateway::CHECKS,
        tls::CHECKS,
        binding::CHECKS,
        conflict::CHECKS,
        routing::CHECKS,
        destination::CHECKS,
        style::CHECKS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The rule of a code or name.
pub fn find(word: &str) -> Option<&'static Rule> {
    let named = |check: &&Check| check.rule.name == word || check.rule.code == word;
    checks().find(named).map(|check| check.rule)
}

/// Runs the checks whose rule `is_on`, in parallel, and joins what stands `against` single objects by itself; what was
/// found and what was skipped. Consequences of a reported cause are left out (4-rules.md C.12); the order is that of the
/// codes, and within a rule that of the check, then that of the objects.
pub fn run<'a>(
    world: &World<'_>,
    against: impl Iterator<Item = (&'a Subject, &'a [Objection])>,
    is_on: impl Fn(&Rule) -> bool,
) -> (Vec<Finding>, Vec<Skip>) {
    let on: Vec<&Check> = checks().filter(|check| is_on(check.rule)).collect();
    let parts: Vec<_> = on
        .into_par_iter()
        .filter_map(|check| check.run)
        .map(|run| {
            let mut out = Findings::default();
            run(world, &mut out);
            out.into_parts()
        })
        .collect();
    let (mut reports, skipped): (Vec<Vec<Report>>, Vec<_>) = parts.into_iter().unzip();
    let judged = against.flat_map(|(subject, objections)| verdicts::judged(subject, objections));
    reports.push(judged.filter(|report| is_on(report.finding.rule)).collect());
    (precedence::apply(reports), skipped.concat())
}
