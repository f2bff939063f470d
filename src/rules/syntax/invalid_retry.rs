//! GW020: invalid retry.

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
    INVALID_RETRY = "GW020" "invalid-retry", Error, also "IST0106"; verdicts "H-69", "H-70", "H-72"
}
