//! GW502: duplicate match.

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
    DUPLICATE_MATCH = "GW502" "duplicate-match", Warning, also "IST0131"; verdicts "U-3", "U-4"
}
