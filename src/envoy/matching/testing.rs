//! Small tables for the tests of this folder and of `explain`.

use std::sync::Arc;

use crate::envoy::listener::{
    Address, DownstreamTls, FilterChain, FilterChainMatch, HttpConnectionManager, Listener,
    TcpProxy, Terminal, TlsParams,
};
use crate::envoy::route::{
    Action, ClusterName, Clusters, Domain, HeaderMutations, PathMatch, RedirectAction,
    RedirectPath, Route, RouteAction, RouteConfig, RouteMatch, VirtualHost,
};
use crate::envoy::{Table, Verdict};
use crate::istio::duration::Duration;
use crate::istio::gateway::TlsMode;
use crate::mesh::{Found, Front, ObjectRef, Origin, Part, Proxy};
use crate::text::{SourceId, Span};

pub(crate) fn origin() -> Origin {
    Origin::new(ObjectRef::Gateway(0), Part::Whole, Span::new(SourceId::new(0), 0, 0))
}

pub(crate) fn table(listeners: Vec<Listener>, routes: Vec<RouteConfig>) -> Table {
    let proxy = Proxy {
        name: "istio-system/gw".into(),
        namespace: "istio-system".into(),
        labels: std::collections::BTreeMap::new(),
        found: Found::Given,
        front: Front::Selecting,
        is_unprivileged: false,
        service_ports: Vec::new(),
        confused_ports: Vec::new(),
    };
    Table {
        proxy: Arc::new(proxy),
        listeners,
        routes,
        verdict: Verdict::default(),
        servers: Vec::new(),
        bindings: Vec::new(),
        met: Vec::new(),
        dropped: Vec::new(),
    }
}

pub(crate) fn listener(address: &str, port: u32, filter_chains: Vec<FilterChain>) -> Listener {
    Listener {
        name: format!("{address}_{port}"),
        address: Address::Socket { address: address.into(), port },
        listener_filters: Vec::new(),
        filter_chains,
    }
}

pub(crate) fn http(route_config: &str) -> FilterChain {
    let manager = HttpConnectionManager {
        route_config: route_config.into(),
        http_filters: Vec::new(),
        normalize_path: true,
        merge_slashes: false,
        unescape_slashes: false,
        xff_num_trusted_hops: 0,
        forward_client_cert_details: "SANITIZE_SET".into(),
    };
    chain(Terminal::Http(manager))
}

pub(crate) fn tcp(cluster: &str) -> FilterChain {
    chain(Terminal::Tcp(TcpProxy {
        clusters: Clusters::Single(ClusterName { name: cluster.into(), span: None }),
        idle_timeout: None,
        hash_source_ip: false,
        tunneling: None,
        origin: None,
        virtual_service: None,
    }))
}

fn chain(terminal: Terminal) -> FilterChain {
    FilterChain {
        matcher: FilterChainMatch::default(),
        tls: None,
        inspects_tls: false,
        network_filters: Vec::new(),
        terminal,
        origins: vec![origin()],
    }
}

impl FilterChain {
    pub(crate) fn named(mut self, names: &[&str]) -> Self {
        self.matcher.server_names = names.iter().map(|&name| name.to_owned()).collect();
        self
    }

    pub(crate) fn terminating(mut self) -> Self {
        self.tls = Some(DownstreamTls {
            mode: TlsMode::Simple,
            alpn_protocols: Vec::new(),
            certificates: vec!["kubernetes://cert".into()],
            require_client_certificate: false,
            validation: None,
            params: TlsParams::default(),
        });
        self
    }
}

pub(crate) fn config(name: &str, virtual_hosts: Vec<VirtualHost>) -> RouteConfig {
    RouteConfig { name: name.into(), virtual_hosts }
}

pub(crate) fn host(domains: &[&str], routes: Vec<Route>) -> VirtualHost {
    VirtualHost {
        name: format!("{}:80", domains[0]),
        domains: domains
            .iter()
            .map(|&name| Domain { name: name.into(), origins: vec![] })
            .collect(),
        routes: routes.into_iter().map(Arc::new).collect(),
        segments: Vec::new(),
        require_tls: Vec::new(),
        include_attempt_count: true,
    }
}

pub(crate) fn prefix(prefix: &str) -> RouteMatch {
    RouteMatch { path: PathMatch::Prefix(prefix.into()), ..RouteMatch::any() }
}

pub(crate) fn to(cluster: &str) -> RouteAction {
    RouteAction {
        clusters: Clusters::Single(ClusterName { name: cluster.into(), span: None }),
        timeout: Duration::default(),
        retry_policy: None,
        prefix_rewrite: None,
        regex_rewrite: None,
        host_rewrite_literal: None,
        append_x_forwarded_host: false,
        mirrors: Vec::new(),
        hash_policy: Vec::new(),
    }
}

pub(crate) fn redirect(path: &str) -> RedirectAction {
    RedirectAction {
        host: None,
        path: RedirectPath::Path(path.into()),
        scheme: None,
        port: 0,
        code: 301,
    }
}

pub(crate) fn route(matcher: RouteMatch, action: Action) -> Route {
    Route {
        name: String::new(),
        matcher,
        stat_prefix: None,
        virtual_service: "shop/shop".into(),
        decorator: String::new(),
        action,
        headers: HeaderMutations::default(),
        fault: None,
        cors: None,
        origin: origin(),
        delegated_by: None,
    }
}

pub(crate) fn forward(matcher: RouteMatch, cluster: &str) -> Route {
    route(matcher, Action::Route(Box::new(to(cluster))))
}
