//! The whole way of a request through a table that is prepared for many.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::action;
use super::answer::{Answer, Outcome, Reason, Step, Verdict};
use super::handshake::handshake;
use super::http1::{self, BadRequest};
use super::incoming::Incoming;
use super::listener::Listeners;
use super::request::Request;
use super::rewrite;
use super::route::Match;
use super::text::Patterns;
use super::virtual_host::Domains;
use crate::envoy::Table;
use crate::envoy::listener::{FilterChain, HttpConnectionManager, Terminal};
use crate::envoy::route::{Route, RouteConfig};

/// A table, prepared: names in maps, patterns compiled once. Route configurations are prepared when first asked.
#[derive(Debug)]
pub struct Matcher<'t> {
    table: &'t Table,
    listeners: Listeners,
    configs: Vec<OnceLock<Config<'t>>>,
}

/// A prepared route configuration.
#[derive(Debug)]
struct Config<'t> {
    domains: Domains<'t>,
    /// Compiled matches; virtual hosts share routes.
    matches: Vec<Match<'t>>,
    /// By virtual host: its routes as indices in `matches`.
    routes: Vec<Vec<u32>>,
    is_rejected: bool,
}

impl<'t> Matcher<'t> {
    /// Prepares a table.
    pub fn new(table: &'t Table) -> Self {
        let configs = table.routes.iter().map(|_| OnceLock::new()).collect();
        Self { table, listeners: Listeners::new(table), configs }
    }

    /// The table.
    pub fn table(&self) -> &'t Table {
        self.table
    }

    /// What Envoy does with a request.
    pub fn answer(&self, request: &Request) -> Answer {
        self.run(request, None)
    }

    /// What Envoy does with a request, and what came of each route of the virtual host.
    pub fn trace(&self, request: &Request) -> (Answer, Vec<Step>) {
        let mut steps = Vec::new();
        let answer = self.run(request, Some(&mut steps));
        (answer, steps)
    }

    fn run(&self, request: &Request, trace: Option<&mut Vec<Step>>) -> Answer {
        let at = match self.listeners.find(self.table, request) {
            Ok(at) => at,
            Err(reason) => return Answer::new(Outcome::Refused, reason),
        };
        let listener = &self.table.listeners[at];
        let mut answer = Answer::new(Outcome::Closed, Reason::NoFilterChain);
        answer.listener = Some(at);
        let wants_line =
            listener.listener_filters.iter().any(|filter| filter.ends_with("proxy_protocol"));
        if wants_line && !request.proxy_protocol {
            answer.reason = Reason::NoProxyLine;
            return answer;
        }
        // A line that nobody expects is plain bytes to whoever comes next.
        let is_garbled = request.proxy_protocol && !wants_line;
        let is_tls = request.tls && !is_garbled;
        let sni = request.sni.as_deref().filter(|_| is_tls);
        let alpn = if is_tls { &request.alpn[..] } else { &[] };
        match self.listeners.chain(self.table, at, sni, alpn) {
            Ok(chain) => answer.filter_chain = Some(chain),
            Err(reason) => {
                answer.reason = reason;
                return answer;
            }
        }
        let chain = &listener.filter_chains[answer.filter_chain.unwrap_or_default()];
        match &chain.terminal {
            Terminal::Tcp(tcp) => {
                answer.clusters = action::shares(self.table, &tcp.clusters, request.random);
                action::tcp(&mut answer, is_tls && chain.tls.is_none());
                if answer.reason == Reason::Forwarded {
                    terminate_tls(chain, request, is_tls, &mut answer);
                }
            }
            Terminal::Http(manager) => {
                answer.outcome = Outcome::Http;
                if terminate_tls(chain, request, is_tls, &mut answer) {
                    self.http(manager, chain, request, is_garbled, &mut answer, trace);
                }
            }
        }
        answer
    }

    /// The part of an HTTP connection manager.
    fn http(
        &self,
        manager: &HttpConnectionManager,
        chain: &FilterChain,
        request: &Request,
        is_garbled: bool,
        answer: &mut Answer,
        trace: Option<&mut Vec<Step>>,
    ) {
        if request.tls && chain.tls.is_none() {
            answer.status = Some(400);
            answer.plaintext = !is_garbled;
            answer.reason = Reason::TlsOnPlaintext;
            return;
        }
        let config = self.config(&manager.route_config);
        answer.route_config = config.map(|(at, _)| at);
        let incoming = match http1::read(request, manager, chain.tls.is_some()) {
            _ if is_garbled => return refuse(answer, BadRequest::NoHttp),
            Ok(incoming) => incoming,
            Err(refused) => {
                if refused.why.has_virtual_host() {
                    answer.virtual_host =
                        config.and_then(|(_, config)| config.find(refused.authority.as_deref()));
                }
                answer.location = refused.location;
                return refuse(answer, refused.why);
            }
        };
        match config {
            Some((at, config)) => {
                self.route(&self.table.routes[at], config, &incoming, answer, trace);
            }
            None => not_found(answer, Reason::NoVirtualHost),
        }
    }

    fn config(&self, name: &str) -> Option<(usize, &Config<'t>)> {
        let at =
            self.table.routes.binary_search_by(|config| config.name.as_str().cmp(name)).ok()?;
        let prepare = || Config::new(self.table, &self.table.routes[at]);
        Some((at, self.configs[at].get_or_init(prepare)))
    }

    /// The part of the router.
    fn route(
        &self,
        written: &RouteConfig,
        config: &Config<'t>,
        incoming: &Incoming<'_>,
        answer: &mut Answer,
        trace: Option<&mut Vec<Step>>,
    ) {
        if config.is_rejected {
            return not_found(answer, Reason::TableRejected);
        }
        let Some(host) = config.find(Some(&incoming.authority)) else {
            return not_found(answer, Reason::NoVirtualHost);
        };
        answer.virtual_host = Some(host);
        let written = &written.virtual_hosts[host];
        if written.requires_tls() && incoming.forwarded_proto != "https" {
            answer.status = Some(301);
            answer.location = Some(rewrite::https_location(incoming));
            answer.reason = Reason::HttpsRedirect;
            return;
        }
        answer.route = match trace {
            Some(steps) => config.explain(host, incoming, steps),
            None => config.choose(host, incoming),
        };
        match answer.route {
            Some(at) => action::run(self.table, &written.routes[at], incoming, answer),
            None => not_found(answer, Reason::NoRoute),
        }
    }
}

