//! GW002: unknown field.

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
    UNKNOWN_FIELD = "GW002" "unknown-field", Error, also "~IST0106"; verdicts "unknown-field"
}
