//! GW206: client ca missing.

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
    CLIENT_CA_MISSING = "GW206" "client-ca-missing", Error, also "IST0106"; verdicts "G-37"
}
