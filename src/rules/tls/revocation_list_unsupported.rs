//! GW229: revocation list unsupported.

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
    REVOCATION_LIST_UNSUPPORTED = "GW229" "revocation-list-unsupported", Error, also "IST0106"; verdicts "G-41", "G-42"
}
