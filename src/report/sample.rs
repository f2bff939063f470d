//! Parts of tables, built by hand, for the tests of the formats.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::envoy::listener::{
    Address, FilterChain, FilterChainMatch, HttpConnectionManager, Listener, TcpProxy, Terminal,
};
use crate::envoy::route::{
    Action, ClusterName, Clusters, Domain, HeaderMutations, PathMatch, RedirectAction,
    RedirectPath, RetryPolicy, Route, RouteAction, RouteConfig, RouteMatch, VirtualHost,
    WeightedCluster,
};
use crate::envoy::{Table, Verdict};
use crate::istio::Version;
use crate::istio::duration::Duration;
use crate::manifest::{self, Header, Namespaces};
use crate::mesh::{Found, Front, Mesh, ObjectRef, Origin, Part, Proxy, Settings, Store};
use crate::text::{Source, SourceId, Sources, Span};
use crate::{istio, yaml};

/// The place of a part of the first VirtualService, which the sources of a test may lack.
pub(super) fn origin(part: Part) -> Origin {
    Origin::new(ObjectRef::VirtualService(0), part, Span::new(SourceId::new(0), 0, 0))
}

/// The proxy `istio-ingress/public`, given.
pub(super) fn proxy() -> Proxy {
    Proxy {
        name: "istio-ingress/public".into(),
        namespace: "istio-ingress".into(),
        labels: BTreeMap::from([("istio".into(), "ingressgateway".into())]),
        found: Found::Given,
        front: Front::Selecting,
        is_unprivileged: false,
        service_ports: Vec::new(),
        confused_ports: Vec::new(),
    }
}

/// A table without anything but listeners and route configurations.
pub(super) fn table(listeners: Vec<Listener>, routes: Vec<RouteConfig>) -> Table {
    Table {
        proxy: Arc::new(proxy()),
        listeners,
        routes,
        verdict: Verdict::default(),
        servers: Vec::new(),
        bindings: Vec::new(),
        met: Vec::new(),
        dropped: Vec::new(),
    }
}

pub(super) fn listener(port: u32, filter_chains: Vec<FilterChain>) -> Listener {
    let address = Address::Socket { address: "0.0.0.0".into(), port };
    let listener_filters = Vec::new();
    Listener { name: format!("0.0.0.0_{port}"), address, listener_filters, filter_chains }
}

pub(super) fn chain(server_names: &[&str], terminal: Terminal) -> FilterChain {
    let server_names: Vec<String> = server_names.iter().map(|&name| name.to_owned()).collect();
    FilterChain {
        inspects_tls: !server_names.is_empty(),
        matcher: FilterChainMatch { server_names, application_protocols: Vec::new() },
        tls: None,
        network_filters: Vec::new(),
        terminal,
        origins: Vec::new(),
    }
}

pub(super) fn http(route_config: &str) -> Terminal {
    Terminal::Http(HttpConnectionManager {
        route_config: route_config.into(),
        http_filters: vec!["istio.alpn", "envoy.filters.http.router"],
        normalize_path: true,
        merge_slashes: false,
        unescape_slashes: false,
        xff_num_trusted_hops: 0,
        forward_client_cert_details: "SANITIZE_SET".into(),
    })
}

pub(super) fn tcp(clusters: Clusters) -> Terminal {
    Terminal::Tcp(TcpProxy {
        clusters,
        idle_timeout: None,
        hash_source_ip: false,
        tunneling: None,
        origin: None,
        virtual_service: Some("data/db".into()),
    })
}

pub(super) fn virtual_host(host: &str, port: u32, routes: Vec<Route>) -> VirtualHost {
    VirtualHost {
        name: format!("{host}:{port}"),
        domains: vec![Domain { name: host.into(), origins: Vec::new() }],
        routes: routes.into_iter().map(Arc::new).collect(),
        segments: Vec::new(),
        require_tls: Vec::new(),
        include_attempt_count: true,
    }
}

/// A route of the VirtualService `app/shop`.
pub(super) fn route(path: PathMatch, action: Action) -> Route {
    Route {
        name: String::new(),
        matcher: RouteMatch { path, case_sensitive: Some(true), ..RouteMatch::any() },
        stat_prefix: None,
        virtual_service: "app/shop".into(),
        decorator: "shop:80/*".into(),
        action,
        headers: HeaderMutations::default(),
        fault: None,
        cors: None,
        origin: origin(Part::Http(0)),
        delegated_by: None,
    }
}

pub(super) fn forward(clusters: Clusters) -> RouteAction {
    RouteAction {
        clusters,
        timeout: Duration(0),
        retry_policy: Some(Arc::new(RetryPolicy {
            num_retries: 2,
            retry_on: "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes"
                .into(),
            retriable_status_codes: Vec::new(),
            per_try_timeout: None,
            previous_hosts: true,
            previous_priorities: false,
            base_interval: None,
        })),
        prefix_rewrite: None,
        regex_rewrite: None,
        host_rewrite_literal: None,
        append_x_forwarded_host: false,
        mirrors: Vec::new(),
        hash_policy: Vec::new(),
    }
}

pub(super) fn cluster(name: &str) -> ClusterName {
    ClusterName { name: name.into(), span: None }
}

pub(super) fn single(name: &str) -> Clusters {
    Clusters::Single(cluster(name))
}

pub(super) fn weighted(clusters: &[(&str, u32)]) -> Clusters {
    let weighted = |&(name, weight): &(&str, u32)| WeightedCluster {
        cluster: cluster(name),
        weight,
        headers: HeaderMutations::default(),
        host_rewrite_literal: None,
    };
    Clusters::Weighted(clusters.iter().map(weighted).collect())
}

/// The same path over https.
pub(super) fn to_https(code: u32) -> Action {
    Action::Redirect(Box::new(RedirectAction {
        host: None,
        path: RedirectPath::Path(String::new()),
        scheme: Some("https".into()),
        port: 0,
        code,
    }))
}

/// The objects of one file, `gw.yaml`.
pub(super) fn mesh(text: &str) -> (Mesh, Sources) {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("gw.yaml", text));
    let mut resources = Vec::new();
    for chunk in yaml::split(text) {
        let tree = yaml::parse(source, text, &chunk).unwrap();
        let root = tree.root().unwrap();
        for item in manifest::objects(root, text, 0, Namespaces::assumed("default")) {
            let Header::Object(meta) = item.header else { continue };
            resources.extend(istio::read(*meta, item.node, &tree, Version::default()).resource);
        }
    }
    (Mesh::new(Store::new(resources).0, Settings::default()), sources)
}
