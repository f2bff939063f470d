//! GW022: invalid cors.

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
    INVALID_CORS = "GW022" "invalid-cors", Error, also "IST0106"; verdicts "H-37", "H-38", "H-39", "H-40"
}
