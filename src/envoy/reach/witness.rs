//! A request that shows what becomes of a route.

use std::fmt;

use super::choices::{Around, Choices};
use super::conditions::Dimension;
use crate::envoy::matching::Request;

/// A request that a route matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The method.
    pub method: String,
    /// Whether it comes over TLS.
    pub tls: bool,
    /// `Host`.
    pub host: String,
    /// Path and query.
    pub path: String,
    /// Headers in order.
    pub headers: Vec<(String, String)>,
}

impl Witness {
    /// The request of these choices; where none is taken, the plainest.
    pub(super) fn new(all: &[Choices], taken: &[Option<usize>], around: Around<'_>) -> Self {
        let mut witness = Self {
            method: if around.is_asterisk { "OPTIONS" } else { "GET" }.to_owned(),
            tls: false,
            host: around.host.to_owned(),
            path: "/".to_owned(),
            headers: Vec::new(),
        };
        let mut query: Vec<String> = Vec::new();
        for (choices, taken) in all.iter().zip(taken) {
            let Some(choice) = choices.all.get(taken.unwrap_or(0)) else { continue };
            for value in choice.values.iter().cloned() {
                match &choices.dimension {
                    Dimension::Path => witness.path = value,
                    Dimension::Method => witness.method = value,
                    Dimension::Scheme => witness.tls = value == "https",
                    Dimension::Authority => witness.host = value,
                    Dimension::Header(name) => witness.headers.push((name.clone(), value)),
                    Dimension::Query(name) if value.is_empty() => query.push(name.clone()),
                    Dimension::Query(name) => query.push(format!("{name}={value}")),
                }
            }
        }
        if !query.is_empty() {
            witness.path = format!("{}?{}", witness.path, query.join("&"));
        }
        witness
    }

    /// The request as a client sends it to a port.
    pub fn to_request(&self, port: u32) -> Request {
        Request {
            tls: self.tls,
            method: Some(self.method.clone()),
            path: self.path.clone(),
            headers: self.headers.clone(),
            ..Request::get(port, &self.host)
        }
    }
}

/// `GET shop.example.com/api?a=1 with x-a: 1`.
impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "https://" } else { "" };
        let target = if self.path == "*" { " *" } else { &self.path };
        write!(f, "{} {scheme}{}{target}", self.method, self.host)?;
        for (at, (name, value)) in self.headers.iter().enumerate() {
            write!(f, "{} {name}: {value}", if at == 0 { " with" } else { "," })?;
        }
        Ok(())
    }
}
