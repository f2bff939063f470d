//! GW008: unsupported api version.

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
    UNSUPPORTED_API_VERSION = "GW008" "unsupported-api-version", Error, also "~IST0002"; verdicts "api-version"
}
