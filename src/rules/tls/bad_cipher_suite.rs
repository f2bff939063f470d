//! GW216: bad cipher suite.

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
    BAD_CIPHER_SUITE = "GW216" "bad-cipher-suite", Warning, also "IST0133"; verdicts "G-32", "G-33"
}
