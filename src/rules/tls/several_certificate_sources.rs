//! GW207: several certificate sources.

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
    SEVERAL_CERTIFICATE_SOURCES = "GW207" "several-certificate-sources", Error, also "IST0106"; verdicts "G-35", "G-38"
}
