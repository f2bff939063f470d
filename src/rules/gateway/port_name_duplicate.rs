//! GW108: port name duplicate.

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
    PORT_NAME_DUPLICATE = "GW108" "port-name-duplicate", Error, also "IST0106"; verdicts "G-4"
}
