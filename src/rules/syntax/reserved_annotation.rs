//! GW035: reserved annotation.

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
    RESERVED_ANNOTATION = "GW035" "reserved-annotation", Error, also "IST0106"; verdicts "M-1", "M-3", "M-4", "M-5"
}
