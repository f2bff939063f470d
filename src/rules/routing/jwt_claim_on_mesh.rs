//! GW535: jwt claim on mesh.

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
    JWT_CLAIM_ON_MESH = "GW535" "jwt-claim-on-mesh", Error, also "IST0106"; verdicts "V-11"
}
