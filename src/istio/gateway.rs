//! `networking.istio.io` Gateway, as written.

use super::Version;
use super::decode::{Decoder, Map, enumeration, items, message, required, since};
use super::objection::Weight;
use crate::text::{Span, Spanned, Str};
use crate::yaml::Node;

message! {
    /// `spec` of a Gateway.
    Gateway {
        /// Servers in order.
        servers: Vec<Server> = "servers",
        /// Labels of the workloads that the Gateway applies to; empty: all.
        selector: Map<Spanned<Str>> = "selector",
    }
}

message! {
    /// One server.
    Server {
        /// Port; a server without one is skipped.
        port: Option<Port> = "port" in required(),
        /// Address or `unix://` path to bind.
        bind: Option<Spanned<Str>> = "bind",
        /// Hosts, with or without a namespace prefix.
        hosts: Vec<Spanned<Str>> = "hosts" in required(),
        /// TLS settings.
        tls: Option<Box<ServerTls>> = "tls",
        /// No effect.
        default_endpoint: Option<Spanned<Str>> = "defaultEndpoint",
        /// No effect.
        name: Option<Spanned<Str>> = "name",
    }
}

message! {
    /// `port` of a server.
    Port {
        /// Port number: that of the Service in front, if one translates it.
        number: Option<Spanned<u32>> = "number" in required(),
        /// Protocol, parsed without regard to case.
        protocol: Option<Spanned<Str>> = "protocol" in required(),
        /// Name; part of the route name of HTTPS servers.
        name: Option<Spanned<Str>> = "name" in required(),
        /// Not allowed in a Gateway.
        target_port: Option<Spanned<u32>> = "targetPort",
    }
}

message! {
    /// `tls` of a server.
    ServerTls {
        /// Plaintext requests get a redirect.
        https_redirect: Option<Spanned<bool>> = "httpsRedirect",
        /// Absent means PASSTHROUGH.
        mode: Option<Spanned<TlsMode>> = "mode",
        /// File of the certificate.
        server_certificate: Option<Spanned<Str>> = "serverCertificate",
        /// File of the private key.
        private_key: Option<Spanned<Str>> = "privateKey",
        /// File of the CA for clients.
        ca_certificates: Option<Spanned<Str>> = "caCertificates",
        /// File of revoked certificates.
        ca_crl: Option<Spanned<Str>> = "caCrl",
        /// Secret with certificate and key.
        credential_name: Option<Spanned<Str>> = "credentialName",
        /// Secrets with certificate and key.
        credential_names: Vec<Spanned<Str>> = "credentialNames" in items(1, 2),
        /// Secret with the CA for clients.
        ca_cert_credential_name: Option<Spanned<Str>> = "caCertCredentialName",
        /// Certificate files.
        tls_certificates: Vec<TlsCertificate> = "tlsCertificates" in items(1, 2),
        /// Accepted names of clients.
        subject_alt_names: Vec<Spanned<Str>> = "subjectAltNames",
        /// Accepted keys of clients.
        verify_certificate_spki: Vec<Spanned<Str>> = "verifyCertificateSpki",
        /// Accepted certificates of clients.
        verify_certificate_hash: Vec<Spanned<Str>> = "verifyCertificateHash",
        /// Lowest version.
        min_protocol_version: Option<Spanned<TlsProtocol>> = "minProtocolVersion",
        /// Highest version.
        max_protocol_version: Option<Spanned<TlsProtocol>> = "maxProtocolVersion",
        /// Cipher suites.
        cipher_suites: Vec<Spanned<Str>> = "cipherSuites",
        /// Clients whose certificate does not hold are let in all the same.
        insecure_skip_verify: Option<Spanned<bool>> = "insecureSkipVerify" in since(Version::V1_31),
        /// Curves.
        ecdh_curves: Vec<Spanned<Str>> = "ecdhCurves",
    }
    cel certificate_sources
}