impl<'t> Config<'t> {
    fn new(table: &Table, written: &'t RouteConfig) -> Self {
        let mut patterns = Patterns::default();
        let mut known: FxHashMap<*const Route, u32> = FxHashMap::default();
        let mut matches = Vec::new();
        let mut index = |route: &'t Arc<Route>| {
            *known.entry(Arc::as_ptr(route)).or_insert_with(|| {
                matches.push(Match::new(&route.matcher, &mut patterns));
                u32::try_from(matches.len() - 1).expect("fewer than 2^32 routes in a table")
            })
        };
        let routes = written
            .virtual_hosts
            .iter()
            .map(|host| host.routes.iter().map(&mut index).collect())
            .collect();
        Self {
            domains: Domains::new(written),
            matches,
            routes,
            is_rejected: table
                .verdict
                .rejected
                .iter()
                .any(|rejected| rejected.name == written.name),
        }
    }

    fn find(&self, authority: Option<&str>) -> Option<usize> {
        if self.is_rejected { None } else { self.domains.find(authority) }
    }

    /// The first route that matches.
    fn choose(&self, host: usize, incoming: &Incoming<'_>) -> Option<usize> {
        let path = incoming.path_only();
        self.routes[host].iter().position(|&at| self.matches[at as usize].holds(incoming, path))
    }

    /// The same, with what came of each.
    fn explain(
        &self,
        host: usize,
        incoming: &Incoming<'_>,
        steps: &mut Vec<Step>,
    ) -> Option<usize> {
        let mut chosen = None;
        for (route, &at) in self.routes[host].iter().enumerate() {
            let verdict = match self.matches[at as usize].mismatch(incoming) {
                mismatch if chosen.is_some() => Verdict::NotReached { holds: mismatch.is_none() },
                None => {
                    chosen = Some(route);
                    Verdict::Matched
                }
                Some(mismatch) => Verdict::Mismatched(mismatch),
            };
            steps.push(Step { route, verdict });
        }
        chosen
    }
}

/// Whether the connection goes on; otherwise the answer says why not.
fn terminate_tls(
    chain: &FilterChain,
    request: &Request,
    is_tls: bool,
    answer: &mut Answer,
) -> bool {
    let Some(tls) = &chain.tls else { return true };
    let result = if is_tls {
        handshake(tls, request.client_certificate)
    } else {
        Err((Outcome::Closed, Reason::PlaintextOnTls))
    };
    match result {
        Ok(()) => true,
        Err((outcome, reason)) => {
            (answer.outcome, answer.reason) = (outcome, reason);
            false
        }
    }
}

fn not_found(answer: &mut Answer, reason: Reason) {
    answer.status = Some(404);
    answer.reason = reason;
}

fn refuse(answer: &mut Answer, why: BadRequest) {
    answer.status = Some(why.status());
    answer.reason = Reason::BadRequest(why);
}
