//! GW017: conflicting actions.

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
    CONFLICTING_ACTIONS = "GW017" "conflicting-actions", Error, also "IST0106"; verdicts "H-1", "H-2", "H-4", "H-5", "H-6", "H-7", "H-8", "H-9", "H-10", "H-12", "H-74"
}
