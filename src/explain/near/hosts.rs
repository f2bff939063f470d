//! Hosts, server names and listeners that the proxies know.

use super::line;
use super::unbound::without_namespace;
use crate::envoy::Table;
use crate::envoy::listener::FilterChain;
use crate::envoy::matching::{Answer, Matcher};
use crate::explain::document::Line;
use crate::explain::similar::closeness;
use crate::explain::words;

/// What the filter chains of the listener are for, but for those whose names were told as near.
pub(super) fn chains(table: &Table, answer: &Answer, most: usize, lines: &mut Vec<Line>) {
    let Some(listener) = answer.listener(table) else { return };
    let is_told = |name: &str| {
        lines.iter().any(|line| {
            line.what.strip_prefix(name).is_some_and(|rest| rest.starts_with(" is known"))
        })
    };
    let is_new = |chain: &&FilterChain| {
        let names = &chain.matcher.server_names;
        names.is_empty() || !names.iter().all(|name| is_told(name))
    };
    let chains: Vec<&FilterChain> =
        listener.filter_chains.iter().filter(is_new).take(most).collect();
    for chain in chains {
        let at = chain.origins.first().map(|origin| origin.span);
        let what = format!("a filter chain for {}", words::chain_match(&chain.matcher));
        lines.push(line(what, "", at));
    }
}

/// The listeners of a proxy.
pub(super) fn listeners(table: &Table, lines: &mut Vec<Line>) {
    for listener in &table.listeners {
        let origin = listener.filter_chains.first().and_then(|chain| chain.origins.first());
        let what = format!("the proxy listens on {}", words::address(&listener.address));
        lines.push(line(what, "", origin.map(|origin| origin.span)));
    }
}

/// The domains of the route configuration that was asked.
pub(super) fn domains(table: &Table, answer: &Answer, lines: &mut Vec<Line>) {
    let Some(config) = answer.route_config(table) else { return };
    for domain in config.virtual_hosts.iter().flat_map(|host| &host.domains) {
        if let Some(origin) = domain.origins.first() {
            lines.push(line(format!("{} is served here", domain.name), "", Some(origin.span)));
        }
    }
}

/// Hosts that are one wildcard or a few letters away.
pub(super) fn other_hosts(matchers: &[Matcher<'_>], host: &str, lines: &mut Vec<Line>) {
    let mut seen: Vec<&str> = Vec::new();
    let is_known = matchers.iter().any(|matcher| has_host(matcher.table(), host));
    for matcher in matchers {
        let table = matcher.table();
        let hosts = table.routes.iter().flat_map(|config| &config.virtual_hosts);
        let domains = hosts.flat_map(|host| &host.domains);
        let domains = domains.map(|domain| (&domain.name, domain.origins.first()));
        let chains = table.listeners.iter().flat_map(|listener| &listener.filter_chains);
        let names = chains.flat_map(|chain| {
            chain.matcher.server_names.iter().map(|name| (name, chain.origins.last()))
        });
        for (name, origin) in domains.chain(names) {
            let Some(why) = closeness(name, host) else { continue };
            let is_parent = name.strip_prefix("*.") == Some(host);
            if is_parent && is_known {
                continue;
            }
            if !seen.contains(&name.as_str()) {
                seen.push(name);
                let fix =
                    if is_parent { format!("add {host} to the hosts") } else { String::new() };
                let what = format!("{name} is known, {why}");
                lines.push(line(what, fix, origin.map(|at| at.span)));
            }
        }
    }
}

/// Whether a table knows the host by its own name.
fn has_host(table: &Table, host: &str) -> bool {
    let hosts = table.routes.iter().flat_map(|config| &config.virtual_hosts);
    let mut domains = hosts.flat_map(|host| &host.domains);
    let of_server = |own: &String| without_namespace(own).eq_ignore_ascii_case(host);
    domains.any(|domain| domain.name == host && !domain.origins.is_empty())
        || table.servers.iter().any(|server| server.hosts.iter().any(of_server))
}
