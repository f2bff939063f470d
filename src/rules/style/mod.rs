//! `GW8xx`: hygiene. What suppressions and the baseline say is compared with the findings of a run, which makes these.

mod expired_suppression;
mod stale_baseline;
mod suppression_without_reason;
mod unknown_rule_in_suppression;
mod unused_suppression;

use super::macros::rules;
use crate::finding::Rule;

pub use expired_suppression::lapsed_suppression;
pub(crate) use stale_baseline::STALE_BASELINE;
pub use stale_baseline::{Stale, stale_baseline};
pub use suppression_without_reason::suppression_without_reason;
pub use unknown_rule_in_suppression::{bad_suppression, unknown_in_suppression};
pub use unused_suppression::unused_suppression;

/// Whether a rule is about suppressions or the baseline.
pub fn is_about_suppressions(rule: &Rule) -> bool {
    CHECKS.iter().any(|check| std::ptr::eq(check.rule, rule))
}

rules! {
    Style:
    unused_suppression,
    suppression_without_reason,
    expired_suppression,
    unknown_rule_in_suppression,
    stale_baseline,
}
