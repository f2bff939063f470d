//! GW023: invalid export to.

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
    INVALID_EXPORT_TO = "GW023" "invalid-export-to", Error, also "IST0106"; verdicts "X-1", "X-2", "X-3", "X-4", "X-5", "X-6", "X-7", "X-8"
}
