//! `GW2xx`: TLS.

mod bad_cipher_suite;
mod certificate_ignored;
mod certificate_missing;
mod client_ca_missing;
mod http_route_on_passthrough;
mod istio_mutual_with_certificates;
mod redirect_on_non_http;
mod revocation_list_unsupported;
mod several_certificate_sources;
mod terminated_tls_needs_tcp_route;
mod tls_block_missing;
mod tls_mode_omitted;
mod tls_on_plain_protocol;
mod tls_route_on_terminating_server;
mod weak_tls_version;

use super::macros::rules;

rules! {
    Tls:
    tls_block_missing,
    tls_on_plain_protocol,
    tls_mode_omitted,
    certificate_ignored,
    certificate_missing,
    client_ca_missing,
    several_certificate_sources,
    istio_mutual_with_certificates,
    weak_tls_version,
    bad_cipher_suite,
    http_route_on_passthrough,
    tls_route_on_terminating_server,
    terminated_tls_needs_tcp_route,
    redirect_on_non_http,
    revocation_list_unsupported,
}
