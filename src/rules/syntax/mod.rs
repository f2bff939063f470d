//! `GW0xx`: what cannot be read, and what is written twice. The reading of the input makes these findings.

mod conflicting_actions;
mod conflicting_fields;
mod deprecated_field;
mod duplicate_host_in_virtual_service;
mod duplicate_resource;
mod duplicate_yaml_key;
mod invalid_cors;
mod invalid_destination_rule;
mod invalid_duration;
mod invalid_export_to;
mod invalid_fault_or_direct_response;
mod invalid_header_operation;
mod invalid_host;
mod invalid_match;
mod invalid_name;
mod invalid_port;
mod invalid_redirect;
mod invalid_regex;
mod invalid_retry;
mod invalid_service_entry;
mod invalid_sidecar;
mod invalid_weight;
mod istio_ineffective_match;
mod limit_exceeded;
mod null_match;
mod required_field;
mod reserved_annotation;
mod sni_not_subset_of_hosts;
mod unknown_field;
mod unsupported_api_version;
mod unsupported_redirect_code;
mod wrong_type_or_enum;
mod yaml_syntax;

use super::macros::rules;

pub use duplicate_resource::{
    Environments, Variants, defined_by_environments, defined_in_variants, defined_twice,
};
pub use duplicate_yaml_key::key_twice;
pub use yaml_syntax::{broken_yaml, is_unread};

rules! {
    Syntax:
    yaml_syntax,
    unknown_field,
    wrong_type_or_enum,
    required_field,
    null_match,
    duplicate_yaml_key,
    duplicate_resource,
    unsupported_api_version,
    invalid_name,
    invalid_host,
    invalid_port,
    invalid_duration,
    invalid_regex,
    invalid_weight,
    invalid_header_operation,
    conflicting_actions,
    invalid_redirect,
    unsupported_redirect_code,
    invalid_retry,
    invalid_fault_or_direct_response,
    invalid_cors,
    invalid_export_to,
    invalid_destination_rule,
    invalid_service_entry,
    deprecated_field,
    duplicate_host_in_virtual_service,
    sni_not_subset_of_hosts,
    istio_ineffective_match,
    conflicting_fields,
    limit_exceeded,
    invalid_match,
    reserved_annotation,
    invalid_sidecar,
}
