//! GW201: tls block missing.

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
    TLS_BLOCK_MISSING = "GW201" "tls-block-missing", Error, also "IST0106"; verdicts "G-22"
}
