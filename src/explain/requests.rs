//! Requests as lines of JSON, and their answers likewise.

use rayon::prelude::*;
use serde::Deserialize;

use super::Flat;
use crate::envoy::Table;
use crate::envoy::matching::{ClientCertificate, Matcher, Outcome, Request};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Line {
    #[serde(default)]
    address: Option<String>,
    #[serde(default)]
    port: Option<u32>,
    #[serde(default)]
    tls: bool,
    #[serde(default)]
    sni: Option<String>,
    #[serde(default)]
    client_certificate: bool,
    #[serde(default)]
    alpn: Option<Alpn>,
    #[serde(default)]
    proxy_protocol: bool,
    /// Absent: GET; null: no HTTP.
    #[serde(default = "get")]
    method: Option<String>,
    #[serde(default)]
    host: Option<String>,
    #[serde(default)]
    path: Option<String>,
    #[serde(default)]
    headers: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Alpn {
    One(String),
    Several(Vec<String>),
}

#[expect(clippy::unnecessary_wraps, reason = "the default of an optional field")]
fn get() -> Option<String> {
    Some("GET".to_owned())
}

/// Takes the header `Host` out of a list: as with curl it is what the client sends in the place of the host.
pub fn host_header(headers: &mut Vec<(String, String)>) -> Option<String> {
    let is_host = |(name, _): &(String, String)| name.eq_ignore_ascii_case("host");
    let found = headers.iter().find(|header| is_host(header)).map(|(_, value)| value.clone());
    headers.retain(|header| !is_host(header));
    found
}

/// Reads a request from a line of JSON; the error is a sentence.
pub fn parse_request(line: &str) -> Result<Request, String> {
    let mut line: Line = serde_json::from_str(line).map_err(|error| {
        // Each line is a text of its own, whose first line it is.
        error.to_string().replace(" at line 1 column ", " at column ")
    })?;
    let is_path = line.address.as_deref().is_some_and(|address| address.starts_with("unix:"));
    let port = match line.port {
        Some(port) => port,
        None if is_path => 0,
        None => return Err("`port` is missing".to_owned()),
    };
    Ok(Request {
        address: line.address,
        port,
        tls: line.tls,
        sni: line.sni.filter(|name| !name.is_empty()),
        client_certificate: if line.client_certificate {
            ClientCertificate::ByName
        } else {
            ClientCertificate::None
        },
        alpn: match line.alpn {
            None => Vec::new(),
            Some(Alpn::One(protocol)) => vec![protocol],
            Some(Alpn::Several(protocols)) => protocols,
        },
        proxy_protocol: line.proxy_protocol,
        method: line.method,
        host: host_header(&mut line.headers).or(line.host),
        path: line.path.unwrap_or_else(|| "/".to_owned()),
        headers: line.headers,
        client_ip: None,
        random: None,
    })
}

/// Lines that are answered in one go.
const CHUNK: usize = 256;

/// The answers to all lines of a text.
#[derive(Debug)]
pub struct Answers {
    /// One after the other, lines with their ends.
    pub parts: Vec<String>,
    /// Whether every line was a request.
    pub are_valid: bool,
}

/// Answers lines of requests.
#[derive(Debug)]
pub struct Requests<'t> {
    matchers: Vec<Matcher<'t>>,
}

impl<'t> Requests<'t> {
    /// Prepares the tables.
    pub fn new(tables: &'t [Table]) -> Self {
        Self { matchers: tables.iter().map(Matcher::new).collect() }
    }

    /// Answers all lines of a text but blank ones, in parallel.
    pub fn answer_all(&self, text: &str) -> Answers {
        let lines = (1..).zip(text.lines());
        let lines: Vec<(usize, &str)> = lines.filter(|(_, line)| !line.trim().is_empty()).collect();
        let parts: Vec<(String, bool)> = lines
            .par_chunks(CHUNK)
            .map(|chunk| {
                let (mut out, mut are_valid) = (String::with_capacity(chunk.len() * 512), true);
                for &(number, line) in chunk {
                    let (answer, is_valid) = self.answer(number, line);
                    are_valid &= is_valid;
                    out.push_str(&answer);
                    out.push('\n');
                }
                (out, are_valid)
            })
            .collect();
        let are_valid = parts.iter().all(|(_, are_valid)| *are_valid);
        Answers { parts: parts.into_iter().map(|(part, _)| part).collect(), are_valid }
    }

    /// Answers a line, by its number and text, with a line of JSON, without line end; and whether the line was a request.
    /// Of several proxies the first that listens answers.
    pub fn answer(&self, number: usize, line: &str) -> (String, bool) {
        let request = match parse_request(line) {
            Ok(request) => request,
            Err(error) => return (error_line(number, &error), false),
        };
        let mut first = None;
        for matcher in &self.matchers {
            let answer = matcher.answer(&request);
            let is_refused = answer.outcome == Outcome::Refused;
            let candidate = (matcher.table(), answer);
            if !is_refused {
                first = Some(candidate);
                break;
            }
            first = first.or(Some(candidate));
        }
        match &first {
            Some((table, answer)) => (to_json(&Flat::new(table, answer, &[], None)), true),
            None => (r#"{"outcome":"refused"}"#.to_owned(), true),
        }
    }
}

fn error_line(number: usize, error: &str) -> String {
    to_json(&serde_json::json!({ "error": error, "line": number }))
}

fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_keys_have_defaults_and_null_is_no_method() {
        let request = parse_request(r#"{"port": 80}"#).unwrap();
        assert_eq!(request.method.as_deref(), Some("GET"));
        assert_eq!((request.path.as_str(), request.host, request.tls), ("/", None, false));
        let request = parse_request(r#"{"port": 80, "method": null}"#).unwrap();
        assert_eq!(request.method, None);
        assert_eq!(parse_request(r#"{"address": "unix:/a"}"#).unwrap().port, 0);
    }

    #[test]
    fn the_header_host_counts_before_the_host() {
        let line = r#"{"port": 80, "host": "a.test", "headers": [["x", "1"], ["Host", "b.test"]]}"#;
        let request = parse_request(line).unwrap();
        assert_eq!(request.host.as_deref(), Some("b.test"));
        assert_eq!(request.headers, [("x".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn an_invalid_line_is_answered_with_its_error() {
        let requests = Requests::new(&[]);
        assert_eq!(
            requests.answer(7, r#"{"tls": true}"#),
            (r#"{"error":"`port` is missing","line":7}"#.to_owned(), false)
        );
        assert!(
            requests.answer(1, r#"{"port": 80, "hots": "a"}"#).0.contains("unknown field `hots`")
        );
        assert_eq!(
            requests.answer(1, r#"{"port": 80}"#),
            (r#"{"outcome":"refused"}"#.to_owned(), true)
        );
    }
}
