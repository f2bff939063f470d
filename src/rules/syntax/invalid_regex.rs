//! GW014: invalid regex.

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
    INVALID_REGEX = "GW014" "invalid-regex", Error, also "IST0106"; verdicts "C-25"
}
