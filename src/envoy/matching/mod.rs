//! How Envoy reads a request before it looks for a route, and the matchers it asks.
//!
//! Pure functions of strings; knows nothing of listeners or route tables. Mirrors Envoy 1.40.

pub mod authority;
pub mod path;
pub mod re2;
