//! `GW6xx`: where routes lead.

mod destination_not_found;
mod destination_port_missing;
mod destination_port_not_found;
mod destination_rules_overlap;
mod https_backend_over_plaintext;
mod short_name_wrong_namespace;
mod subset_not_found;
mod subset_not_visible_to_gateway;
mod subset_selects_nothing;
mod target_port_used;
mod two_label_host;
mod upstream_not_verified;

use super::macros::rules;

rules! {
    Destination:
    destination_not_found,
    short_name_wrong_namespace,
    two_label_host,
    destination_port_not_found,
    destination_port_missing,
    target_port_used,
    subset_not_found,
    subset_not_visible_to_gateway,
    subset_selects_nothing,
    destination_rules_overlap,
    https_backend_over_plaintext,
    upstream_not_verified,
}
