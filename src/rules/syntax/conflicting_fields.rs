//! GW032: conflicting fields.

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
    CONFLICTING_FIELDS = "GW032" "conflicting-fields", Error; verdicts "one-of"
}
