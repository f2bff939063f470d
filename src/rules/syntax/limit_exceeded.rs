//! GW033: limit exceeded.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// TODO.
    ///
    /// ## Why it matters
    /// TODO.
    ///
    /// ## Example
    /// TODO.
    ///
    /// ## Instead
    /// TODO.
    LIMIT_EXCEEDED = "GW033" "limit-exceeded", Error; verdicts "limit"
}
