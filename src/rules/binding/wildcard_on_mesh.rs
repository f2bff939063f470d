//! GW310: wildcard on mesh.

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
    WILDCARD_ON_MESH = "GW310" "wildcard-on-mesh", Error, also "IST0106"; verdicts "V-13"
}
