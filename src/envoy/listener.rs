//! Listeners as they result, reduced to what decides routing. Names are Envoy's (`envoy.config.listener.v3`).

use super::route::Clusters;
use crate::istio::duration::Duration;
use crate::istio::gateway::TlsMode;
use crate::mesh::Origin;

/// A `Listener`.
#[derive(Clone, Debug)]
pub struct Listener {
    /// `<address>_<port>`.
    pub name: String,
    /// What it binds.
    pub address: Address,
    /// Names of the listener filters.
    pub listener_filters: Vec<&'static str>,
    /// In istiod's order; never empty.
    pub filter_chains: Vec<FilterChain>,
}

/// The address of a listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// `socketAddress`.
    Socket {
        /// As written in `bind`, or the wildcard.
        address: String,
        /// Port, after translation by a Service.
        port: u32,
    },
    /// `pipe`.
    Pipe(String),
}

impl Address {
    /// The port; 0 for a pipe.
    pub fn port(&self) -> u32 {
        match self {
            Self::Socket { port, .. } => *port,
            Self::Pipe(_) => 0,
        }
    }
}

/// A `FilterChain`.
#[derive(Clone, Debug)]
pub struct FilterChain {
    /// What it matches.
    pub matcher: FilterChainMatch,
    /// Whether it was made for server names, be they `*` that match everything: the listener then looks into the
    /// ClientHello.
    pub inspects_tls: bool,
    /// TLS that it terminates.
    pub tls: Option<DownstreamTls>,
    /// Names of the network filters before the terminal one.
    pub network_filters: Vec<&'static str>,
    /// The last filter.
    pub terminal: Terminal,
    /// The servers that it comes from; for a passthrough chain then the `tls` match.
    pub origins: Vec<Origin>,
}

/// A `FilterChainMatch`; both empty: it matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterChainMatch {
    /// `serverNames`, sorted.
    pub server_names: Vec<String>,
    /// `applicationProtocols`.
    pub application_protocols: Vec<&'static str>,
}

impl FilterChainMatch {
    /// Whether it matches every connection.
    pub fn is_any(&self) -> bool {
        self.server_names.is_empty() && self.application_protocols.is_empty()
    }
}

/// A `DownstreamTlsContext`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownstreamTls {
    /// The mode of the server.
    pub mode: TlsMode,
    /// `alpnProtocols`.
    pub alpn_protocols: Vec<&'static str>,
    /// Names of the SDS secrets of the certificates.
    pub certificates: Vec<String>,
    /// `requireClientCertificate`.
    pub require_client_certificate: bool,
    /// How client certificates are validated.
    pub validation: Option<CertificateValidation>,
    /// `tlsParams`.
    pub params: TlsParams,
}

/// `combinedValidationContext`, or `validationContext` where there is no CA.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateValidation {
    /// Name of the SDS secret of the CA.
    pub ca: Option<String>,
    /// `matchSubjectAltNames`, all exact.
    pub subject_alt_names: Vec<String>,
    /// `verifyCertificateHash`.
    pub certificate_hashes: Vec<String>,
    /// `verifyCertificateSpki`.
    pub certificate_spki: Vec<String>,
}

/// `tlsParams`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsParams {
    /// `tlsMinimumProtocolVersion`, as `TLSv1_2`.
    pub minimum_version: Option<&'static str>,
    /// `tlsMaximumProtocolVersion`.
    pub maximum_version: Option<&'static str>,
    /// `cipherSuites`.
    pub cipher_suites: Vec<String>,
    /// `ecdhCurves`.
    pub ecdh_curves: Vec<String>,
}

impl TlsParams {
    /// Whether no parameter is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The last network filter of a chain.
#[derive(Clone, Debug)]
pub enum Terminal {
    /// HTTP.
    Http(HttpConnectionManager),
    /// TCP.
    Tcp(TcpProxy),
}

/// `HttpConnectionManager`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpConnectionManager {
    /// `rds.routeConfigName`.
    pub route_config: String,
    /// Names of the HTTP filters.
    pub http_filters: Vec<&'static str>,
    /// `normalizePath`.
    pub normalize_path: bool,
    /// `mergeSlashes`.
    pub merge_slashes: bool,
    /// `pathWithEscapedSlashesAction`: `UNESCAPE_AND_FORWARD` instead of `KEEP_UNCHANGED`.
    pub unescape_slashes: bool,
    /// `xffNumTrustedHops`.
    pub xff_num_trusted_hops: u32,
    /// `forwardClientCertDetails`, by Envoy's name; `SANITIZE` is the default.
    pub forward_client_cert_details: String,
}

/// `TcpProxy`.
#[derive(Clone, Debug)]
pub struct TcpProxy {
    /// Where to.
    pub clusters: Clusters,
    /// `idleTimeout`.
    pub idle_timeout: Option<Duration>,
    /// `hashPolicy` by source address.
    pub hash_source_ip: bool,
    /// `tunnelingConfig`.
    pub tunneling: Option<Tunneling>,
    /// The rule that it comes from.
    pub origin: Option<Origin>,
    /// `namespace/name` of the VirtualService; none for AUTO_PASSTHROUGH.
    pub virtual_service: Option<String>,
}

/// `tunnelingConfig`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tunneling {
    /// `host:port`.
    pub hostname: String,
    /// `usePost`.
    pub use_post: bool,
}
