//! GW025: invalid destination rule.

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
    INVALID_DESTINATION_RULE = "GW025" "invalid-destination-rule", Error, also "IST0106"; verdicts "D-1", "D-3", "D-4", "D-5", "D-6", "D-7", "D-8", "D-9", "D-10", "D-11", "D-12", "D-13", "D-14", "D-15", "D-16", "D-19", "D-21", "D-22", "D-23", "D-24", "D-25", "D-26", "D-27", "D-29", "D-30", "D-31", "D-32", "D-33", "D-38", "D-39", "D-41", "D-42", "D-43", "D-44", "D-45", "D-46", "D-47", "D-48", "D-49", "D-50", "D-51", "D-52", "D-53", "D-54", "D-55", "D-56", "D-57", "D-58", "D-59", "D-60", "D-61", "D-62", "D-63", "D-64", "D-65", "D-66", "D-67", "D-69", "D-70"
}
