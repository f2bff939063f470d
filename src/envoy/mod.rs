//! What RESULTS: listeners, filter chains, virtual hosts, routes and clusters of one proxy, as istiod makes them and
//! Envoy runs them. Envoy's names. The only place that computes binding and routing.

mod build;
mod detail;
mod effect;
pub mod listener;
pub mod matching;
mod order;
pub mod reach;
mod rejected;
pub mod route;
mod table;
mod translate;

pub use build::{ByNamespace, admits, build, outline};
pub use detail::{Detail, Verdict};
pub use order::{Rivals, See, Ties, is_tied, other_tables};
pub use rejected::{fault, rejected_listeners};
pub use table::{Admission, Binding, Cause, DropReason, Dropped, Rejected, ServerRecord, Table};
pub use translate::ClusterKey;
pub use translate::matches::{is_catch_all as catches_all, route_match};
