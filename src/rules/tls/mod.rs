//! `GW2xx`: TLS.

mod certificate_missing;
mod http_route_on_passthrough;
mod tls_mode_omitted;

use super::macros::rules;

rules! { Tls: tls_mode_omitted, certificate_missing, http_route_on_passthrough }
