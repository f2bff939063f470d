//! GW029: duplicate host in virtual service.

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
    DUPLICATE_HOST_IN_VIRTUAL_SERVICE = "GW029" "duplicate-host-in-virtual-service", Error, also "IST0106"; verdicts "V-14"
}
