//! GW317: delegate malformed.

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
    DELEGATE_MALFORMED = "GW317" "delegate-malformed", Error, also "IST0106"; verdicts "V-1", "V-2", "V-3", "H-3"
}
