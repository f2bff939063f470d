//! GW016: invalid header operation.

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
    INVALID_HEADER_OPERATION = "GW016" "invalid-header-operation", Error, also "IST0106"; verdicts "H-26", "H-27", "H-28", "H-29", "H-30", "H-31", "H-32"
}
