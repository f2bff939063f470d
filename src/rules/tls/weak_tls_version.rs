//! GW215: weak tls version.

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
    WEAK_TLS_VERSION = "GW215" "weak-tls-version", Warning, also "~IST0133"; verdicts "G-25"
}
