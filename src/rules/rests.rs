//! What a finding rests on beside the places that it names. Knows nothing of files.

use crate::finding::Finding;

/// Rules that say what the Gateways that a VirtualService names make of it.
const OF_GATEWAYS: &[&str] = &["GW304", "GW305", "GW307", "GW308", "GW312", "GW314", "GW322"];

/// Whether a finding about a VirtualService rests on the Gateways that it names.
pub fn rests_on_gateways(finding: &Finding) -> bool {
    OF_GATEWAYS.contains(&finding.rule.code)
}
