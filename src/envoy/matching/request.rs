//! A request as a client sends it, with the connection that it comes on.

/// A request: where it is sent, how the connection begins, and what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The listener's address, or `unix:/path`; none: that of whichever listener has the port, a wildcard first.
    pub address: Option<String>,
    /// The listener's port, after translation by a Service; 0 for a path.
    pub port: u32,
    /// Whether the client begins a TLS handshake.
    pub tls: bool,
    /// The server name of the handshake.
    pub sni: Option<String>,
    /// What the client shows when asked for a certificate.
    pub client_certificate: ClientCertificate,
    /// Protocols that the client offers in the handshake.
    pub alpn: Vec<String>,
    /// Whether the connection begins with a PROXY line.
    pub proxy_protocol: bool,
    /// The HTTP method; none: no HTTP, but plain bytes, or with TLS the handshake alone.
    pub method: Option<String>,
    /// `Host`; none: no such header.
    pub host: Option<String>,
    /// The target as it stands on the request line.
    pub path: String,
    /// Headers in order.
    pub headers: Vec<(String, String)>,
    /// The address of the client, as headers show it; none: some address.
    pub client_ip: Option<String>,
    /// What decides between weighted clusters; none: all of them are told.
    pub random: Option<u64>,
}

/// What a client shows when it is asked for a certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientCertificate {
    /// Nothing.
    #[default]
    None,
    /// A certificate of the right CA with the wanted names, whose hash and key nobody expects.
    ByName,
    /// Whatever the gateway asks for.
    Fitting,
}

impl Request {
    /// `GET /` in plaintext on a port.
    pub fn get(port: u32, host: &str) -> Self {
        Self {
            address: None,
            port,
            tls: false,
            sni: None,
            client_certificate: ClientCertificate::None,
            alpn: Vec::new(),
            proxy_protocol: false,
            method: Some("GET".to_owned()),
            host: Some(host.to_owned()),
            path: "/".to_owned(),
            headers: Vec::new(),
            client_ip: None,
            random: None,
        }
    }

    /// The first header of this name, in whatever case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let named = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers.iter().find(named).map(|(_, value)| value.as_str())
    }
}
