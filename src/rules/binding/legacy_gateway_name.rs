//! GW303: legacy gateway name.

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
    LEGACY_GATEWAY_NAME = "GW303" "legacy-gateway-name", Warning, also "IST0133", "KIA1108"; verdicts "V-10"
}
