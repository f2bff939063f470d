//! GW015: invalid weight.

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
    INVALID_WEIGHT = "GW015" "invalid-weight", Error, also "IST0106"; verdicts "H-82", "H-83", "T-13", "T-14", "P-8", "P-9"
}
