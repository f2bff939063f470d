//! `GW0xx`: what cannot be read, and what is written twice. The reading of the input makes these findings.

mod duplicate_resource;
mod duplicate_yaml_key;
mod wrong_type_or_enum;
mod yaml_syntax;

use super::macros::rules;

pub use duplicate_resource::defined_twice;
pub use duplicate_yaml_key::key_twice;
pub use wrong_type_or_enum::wrong_type;
pub use yaml_syntax::broken_yaml;

rules! { Syntax: yaml_syntax, wrong_type_or_enum, duplicate_yaml_key, duplicate_resource }
