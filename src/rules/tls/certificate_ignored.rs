//! GW204: certificate ignored.

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
    CERTIFICATE_IGNORED = "GW204" "certificate-ignored", Warning, also "IST0133"; verdicts "G-34"
}