/// Mirrors the CEL rules of `tls` that can fail. A third one, about `credentialName` and `tlsCertificates` by its
/// message, asks what the first one does.
fn certificate_sources(tls: Node<'_>, cx: &mut Decoder<'_>) {
    let has = |field: &str| tls.get(field).is_some_and(|value| !value.is_null());
    for other in ["credentialName", "tlsCertificates"] {
        if has("credentialNames") && has(other) {
            let why = format!("only one of `{other}` and `credentialNames` may be set");
            cx.object(Weight::SCHEMA, "G-35", tls, &why);
        }
    }
}

message! {
    /// An entry of `tlsCertificates`.
    TlsCertificate {
        /// File of the certificate.
        server_certificate: Option<Spanned<Str>> = "serverCertificate",
        /// File of the private key.
        private_key: Option<Spanned<Str>> = "privateKey",
        /// File of the CA.
        ca_certificates: Option<Spanned<Str>> = "caCertificates",
    }
}

/// `cipherSuites` that are programmed; mirrors istio 1.32 `pkg/config/security: ValidCipherSuites`.
pub const CIPHER_SUITES: [&str; 15] = [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-SHA",
    "ECDHE-RSA-AES128-SHA",
    "ECDHE-ECDSA-AES256-SHA",
    "ECDHE-RSA-AES256-SHA",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
    "AES128-SHA",
    "AES256-SHA",
    "DES-CBC3-SHA",
];

/// Whether a cipher suite is programmed; mirrors istio 1.32 `pkg/config/security: IsValidCipherSuite`: what begins with neither letter nor digit is an operator of
/// the library, which nobody checks.
pub fn is_cipher_suite(text: &str) -> bool {
    let is_operator = !text.bytes().next().is_some_and(|byte| char::from(byte).is_alphanumeric());
    is_operator || text == "ALL" || CIPHER_SUITES.contains(&text)
}

enumeration! {
    /// `tls.mode`.
    TlsMode {
        /// The gateway forwards TLS by SNI.
        Passthrough = "PASSTHROUGH" / 0,
        /// The gateway terminates TLS.
        Simple = "SIMPLE" / 1,
        /// The gateway terminates TLS and wants a client certificate.
        Mutual = "MUTUAL" / 2,
        /// The gateway forwards TLS by an SNI that names the cluster.
        AutoPassthrough = "AUTO_PASSTHROUGH" / 3,
        /// As MUTUAL, with the mesh's certificates.
        IstioMutual = "ISTIO_MUTUAL" / 4,
        /// The gateway terminates TLS and checks a client certificate if there is one.
        OptionalMutual = "OPTIONAL_MUTUAL" / 5,
    }
}

enumeration! {
    /// `tls.minProtocolVersion`, `tls.maxProtocolVersion`.
    TlsProtocol {
        /// Envoy's choice.
        Auto = "TLS_AUTO" / 0,
        /// TLS 1.0.
        V1_0 = "TLSV1_0" / 1,
        /// TLS 1.1.
        V1_1 = "TLSV1_1" / 2,
        /// TLS 1.2.
        V1_2 = "TLSV1_2" / 3,
        /// TLS 1.3.
        V1_3 = "TLSV1_3" / 4,
    }
}

/// C-9: a protocol of a port (mirrors istio 1.32 `pkg/config/protocol/instance.go: Parse`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// HTTP/1.1.
    Http,
    /// HTTP/2.
    Http2,
    /// gRPC.
    Grpc,
    /// gRPC-Web.
    GrpcWeb,
    /// An HTTP proxy.
    HttpProxy,
    /// HTTPS.
    Https,
    /// TLS of any content.
    Tls,
    /// Any TCP.
    Tcp,
    /// MongoDB.
    Mongo,
    /// Redis.
    Redis,
    /// MySQL.
    MySql,
    /// UDP.
    Udp,
    /// Anything else.
    Unsupported,
}

