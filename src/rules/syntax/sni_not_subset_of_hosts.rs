//! GW030: sni not subset of hosts.

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
    SNI_NOT_SUBSET_OF_HOSTS = "GW030" "sni-not-subset-of-hosts", Error, also "IST0106", "IST0133"; verdicts "T-5", "T-6"
}
