//! GW031: istio ineffective match.

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
    ISTIO_INEFFECTIVE_MATCH = "GW031" "istio-ineffective-match", Info, also "~IST0131"; verdicts "ineffective"
}
