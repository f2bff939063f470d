//! GW011: invalid host.

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
    INVALID_HOST = "GW011" "invalid-host", Error, also "IST0106"; verdicts "G-7", "G-8", "G-9", "G-10", "G-11", "G-12", "G-13", "V-12", "H-52", "T-4"
}
