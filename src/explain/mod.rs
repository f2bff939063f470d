//! The words for what Envoy does with a request: who answers it, why, and what else was near.
//!
//! Knows nothing of how they are printed; `report` does that.

mod flat;
mod requests;

pub use flat::Flat;
pub use requests::{Requests, parse_request};
