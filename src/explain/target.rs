//! What a user asks about: a host, `host:port` or a URL, and the flags beside it.

use std::fmt::Write;
use std::str::FromStr;

/// How the client begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP in plaintext.
    Http,
    /// HTTP in TLS.
    Https,
    /// TLS, whatever is in it.
    Tls,
    /// Plain bytes.
    Tcp,
}

impl Scheme {
    /// The word, as typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Tls => "tls",
            Self::Tcp => "tcp",
        }
    }

    /// The port where none is named.
    pub(super) fn default_port(self) -> Option<u32> {
        match self {
            Self::Http => Some(80),
            Self::Https | Self::Tls => Some(443),
            Self::Tcp => None,
        }
    }

    /// Whether the client begins a TLS handshake.
    pub(super) fn is_tls(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }

    /// Whether the client speaks HTTP.
    pub(super) fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }
}

impl FromStr for Scheme {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        [Self::Http, Self::Https, Self::Tls, Self::Tcp]
            .into_iter()
            .find(|scheme| scheme.as_str().eq_ignore_ascii_case(word))
            .ok_or_else(|| format!("unknown scheme `{word}`; schemes are http, https, tls, tcp"))
    }
}

/// The first argument of `explain host`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Of a URL.
    pub scheme: Option<Scheme>,
    /// The host, without port; IPv6 addresses in brackets.
    pub host: String,
    /// The port that the client dials.
    pub port: Option<u32>,
    /// Of a URL: path and query.
    pub path: Option<String>,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.parse()?), rest),
            None => (None, text),
        };
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        // A fragment is never sent.
        let path = path.split_once('#').map_or(path, |(path, _)| path);
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') && !host.is_empty() => {
                let is_address = host.contains(':') && !host.starts_with('[');
                match port.parse::<u16>() {
                    _ if is_address => (format!("[{authority}]"), None),
                    Ok(number) => (host.to_owned(), Some(u32::from(number))),
                    Err(_) => return Err(format!("`{port}` is not a port")),
                }
            }
            _ => (authority.to_owned(), None),
        };
        if host.is_empty() {
            return Err(format!("`{text}` has no host"));
        }
        let path = match path {
            "" => None,
            path if path.starts_with('/') => Some(path.to_owned()),
            path => Some(format!("/{path}")),
        };
        Ok(Self { scheme, host, port, path })
    }
}

/// A whole question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The host that the client means.
    pub host: String,
    /// None: whatever the port speaks.
    pub scheme: Option<Scheme>,
    /// The port that the client dials; none: that of the scheme, or all that know the host.
    pub port: Option<u32>,
    /// Path and query.
    pub path: String,
    /// Method.
    pub method: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Server name, if another than the host; empty: none.
    pub sni: Option<String>,
    /// `Host`, if another than the host.
    pub authority: Option<String>,
    /// The address that a listener is bound to; none: any.
    pub address: Option<String>,
    /// The address of the client.
    pub client_ip: Option<String>,
    /// What decides between weighted clusters.
    pub random: Option<u64>,
    /// Only the proxies and ports of these Gateways, by index in the store.
    pub gateways: Option<Vec<u32>>,
}

impl Question {
    /// Adds a query parameter; what cannot stand in a query is encoded.
    pub fn add_query(&mut self, name: &str, value: &str) {
        self.path.push(if self.path.contains('?') { '&' } else { '?' });
        self.path.push_str(&encoded(name));
        self.path.push('=');
        self.path.push_str(&encoded(value));
    }
}

/// Percent-encodes what ends a query or a parameter, or is no visible ASCII.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"&#".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string takes all");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_ports_and_urls_are_told_apart() {
        let parsed = |text: &str| {
            let target: Target = text.parse().unwrap();
            (target.scheme, target.host, target.port, target.path)
        };
        let host = |host: &str| host.to_owned();
        assert_eq!(parsed("a.com"), (None, host("a.com"), None, None));
        assert_eq!(parsed("a.com:8443"), (None, host("a.com"), Some(8443), None));
        assert_eq!(parsed("a.com/x"), (None, host("a.com"), None, Some(host("/x"))));
        assert_eq!(
            parsed("HTTPS://u:p@a.com:1/x?y"),
            (Some(Scheme::Https), host("a.com"), Some(1), Some(host("/x?y")))
        );
        assert_eq!(parsed("http://a.com?y").3, Some(host("/?y")));
        assert_eq!(parsed("http://a.com/x#y?z").3, Some(host("/x")));
        assert_eq!(parsed("a.com#y").3, None);
        assert_eq!(parsed("[::1]:80"), (None, host("[::1]"), Some(80), None));
        assert_eq!(parsed("::1"), (None, host("[::1]"), None, None));
        for wrong in ["ftp://a.com", "a.com:http", "https://", ""] {
            assert!(wrong.parse::<Target>().is_err(), "{wrong}");
        }
    }
}
