//! `GW2xx`: TLS.

mod bad_cipher_suite;
mod certificate_does_not_cover_host;
mod certificate_ignored;
mod certificate_missing;
mod certificate_validity;
mod client_ca_missing;
mod http2_coalescing;
mod http_route_on_passthrough;
mod istio_mutual_with_certificates;
mod passthrough_without_tls_route;
mod redirect_behind_tls_lb;
mod redirect_does_not_cover_host;
mod redirect_leaks_into_gateway;
mod redirect_on_non_http;
mod redirect_without_https;
mod revocation_list_unsupported;
mod secret_in_wrong_namespace;
mod secret_malformed;
mod secret_not_found;
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
    secret_not_found,
    secret_in_wrong_namespace,
    secret_malformed,
    certificate_validity,
    certificate_does_not_cover_host,
    http2_coalescing,
    weak_tls_version,
    bad_cipher_suite,
    passthrough_without_tls_route,
    http_route_on_passthrough,
    tls_route_on_terminating_server,
    terminated_tls_needs_tcp_route,
    redirect_without_https,
    redirect_behind_tls_lb,
    redirect_on_non_http,
    redirect_does_not_cover_host,
    redirect_leaks_into_gateway,
    revocation_list_unsupported,
}
