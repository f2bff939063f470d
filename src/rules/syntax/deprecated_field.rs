//! GW027: deprecated field.

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
    DEPRECATED_FIELD = "GW027" "deprecated-field", Warning, also "IST0002", "IST0133"; verdicts "deprecated", "H-34", "D-18", "D-40"
}
