//! Arguments of `gwctl explain host` and `gwctl explain rule`.

use std::net::IpAddr;

use clap::{Args, Subcommand, ValueEnum};

use super::InputArgs;
use super::words::{RuleWords, Words};
use crate::explain::Scheme;

/// Arguments of `gwctl explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// What to explain.
    #[command(subcommand)]
    pub what: Explain,
}

/// What can be explained.
#[derive(Debug, Subcommand)]
pub enum Explain {
    /// Say which listener, route and destination answers a request
    #[command(after_help = HOST)]
    Host(Box<HostArgs>),
    /// Say what a rule means
    Rule(RuleArgs),
}

const SCHEMES: &[&str] = &["http", "https", "tls", "tcp"];

const HOST: &str = "\
Examples:
  gwctl explain host https://shop.example.com/cart
  gwctl explain host shop.example.com --port 8443 -X POST -H 'x-beta: 1' infra/

Exit code: 0 a route answers, 1 nothing does or the input does not tell, 2 could not do its work.";

/// Arguments of `gwctl explain host`.
#[derive(Debug, Args)]
pub struct HostArgs {
    /// A host, host:port or URL; absent with --requests
    #[arg(value_name = "HOST|URL", required_unless_present = "requests")]
    pub host: Option<String>,
    /// Port that the client dials [default: from the scheme, else every port that knows the host]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// http, https, tls or tcp [default: what the port speaks]
    #[arg(long, value_name = "SCHEME", hide_possible_values = true,
        value_parser = Words { words: SCHEMES, parse: str::parse::<Scheme> })]
    pub scheme: Option<Scheme>,
    /// Path, may hold ?query [default: that of the URL, else /]
    #[arg(long, value_name = "PATH")]
    pub path: Option<String>,
    /// A query parameter, repeatable
    #[arg(long, value_name = "K=V", value_parser = parse_query)]
    pub query: Vec<(String, String)>,
    /// HTTP method
    #[arg(short = 'X', long, value_name = "METHOD", default_value = "GET")]
    pub method: String,
    /// A header, repeatable; `Host` counts as --authority
    #[arg(short = 'H', long = "header", value_name = "K: V", value_parser = parse_header)]
    pub headers: Vec<(String, String)>,
    /// Host header [default: HOST, with the port as clients send it]
    #[arg(long, value_name = "HOST")]
    pub authority: Option<String>,
    /// Server name in the TLS handshake; '' for none [default: HOST]
    #[arg(long, value_name = "NAME")]
    pub sni: Option<String>,
    /// Address of the client, as headers show it
    #[arg(long, value_name = "IP")]
    pub client_ip: Option<IpAddr>,
    /// Address that a listener is bound to [default: any]
    #[arg(long, value_name = "IP")]
    pub address: Option<String>,
    /// Only the proxies and ports of this Gateway: NS/NAME, or NAME of any namespace
    #[arg(long, value_name = "NS/NAME")]
    pub gateway: Option<String>,
    /// Decide by this random value, as Envoy does: weighted destinations, shares of faults and mirrors [default: show
    /// all]
    #[arg(long, value_name = "N")]
    pub random: Option<u64>,
    /// List every route that was looked at, and why it does not match
    #[arg(long)]
    pub trace: bool,
    /// Answer the requests of a file (- for stdin), one JSON object a line
    ///
    /// Keys of a line: port (that of the listener, not of the Service; needed), address (of the listener; default: the
    /// wildcard, else the first), tls (default false), sni, clientCertificate (default false), alpn (a text or a list),
    /// proxyProtocol (default false), method (default GET; null: no HTTP), host, path (default /), headers (a list of
    /// [name, value]; `Host` among them counts before host). The answer to a line that is no request is an `error` with the
    /// number of the `line`.
    ///
    /// The input counts as complete here: what it does not hold does not exist.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["port", "scheme", "path", "query", "headers",
        "authority", "sni", "client_ip", "address", "gateway", "random", "trace"])]
    pub requests: Option<String>,
    /// text, json or yaml; jsonl with --requests
    #[arg(short, long, value_name = "FORMAT", aliases = ["format", "output-format"],
        hide_possible_values = true)]
    pub output: Option<HostFormat>,
    /// Where to find manifests.
    #[command(flatten)]
    pub input: InputArgs,
}

fn parse_header(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("a header is written `name: value`".to_owned()),
    }
}

fn parse_query(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a parameter is written `name=value`".to_owned()),
    }
}

/// Arguments of `gwctl explain rule`.
#[derive(Debug, Args)]
pub struct RuleArgs {
    /// Codes, names, or ids of the same check in other tools
    #[arg(value_name = "CODE|NAME", required_unless_present = "all", value_parser = RuleWords::Single,
        hide_possible_values = true)]
    pub rules: Vec<String>,
    /// All rules
    #[arg(long, conflicts_with = "rules")]
    pub all: bool,
    /// text, markdown or json [default: text]
    #[arg(short, long, value_name = "FORMAT", aliases = ["format", "output-format"],
        hide_possible_values = true)]
    pub output: Option<RuleFormat>,
}

/// Formats of `gwctl explain host`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HostFormat {
    /// For people.
    Text,
    /// JSON.
    Json,
    /// The same as YAML.
    Yaml,
    /// One answer a line.
    Jsonl,
}

/// Formats of `gwctl explain rule`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RuleFormat {
    /// For the terminal.
    Text,
    /// As in docs/rules.
    Markdown,
    /// JSON.
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_parameters_are_split_once() {
        assert_eq!(parse_header("x: a:b"), Ok(("x".into(), "a:b".into())));
        assert_eq!(parse_query("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert!(parse_query("=x").is_err() && parse_query("x").is_err());
        assert!(parse_header("x").is_err() && parse_header(": x").is_err());
    }
}
