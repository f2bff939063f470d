//! GW503: match shadowed.

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
    MATCH_SHADOWED = "GW503" "match-shadowed", Warning, also "~IST0131"; verdicts "U-5"
}
