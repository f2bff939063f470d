//! GW004: required field.

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
    REQUIRED_FIELD = "GW004" "required-field", Error, also "IST0106"; verdicts "required", "G-2", "G-6", "G-14", "G-18", "V-4", "H-11", "H-56", "H-75", "H-76", "H-79", "T-1", "T-3", "T-11", "P-6"
}
