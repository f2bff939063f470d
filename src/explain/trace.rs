//! Every candidate in order, with the reason for passing on.

use super::document::Candidate;
use super::words;
use crate::envoy::Table;
use crate::envoy::matching::{Answer, Step, Verdict};

/// The candidates of `--trace`.
pub(super) fn candidates(table: &Table, answer: &Answer, steps: &[Step]) -> Vec<Candidate> {
    let Some(host) = answer.virtual_host(table) else { return Vec::new() };
    let candidate = |step: &Step| {
        let route = &host.routes[step.route];
        let passed_on = match &step.verdict {
            Verdict::Matched => None,
            Verdict::NotReached { .. } => Some("not reached".to_owned()),
            Verdict::Mismatched(mismatch) => Some(words::mismatch(&route.matcher, mismatch)),
        };
        Candidate {
            step: step.route + 1,
            conditions: words::conditions(&route.matcher),
            passed_on,
            is_reached: !matches!(step.verdict, Verdict::NotReached { .. }),
            at: route.origin.span,
        }
    };
    steps.iter().map(candidate).collect()
}
