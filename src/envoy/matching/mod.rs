//! What Envoy does with a request: a pure function of a proxy's table and the request.
//!
//! Knows nothing of how tables are built or answers printed. Mirrors Envoy 1.40 as Istio configures it; one file per
//! step, in the order of the steps: `listener`, `handshake`, `http1`, `virtual_host`, `route`, `action`.

mod action;
mod alone;
mod answer;
pub mod authority;
mod handshake;
mod http1;
mod incoming;
mod listener;
mod matcher;
pub mod path;
mod request;
mod rewrite;
mod route;
mod text;
mod virtual_host;

pub(super) use alone::{Alone, Read};
pub use answer::{Answer, ClusterShare, Mismatch, Outcome, Reason, Step, Upstream, Verdict};
pub use handshake::asks_for_certificate;
pub use http1::BadRequest;
pub(super) use http1::METHODS;
pub(super) use incoming::Occurrence;
pub use matcher::Matcher;
pub use request::{ClientCertificate, Request};
pub(super) use text::Patterns;

#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
