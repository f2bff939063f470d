//! GW225: redirect on non http.

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
    REDIRECT_ON_NON_HTTP = "GW225" "redirect-on-non-http", Warning, also "IST0133"; verdicts "G-5"
}
