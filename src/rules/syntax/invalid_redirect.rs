//! GW018: invalid redirect.

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
    INVALID_REDIRECT = "GW018" "invalid-redirect", Error, also "IST0106"; verdicts "H-60", "H-61", "H-62", "H-63", "H-64", "H-65"
}
