//! GW012: invalid port.

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
    INVALID_PORT = "GW012" "invalid-port", Error, also "IST0106"; verdicts "G-15", "G-16", "G-17", "G-19", "G-20", "G-21", "H-22", "H-54", "T-8", "P-3"
}
