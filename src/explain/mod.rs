//! The words for what Envoy does with a request: who answers it, why, and what else was near.
//!
//! Knows nothing of how they are printed; `report` does that.

mod age;
mod assume;
mod decided;
mod describe;
mod document;
mod doubt;
mod dropped;
mod effects;
mod flat;
mod gateways;
mod host;
mod near;
mod notes;
mod placeholders;
mod policies;
mod probe;
mod reason;
mod requests;
mod similar;
mod target;
mod trace;
mod variants;
mod words;

pub use assume::Assumed;
pub use document::{Candidate, Document, Explanation, Line};
pub use dropped::{dropped_server, why_dropped, written_name};
pub use flat::Flat;
pub use gateways::gateways_named;
pub use host::explain_host;
pub use policies::policies_note;
pub use requests::{Answers, Requests, host_header, parse_request};
pub use target::{Question, Scheme, Target};
pub use variants::{Variant, settle};

use crate::mesh::Mesh;
use crate::rules::{SecretPresences, Unread};
use crate::text::Sources;

/// What there is to know besides the tables.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The mesh.
    pub mesh: &'a Mesh,
    /// The texts.
    pub sources: &'a Sources,
    /// Which Secrets exist.
    pub secrets: &'a SecretPresences<'a>,
    /// What could not be read.
    pub unread: &'a Unread,
}
