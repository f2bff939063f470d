//! GW202: tls on plain protocol.

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
    TLS_ON_PLAIN_PROTOCOL = "GW202" "tls-on-plain-protocol", Error, also "IST0106"; verdicts "G-23", "G-24"
}
