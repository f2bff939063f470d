//! GW034: invalid match.

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
    INVALID_MATCH = "GW034" "invalid-match", Error, also "IST0106"; verdicts "H-14", "C-24", "T-7", "P-2"
}
