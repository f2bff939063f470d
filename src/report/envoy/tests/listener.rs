//! Listeners with TLS and TCP, as JSON.

use serde_json::json;

use super::json_of;
use crate::envoy::listener::{
    Address, CertificateValidation, DownstreamTls, Listener, Terminal, TlsParams, Tunneling,
};
use crate::istio::duration::Duration;
use crate::istio::gateway::TlsMode;
use crate::report::sample::{chain, tcp, weighted};

#[test]
fn terminated_tls_and_tcp() {
    let Terminal::Tcp(mut proxy) = tcp(weighted(&[("a", 1)])) else { unreachable!() };
    proxy.idle_timeout = Some(Duration(0));
    proxy.hash_source_ip = true;
    proxy.tunneling = Some(Tunneling { hostname: "h:443".into(), use_post: true });
    let mut tls = DownstreamTls {
        mode: TlsMode::Mutual,
        alpn_protocols: vec!["h2", "http/1.1"],
        certificates: vec!["kubernetes://x".into()],
        require_client_certificate: true,
        validation: Some(CertificateValidation {
            ca: Some("kubernetes://x-cacert".into()),
            subject_alt_names: vec!["client".into()],
            certificate_hashes: vec!["aa".into()],
            certificate_spki: Vec::new(),
        }),
        params: TlsParams { minimum_version: Some("TLSv1_2"), ..TlsParams::default() },
    };
    let mut filters = chain(&["a.com"], Terminal::Tcp(proxy));
    filters.tls = Some(tls.clone());
    filters.network_filters = vec!["istio.metadata_exchange"];
    let listener = Listener {
        name: "unix:///a_0".into(),
        address: Address::Pipe("/a".into()),
        listener_filters: vec!["envoy.filters.listener.tls_inspector"],
        filter_chains: vec![filters],
    };
    let expected = json!({
        "name": "unix:///a_0",
        "address": { "pipe": { "path": "/a" } },
        "listenerFilters": ["envoy.filters.listener.tls_inspector"],
        "filterChains": [{
            "filterChainMatch": { "serverNames": ["a.com"] },
            "transportSocket": {
                "name": "envoy.transport_sockets.tls",
                "typedConfig": {
                    "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
                    "requireClientCertificate": true,
                    "commonTlsContext": {
                        "alpnProtocols": ["h2", "http/1.1"],
                        "tlsCertificateSdsSecretConfigs": [{ "name": "kubernetes://x" }],
                        "combinedValidationContext": {
                            "defaultValidationContext": { "matchSubjectAltNames": [{ "exact": "client" }], "verifyCertificateHash": ["aa"] },
                            "validationContextSdsSecretConfig": { "name": "kubernetes://x-cacert" },
                        },
                        "tlsParams": { "tlsMinimumProtocolVersion": "TLSv1_2" },
                    },
                },
            },
            "filters": [
                { "name": "istio.metadata_exchange" },
                {
                    "name": "envoy.filters.network.tcp_proxy",
                    "typedConfig": {
                        "weightedClusters": { "clusters": [{ "name": "a", "weight": 1 }] },
                        "idleTimeout": "0s",
                        "hashPolicy": [{ "sourceIp": {} }],
                        "tunnelingConfig": { "hostname": "h:443", "usePost": true },
                    },
                },
            ],
        }],
    });
    assert_eq!(json_of(&listener), expected);
    tls.validation.as_mut().unwrap().ca = None;
    let common = &json_of(&tls)["commonTlsContext"];
    assert_eq!(common["validationContext"]["matchSubjectAltNames"], json!([{ "exact": "client" }]));
}
