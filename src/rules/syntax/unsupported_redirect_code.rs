//! GW019: unsupported redirect code.

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
    UNSUPPORTED_REDIRECT_CODE = "GW019" "unsupported-redirect-code", Error; verdicts "redirect-code"
}
