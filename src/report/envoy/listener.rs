//! `envoy.config.listener.v3` as JSON, without what does not decide routing (spec 2, 21l).

use serde::Serializer;

use super::message::{Empty, Fields, Json, Key, Message};
use crate::envoy::listener::{
    Address, CertificateValidation, DownstreamTls, FilterChain, FilterChainMatch,
    HttpConnectionManager, Listener, TcpProxy, Terminal, TlsParams, Tunneling,
};

impl Message for Listener {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("name", &self.name)?;
        to.put("address", Json(&self.address))?;
        to.list("listenerFilters", &self.listener_filters)?;
        to.put("filterChains", Json(&self.filter_chains[..]))
    }
}

impl Message for Address {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        match self {
            Self::Socket { address, port } => {
                to.put("socketAddress", Json(&SocketAddress { address, port: *port }))
            }
            Self::Pipe(path) => to.put("pipe", Key("path", path)),
        }
    }
}

struct SocketAddress<'a> {
    address: &'a str,
    port: u32,
}

impl Message for SocketAddress<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("address", self.address)?;
        to.put("portValue", self.port)
    }
}

impl Message for FilterChain {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        if !self.matcher.is_any() {
            to.put("filterChainMatch", Json(&self.matcher))?;
        }
        if let Some(tls) = &self.tls {
            to.put("transportSocket", Json(&Socket(tls)))?;
        }
        let before = self.network_filters.iter().map(|name| Filter { name, terminal: None });
        let last = Filter {
            name: match self.terminal {
                Terminal::Http(_) => "envoy.filters.network.http_connection_manager",
                Terminal::Tcp(_) => "envoy.filters.network.tcp_proxy",
            },
            terminal: Some(&self.terminal),
        };
        let filters: Vec<_> = before.chain([last]).collect();
        to.put("filters", Json(&filters[..]))
    }
}

impl Message for FilterChainMatch {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.list("serverNames", &self.server_names)?;
        to.list("applicationProtocols", &self.application_protocols)
    }
}

/// A network filter.
struct Filter<'a> {
    name: &'a str,
    terminal: Option<&'a Terminal>,
}

impl Message for Filter<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("name", self.name)?;
        match self.terminal {
            Some(Terminal::Http(manager)) => to.put("typedConfig", Json(manager)),
            Some(Terminal::Tcp(proxy)) => to.put("typedConfig", Json(proxy)),
            None => Ok(()),
        }
    }
}

impl Message for HttpConnectionManager {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let escaped = if self.unescape_slashes { "UNESCAPE_AND_FORWARD" } else { "KEEP_UNCHANGED" };
        to.put("rds", Key("routeConfigName", &self.route_config))?;
        to.list("httpFilters", &self.http_filters)?;
        to.put("normalizePath", self.normalize_path)?;
        to.plain("mergeSlashes", self.merge_slashes)?;
        to.put("pathWithEscapedSlashesAction", escaped)?;
        to.put("useRemoteAddress", true)?;
        to.plain("xffNumTrustedHops", self.xff_num_trusted_hops)?;
        to.put("upgradeConfigs", [Key("upgradeType", "websocket")])?;
        to.put("httpProtocolOptions", Json(&Empty))?;
        if self.forward_client_cert_details == "SANITIZE" {
            return Ok(());
        }
        to.plain("forwardClientCertDetails", self.forward_client_cert_details.as_str())
    }
}

impl Message for TcpProxy {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        self.clusters.fields(to)?;
        to.some("idleTimeout", self.idle_timeout.map(|timeout| timeout.to_string()))?;
        let by_source = self.hash_source_ip.then_some([Key("sourceIp", Json(&Empty))]);
        to.some("hashPolicy", by_source)?;
        to.some("tunnelingConfig", self.tunneling.as_ref().map(Json))
    }
}

impl Message for Tunneling {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("hostname", &self.hostname)?;
        to.plain("usePost", self.use_post)
    }
}

/// The `transportSocket` of a TLS context.
struct Socket<'a>(&'a DownstreamTls);

impl Message for Socket<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("name", "envoy.transport_sockets.tls")?;
        to.put("typedConfig", Json(self.0))
    }
}

impl Message for DownstreamTls {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let kind =
            "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext";
        to.put("@type", kind)?;
        to.put("commonTlsContext", Json(&Common(self)))?;
        to.put("requireClientCertificate", self.require_client_certificate)
    }
}

/// The `commonTlsContext` of a TLS context.
struct Common<'a>(&'a DownstreamTls);

impl Message for Common<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let tls = self.0;
        let certificates = tls.certificates.iter().map(|name| Key("name", name));
        to.list("alpnProtocols", &tls.alpn_protocols)?;
        to.list("tlsCertificateSdsSecretConfigs", certificates)?;
        if let Some(validation) = &tls.validation {
            match &validation.ca {
                Some(ca) => {
                    to.put("combinedValidationContext", Json(&Combined { validation, ca }))?;
                }
                None => to.put("validationContext", Json(validation))?,
            }
        }
        if tls.params.is_empty() { Ok(()) } else { to.put("tlsParams", Json(&tls.params)) }
    }
}

/// A validation with a CA that comes by SDS.
struct Combined<'a> {
    validation: &'a CertificateValidation,
    ca: &'a str,
}

impl Message for Combined<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("defaultValidationContext", Json(self.validation))?;
        to.put("validationContextSdsSecretConfig", Key("name", self.ca))
    }
}

impl Message for CertificateValidation {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let names = self.subject_alt_names.iter().map(|name| Key("exact", name));
        to.list("matchSubjectAltNames", names)?;
        to.list("verifyCertificateHash", &self.certificate_hashes)?;
        to.list("verifyCertificateSpki", &self.certificate_spki)
    }
}

impl Message for TlsParams {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.some("tlsMinimumProtocolVersion", self.minimum_version)?;
        to.some("tlsMaximumProtocolVersion", self.maximum_version)?;
        to.list("cipherSuites", &self.cipher_suites)?;
        to.list("ecdhCurves", &self.ecdh_curves)
    }
}
