//! GW010: invalid name.

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
    INVALID_NAME = "GW010" "invalid-name", Error, also "IST0106"; verdicts "name", "label", "G-1", "V-6", "V-7", "V-8", "V-9", "H-23", "H-25", "H-53", "T-9", "P-4"
}
