//! Every candidate in order, with the reason for passing on.

use super::document::Line;
use super::words;
use crate::envoy::Table;
use crate::envoy::matching::{Answer, Step, Verdict};

/// The lines of `--trace`.
pub(super) fn lines(table: &Table, answer: &Answer, steps: &[Step]) -> Vec<Line> {
    let Some(host) = answer.virtual_host(table) else { return Vec::new() };
    let line = |step: &Step| {
        let route = &host.routes[step.route];
        let verdict = match &step.verdict {
            Verdict::Matched => "yes".to_owned(),
            Verdict::NotReached => "not reached".to_owned(),
            Verdict::Mismatched(mismatch) => {
                format!("no: {}", words::mismatch(&route.matcher, mismatch))
            }
        };
        let conditions = words::conditions(&route.matcher);
        Line::new((step.route + 1).to_string(), conditions, verdict, Some(route.origin.span))
    };
    steps.iter().map(line).collect()
}
