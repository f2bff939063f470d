//! GW013: invalid duration.

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
    INVALID_DURATION = "GW013" "invalid-duration", Error, also "IST0106"; verdicts "short-duration", "C-12", "H-42"
}
