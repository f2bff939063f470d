//! GW021: invalid fault or direct response.

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
    INVALID_FAULT_OR_DIRECT_RESPONSE = "GW021" "invalid-fault-or-direct-response", Error, also "IST0106", "IST0133"; verdicts "H-33", "H-35", "H-36", "H-43", "H-44", "H-45", "H-46", "H-47", "H-48", "H-49", "H-51", "H-58", "H-59", "H-66", "H-67", "H-68"
}
