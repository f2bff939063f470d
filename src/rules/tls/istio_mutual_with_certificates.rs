//! GW208: istio mutual with certificates.

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
    ISTIO_MUTUAL_WITH_CERTIFICATES = "GW208" "istio-mutual-with-certificates", Error, also "IST0106"; verdicts "G-26", "G-27", "G-28", "G-29", "G-30", "G-31"
}
