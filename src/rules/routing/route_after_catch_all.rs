//! GW501: route after catch all.

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
    ROUTE_AFTER_CATCH_ALL = "GW501" "route-after-catch-all", Warning, also "IST0130"; verdicts "U-1", "U-2"
}
