//! The format `short`: the columns of istioctl, byte for byte (mirrors istio 1.32 `istioctl/pkg/writer/envoy/
//! configdump/route.go, listener.go: PrintRouteSummary, PrintListenerSummary`), also where it cuts a list of domains.

use std::io::{self, Write};

use super::Routes;
use super::rows::{chain_origins, route_origins};
use super::view::{View, views};
use crate::envoy::listener::{Address, FilterChain, Terminal};
use crate::envoy::route::{Clusters, PathMatch, VirtualHost};
use crate::mesh::Origin;
use crate::report::printable;

/// Blanks after the widest cell of a column, for routes and for listeners.
const PADDING: (usize, usize) = (5, 1);

/// Protocols that istioctl knows by a name.
const PROTOCOLS: [(&str, &[&str]); 4] = [
    (
        "App: HTTP TLS",
        &["http/1.0", "http/1.1", "h2c", "istio-http/1.0", "istio-http/1.1", "istio-h2"],
    ),
    ("App: Istio HTTP Plain", &["istio", "istio-http/1.0", "istio-http/1.1", "istio-h2"]),
    ("App: TCP TLS", &["istio-peer-exchange", "istio"]),
    ("App: HTTP", &["http/1.0", "http/1.1", "h2c"]),
];

/// Writes the routes of all proxies; the listeners where they alone are asked for.
pub(super) fn write(routes: &Routes<'_>, out: &mut dyn Write) -> io::Result<()> {
    let many = routes.tables.len() > 1;
    for (at, view) in views(routes).enumerate() {
        if many {
            let name = printable(&view.table.proxy.name);
            writeln!(out, "{}PROXY {name}", if at == 0 { "" } else { "\n" })?;
        }
        let text = if routes.options.routes {
            let titles = ["NAME", "VHOST NAME", "DOMAINS", "MATCH", "VIRTUAL SERVICE"];
            laid_out(&titles, view.short_routes(), PADDING.0, routes.options.show_source)
        } else {
            let titles = ["ADDRESSES", "PORT", "MATCH", "DESTINATION"];
            laid_out(&titles, view.short_listeners(), PADDING.1, routes.options.show_source)
        };
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

impl View<'_> {
    fn short_routes(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for config in self.configs() {
            for host in self.hosts_of(config) {
                let domains = describe_domains(host);
                let mut add = |matcher: String, service: String, source| {
                    let names = [config.name.clone(), host.name.clone(), domains.clone()];
                    rows.push(names.into_iter().chain([matcher, service, source]).collect());
                };
                for route in &host.routes {
                    let (namespace, name) =
                        route.virtual_service.split_once('/').unwrap_or_default();
                    let matcher = describe_path(&route.matcher.path);
                    let source = self.places().lines(route_origins(route));
                    add(matcher, format!("{name}.{namespace}"), source);
                }
                if host.routes.is_empty() {
                    let of_domains = host.domains.iter().flat_map(|domain| &domain.origins);
                    let origins: Vec<Origin> =
                        host.require_tls.iter().chain(of_domains).copied().collect();
                    add("/*".into(), "404".into(), self.places().lines(origins));
                }
            }
        }
        rows
    }

    fn short_listeners(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for listener in &self.table.listeners {
            let (address, port) = match &listener.address {
                Address::Socket { address, port } => (address, *port),
                Address::Pipe(path) => (path, 0),
            };
            let chains = listener.filter_chains.iter();
            let mut chains: Vec<(String, &FilterChain)> = chains
                .filter(|chain| self.filter.shows_chain(listener, chain))
                .map(|chain| (describe_terminal(&chain.terminal), chain))
                .collect();
            chains.sort_by(|a, b| b.0.cmp(&a.0));
            for (destination, chain) in chains {
                let source = self.places().lines(chain_origins(chain));
                let matcher = describe_chain(chain);
                let (address, port) = (address.clone(), port.to_string());
                rows.push(vec![address, port, matcher, destination, source]);
            }
        }
        rows
    }
}

/// Mirrors `describeRouteDomains`.
fn describe_domains(host: &VirtualHost) -> String {
    let all: Vec<&str> = host.domains.iter().map(|domain| domain.name.as_str()).collect();
    if let [only] = all[..] {
        return only.to_owned();
    }
    let is_shown = |name: &&&str| match name.matches(':').count() {
        0 => true,
        n => n > 2 && name.ends_with(']'),
    };
    let shown: Vec<&str> = all.iter().filter(is_shown).copied().collect();
    let is_repeated = |name: &&&str| {
        [".svc.cluster.local", ".svc"]
            .iter()
            .filter_map(|suffix| name.strip_suffix(suffix))
            .any(|short| shown.contains(&short))
    };
    let kept: Vec<&str> = shown.iter().filter(|name| !is_repeated(name)).copied().collect();
    match &kept[..] {
        [first, second, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second} + {} more...", rest.len())
        }
        kept => kept.join(", "),
    }
}

/// Mirrors `describeMatch`.
fn describe_path(path: &PathMatch) -> String {
    match path {
        PathMatch::Prefix(prefix) if prefix.is_empty() => String::new(),
        PathMatch::Prefix(prefix) => format!("{prefix}*"),
        PathMatch::Path(path) => path.clone(),
        PathMatch::SafeRegex(regex) => format!("regex {regex}"),
    }
}

/// Mirrors `getMatches`.
fn describe_chain(chain: &FilterChain) -> String {
    let mut parts = Vec::new();
    let (names, protocols) = (&chain.matcher.server_names, &chain.matcher.application_protocols);
    if !names.is_empty() {
        parts.push(format!("SNI: {}", names.join(",")));
    }
    if !protocols.is_empty() {
        let known = PROTOCOLS.iter().find(|(_, list)| *list == &protocols[..]);
        parts.push(known.map_or_else(
            || format!("App: {}", protocols.join(",")),
            |(name, _)| (*name).to_owned(),
        ));
    }
    if parts.is_empty() { "ALL".into() } else { parts.join("; ") }
}

/// Mirrors `getFilterType`, which says nothing of weighted clusters.
fn describe_terminal(terminal: &Terminal) -> String {
    match terminal {
        Terminal::Http(manager) => format!("Route: {}", manager.route_config),
        Terminal::Tcp(proxy) => match &proxy.clusters {
            Clusters::Single(cluster) if cluster.name.contains("Cluster") => {
                cluster.name.to_string()
            }
            Clusters::Single(cluster) => format!("Cluster: {}", cluster.name),
            Clusters::Weighted(_) => "Cluster: ".into(),
        },
    }
}

/// Lays out rows as Go's `text/tabwriter` does: blanks also before an empty last cell, widths in characters.
fn laid_out(titles: &[&str], rows: Vec<Vec<String>>, padding: usize, with_source: bool) -> String {
    let columns = titles.len() + usize::from(with_source);
    let heading: Vec<String> =
        titles.iter().chain(&["SOURCE"]).map(|title| (*title).to_owned()).collect();
    let rows: Vec<Vec<String>> = [heading]
        .into_iter()
        .chain(rows)
        .map(|row| row.iter().take(columns).map(|cell| printable(cell).into_owned()).collect())
        .collect();
    let length = |cell: &String| cell.chars().count();
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().map(|row| length(&row[at])).max().unwrap_or_default() + padding)
        .collect();
    let mut out = String::new();
    for row in &rows {
        for (at, cell) in row.iter().enumerate() {
            out.push_str(cell);
            if at + 1 < columns {
                out.extend(std::iter::repeat_n(' ', widths[at] - length(cell)));
            }
        }
        out.push('\n');
    }
    out
}
