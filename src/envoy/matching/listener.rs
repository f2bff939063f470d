//! Which listener takes a connection, and which of its filter chains.
//!
//! The listener is the kernel's choice. Mirrors `source/common/listener_manager/filter_chain_manager_impl.cc`:
//! `FilterChainManagerImpl::findFilterChain`, `findFilterChainForServerName` (1.40).

use std::net::IpAddr;

use rustc_hash::FxHashMap;

use super::answer::Reason;
use super::request::Request;
use crate::envoy::Table;
use crate::envoy::listener::{Address, Listener};

/// The listeners of a table by port, and their chains by server name.
#[derive(Debug)]
pub(super) struct Listeners {
    by_port: FxHashMap<u32, Vec<usize>>,
    chains: Vec<ServerNames>,
}

/// The chains of a listener: lower-cased server names, wildcards without their `*`, `""` for chains without names.
type ServerNames = FxHashMap<String, Vec<usize>>;

impl Listeners {
    pub(super) fn new(table: &Table) -> Self {
        let mut by_port: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (at, listener) in table.listeners.iter().enumerate() {
            by_port.entry(listener.address.port()).or_default().push(at);
        }
        let chains = table.listeners.iter().map(server_names).collect();
        Self { by_port, chains }
    }

    /// The listener that a connection reaches.
    pub(super) fn find(&self, table: &Table, request: &Request) -> Result<usize, Reason> {
        let on_port = self.by_port.get(&request.port).map_or(&[][..], Vec::as_slice);
        let mut refused = None;
        let mut best: Option<(u8, usize)> = None;
        for &at in on_port {
            let listener = &table.listeners[at];
            let Some(rank) = rank(&listener.address, request.address.as_deref()) else { continue };
            if table.verdict.rejected.iter().any(|rejected| rejected.name == listener.name) {
                refused = refused.or(Some(at));
            } else if best.is_none_or(|(other, _)| rank < other) {
                best = Some((rank, at));
            }
        }
        match (best, refused) {
            (Some((_, at)), _) => Ok(at),
            (None, Some(at)) => Err(Reason::ListenerRejected(at)),
            (None, None) => Err(Reason::NoListener),
        }
    }

    /// The chain of a listener for a server name (none for plaintext) and the client's protocols. There is no way
    /// back from a name whose chains want other protocols.
    pub(super) fn chain(
        &self,
        table: &Table,
        listener: usize,
        sni: Option<&str>,
        alpn: &[String],
    ) -> Result<usize, Reason> {
        let names = &self.chains[listener];
        let candidates =
            by_server_name(names, sni.unwrap_or_default()).ok_or(Reason::NoFilterChain)?;
        let protocols =
            |at: usize| &table.listeners[listener].filter_chains[at].matcher.application_protocols;
        let offered = alpn.iter().find_map(|offer| {
            candidates.iter().find(|&&at| protocols(at).iter().any(|protocol| protocol == offer))
        });
        let any = || candidates.iter().find(|&&at| protocols(at).is_empty());
        offered.or_else(any).copied().ok_or(Reason::NoProtocol)
    }
}

fn server_names(listener: &Listener) -> ServerNames {
    let mut names = ServerNames::default();
    for (at, chain) in listener.filter_chains.iter().enumerate() {
        if chain.matcher.server_names.is_empty() {
            names.entry(String::new()).or_default().push(at);
        }
        for name in &chain.matcher.server_names {
            let name = name.strip_prefix('*').unwrap_or(name).to_ascii_lowercase();
            names.entry(name).or_default().push(at);
        }
    }
    names
}

/// The exact name, then its suffixes from the first dot to the right, then no name.
fn by_server_name<'n>(names: &'n ServerNames, sni: &str) -> Option<&'n [usize]> {
    let sni = sni.to_ascii_lowercase();
    let suffixes = sni
        .match_indices('.')
        .map(|(dot, _)| dot)
        .filter(|&dot| dot > 0 && dot + 1 < sni.len())
        .map(|dot| &sni[dot..]);
    std::iter::once(&*sni)
        .chain(suffixes)
        .chain([""])
        .find_map(|name| names.get(name))
        .map(Vec::as_slice)
}

/// How well a listener's address fits the one that is dialled; none: it does not.
fn rank(address: &Address, dialled: Option<&str>) -> Option<u8> {
    let Address::Socket { address, .. } = address else {
        let Address::Pipe(path) = address else { return None };
        return (dialled?.strip_prefix("unix:")? == path).then_some(0);
    };
    let bound = address.parse::<IpAddr>().ok();
    let is_wildcard = bound.is_some_and(|bound| bound.is_unspecified());
    let Some(dialled) = dialled else { return Some(u8::from(!is_wildcard)) };
    if dialled == address {
        return Some(0);
    }
    let (bound, dialled) = (bound?, dialled.parse::<IpAddr>().ok()?);
    if bound == dialled {
        Some(0)
    } else if is_wildcard && bound.is_ipv4() == dialled.is_ipv4() {
        Some(1)
    } else {
        None
    }
}