impl Protocol {
    /// Reads a protocol without regard to case.
    pub fn parse(text: &str) -> Self {
        let mut known = [
            ("http", Self::Http),
            ("http2", Self::Http2),
            ("grpc", Self::Grpc),
            ("grpc-web", Self::GrpcWeb),
            ("http_proxy", Self::HttpProxy),
            ("https", Self::Https),
            ("tls", Self::Tls),
            ("tcp", Self::Tcp),
            ("mongo", Self::Mongo),
            ("redis", Self::Redis),
            ("mysql", Self::MySql),
            ("udp", Self::Udp),
        ]
        .into_iter();
        let found = known.find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.map_or(Self::Unsupported, |(_, protocol)| protocol)
    }

    /// HTTPS and TLS (mirrors `protocol.Instance.IsTLS`).
    pub fn is_tls(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }

    /// HTTP, HTTP2, GRPC, GRPC-WEB, `HTTP_PROXY` (mirrors `protocol.Instance.IsHTTP`).
    pub fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Http2 | Self::Grpc | Self::GrpcWeb | Self::HttpProxy)
    }
}

impl ServerTls {
    /// The mode that counts: absent, PASSTHROUGH, the zero of the enumeration.
    pub fn mode(&self) -> TlsMode {
        self.mode.map_or(TlsMode::Passthrough, |mode| mode.value)
    }

    /// The fields that bring certificates and say something: their names and places.
    pub fn certificates(&self) -> Vec<(&'static str, Span)> {
        let one = |field, text: &Option<Spanned<Str>>| {
            text.as_ref().filter(|text| !text.is_empty()).map(|text| (field, text.span))
        };
        [
            one("credentialName", &self.credential_name),
            self.credential_names.first().map(|name| ("credentialNames", name.span)),
            one("serverCertificate", &self.server_certificate),
            one("privateKey", &self.private_key),
            self.tls_certificates.first().map(|files| ("tlsCertificates", files.span)),
            one("caCertificates", &self.ca_certificates),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Server {
    /// The parsed protocol.
    pub fn protocol(&self) -> Protocol {
        Protocol::parse(self.protocol_text())
    }

    /// The protocol as written.
    pub fn protocol_text(&self) -> &str {
        self.port
            .as_ref()
            .and_then(|port| port.protocol.as_deref())
            .map_or("", |text| text.as_str())
    }

    /// The port number as written; 0 where there is none.
    pub fn port_number(&self) -> u32 {
        self.port.as_ref().and_then(|port| port.number).map_or(0, |number| number.value)
    }

    /// `bind` as written; empty where there is none.
    pub fn bind_text(&self) -> &str {
        self.bind.as_ref().map_or("", |bind| bind.value.as_str())
    }

    /// The TLS mode, where there is a `tls` block (absent: PASSTHROUGH, the zero of the enumeration).
    pub fn tls_mode(&self) -> Option<TlsMode> {
        self.tls.as_ref().map(|tls| tls.mode())
    }

    /// Mirrors istio 1.32 `pkg/config/gateway/gateway.go: IsTLSServer`: a `tls` block and no HTTP-like protocol.
    pub fn is_tls(&self) -> bool {
        self.tls.is_some() && !self.protocol().is_http()
    }

    /// Mirrors `gateway.go: IsPassThroughServer`.
    pub fn is_passthrough(&self) -> bool {
        matches!(self.tls_mode(), Some(TlsMode::Passthrough | TlsMode::AutoPassthrough))
    }

    /// Mirrors `gateway.go: IsHTTPServer`: HTTP-like, or HTTPS that is not passed through.
    pub fn is_http(&self) -> bool {
        let protocol = self.protocol();
        protocol.is_http() || (protocol == Protocol::Https && !self.is_passthrough())
    }

    /// Whether plaintext requests get a redirect.
    pub fn redirects_to_https(&self) -> bool {
        self.tls.as_ref().and_then(|tls| tls.https_redirect).is_some_and(|redirect| redirect.value)
    }
}
