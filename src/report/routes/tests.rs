//! The view for people, as a whole.

use std::sync::Arc;

use super::{Certain, Order, Routes, RoutesFormat, RoutesOptions, Row};
use crate::envoy::listener::{DownstreamTls, TlsParams};
use crate::envoy::route::{Action, HeaderMatcher, PathMatch, RouteConfig, StringMatcher};
use crate::envoy::{DropReason, Dropped, Rejected, ServerRecord, Table};
use crate::istio::gateway::TlsMode;
use crate::mesh::{Found, Mesh, ObjectRef, Origin, Part};
use crate::report::sample::{
    chain, forward, http, listener, mesh, route, single, table as sample, tcp, virtual_host,
    weighted,
};
use crate::rules::{ClusterPresences, Complete, SecretPresences, Unread};
use crate::text::{SourceId, Sources, Span};

const MANIFESTS: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: istio-system}
spec:
  servers:
  - port: {number: 8443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
  - port: {number: 8080, name: tcp, protocol: TCP}
    hosts: ['*']
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  http:
  - match: [{uri: {prefix: /cart}}]
  - route: [{destination: {host: web}}]
";

/// A part that begins with `text`.
fn at(sources: &Sources, object: ObjectRef, part: Part, text: &str) -> Origin {
    let (source, file) = sources.iter().next().unwrap();
    let start = u32::try_from(file.text.find(text).unwrap()).unwrap();
    Origin::new(object, part, Span::new(source, start, start + 1))
}

/// The table of the manual, with a few things left out of it.
fn shop() -> (Table, Mesh, Sources) {
    let (mesh, sources) = mesh(MANIFESTS);
    let service = ObjectRef::VirtualService(0);
    let server = at(&sources, ObjectRef::Gateway(0), Part::Server(0), "port: {number: 8443");
    let (v1, v2) = (
        "outbound|8080|v1|cart.shop.svc.cluster.local",
        "outbound|8080|v2|cart.shop.svc.cluster.local",
    );
    let to = |clusters| Action::Route(Box::new(forward(clusters)));
    let on = |path: &str, name: &str, action| {
        let mut route = route(PathMatch::Prefix(path.into()), action);
        route.virtual_service = name.into();
        route.origin = at(&sources, service, Part::Http(0), "match: [");
        route
    };
    let mut beta = on("/cart", "shop/cart", to(single(v2)));
    let value = Some(StringMatcher::SafeRegex("^1$".into()));
    beta.matcher.headers = vec![HeaderMatcher { name: "x-beta".into(), value, invert: false }];
    let cart = on("/cart", "shop/cart", to(weighted(&[(v1, 90), (v2, 10)])));
    let web = on("/", "shop/shop", to(single("outbound|80||web.shop.svc.cluster.local")));
    let mut plain = virtual_host("shop.example.com", 80, Vec::new());
    plain.require_tls = vec![server];
    let mut secure = virtual_host("shop.example.com", 443, vec![beta, cart, web]);
    secure.domains[0].origins = vec![server];
    let name = "https.443.https.public.istio-system";
    let mut terminated = chain(&["shop.example.com"], http(name));
    terminated.origins = vec![server];
    terminated.tls = Some(DownstreamTls {
        mode: TlsMode::Simple,
        alpn_protocols: vec!["h2"],
        certificates: vec!["kubernetes://shop-cert".into()],
        require_client_certificate: false,
        validation: None,
        params: TlsParams::default(),
    });
    let db = single("outbound|5432||db.data.svc.cluster.local");
    let mut table = sample(
        vec![
            listener(8080, vec![chain(&[], http("http.8080"))]),
            listener(8443, vec![terminated, chain(&["db.example.com"], tcp(db))]),
        ],
        vec![
            RouteConfig { name: "http.8080".into(), virtual_hosts: vec![plain] },
            RouteConfig { name: name.into(), virtual_hosts: vec![secure] },
        ],
    );
    table.verdict.missing_clusters.insert("outbound|80||web.shop.svc.cluster.local".into());
    (table, mesh, sources)
}

fn text(table: Table, mesh: &Mesh, sources: &Sources, options: &RoutesOptions) -> String {
    text_of(table, mesh, sources, options, &Certain)
}

fn text_of(
    table: Table,
    mesh: &Mesh,
    sources: &Sources,
    options: &RoutesOptions,
    order: &dyn Order,
) -> String {
    let (complete, unread) = (Complete::default(), Unread::default());
    let clusters = ClusterPresences::new(mesh, &complete, &unread);
    let secrets = &SecretPresences::new(mesh, &complete, &unread);
    let (tables, clusters) = (&[table][..], &clusters);
    let routes =
        Routes { tables, mesh, sources, options, clusters, secrets, order, contested: &[] };
    let mut out = Vec::new();
    routes.write(RoutesFormat::Table, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn listeners_and_routes_are_tables() {
    let (table, mesh, sources) = shop();
    let expected = "\
PROXY istio-ingress/public  (istio=ingressgateway)  given

LISTENER      MATCH                  TLS                                         DESTINATION
0.0.0.0:8080  ALL                    -                                           Route: http.8080
0.0.0.0:8443  SNI: shop.example.com  SIMPLE shop-cert (secret not in the input)  Route: https.443.https.public.istio-system
0.0.0.0:8443  SNI: db.example.com    PASSTHROUGH                                 Cluster: outbound|5432||db.data.svc.cluster.local

NAME                                 VHOST                 DOMAINS           MATCH                VIRTUAL SERVICE  DESTINATION
http.8080                            shop.example.com:80   shop.example.com  *                    -                301 https://
https.443.https.public.istio-system  shop.example.com:443  shop.example.com  /cart*  x-beta=~^1$  cart.shop        cart.shop:8080/v2
                                                                             /cart*               cart.shop        90% cart.shop:8080/v1  10% cart.shop:8080/v2
                                                                             /*                   shop.shop        web.shop:80 (service not in the input)
";
    assert_eq!(text(table, &mesh, &sources, &RoutesOptions::default()), expected);
}

#[test]
fn a_filter_leaves_the_rows_that_meet_it() {
    let (table, mesh, sources) = shop();
    let with = |set: fn(&mut RoutesOptions)| {
        let mut options = RoutesOptions::default();
        set(&mut options);
        text(table.clone(), &mesh, &sources, &options)
    };
    let host = with(|options| {
        options.host = Some("DB.example.com".into());
        options.show_source = true;
    });
    let expected = "\
PROXY istio-ingress/public  (istio=ingressgateway)  given

LISTENER      MATCH                TLS          DESTINATION                                        SOURCE
0.0.0.0:8443  SNI: db.example.com  PASSTHROUGH  Cluster: outbound|5432||db.data.svc.cluster.local
";
    assert_eq!(host, expected);
    let name = with(|options| {
        options.name = Some("http.8080".into());
        options.listeners = false;
        options.show_source = true;
    });
    let expected = "\
PROXY istio-ingress/public  (istio=ingressgateway)  given

NAME       VHOST                DOMAINS           MATCH  VIRTUAL SERVICE  DESTINATION   SOURCE
http.8080  shop.example.com:80  shop.example.com  *      -                301 https://  gw.yaml:6
";
    assert_eq!(name, expected);
    let port = with(|options| options.port = Some(8080));
    assert!(port.contains("Route: http.8080") && !port.contains("8443"), "{port}");
    let gateway = with(|options| options.gateway = Some("istio-system/public".into()));
    assert!(gateway.contains("web.shop:80") && gateway.contains("SIMPLE"), "{gateway}");
    let nothing = with(|options| options.gateway = Some("other/public".into()));
    assert_eq!(nothing, "nothing in the tables matches\n");
}

#[test]
fn wildcards_cover_a_host_that_is_asked_for() {
    let (mesh, sources) = mesh(MANIFESTS);
    let hosts = ["*", "*.example.com", "a.example.com", "b.example.com"];
    let hosts = hosts.map(|host| virtual_host(host, 80, Vec::new()));
    let config = RouteConfig { name: "http.80".into(), virtual_hosts: hosts.into() };
    let table = sample(vec![listener(80, vec![chain(&[], http("http.80"))])], vec![config]);
    let options = RoutesOptions { host: Some("a.example.com".into()), ..RoutesOptions::default() };
    let expected = "\
PROXY istio-ingress/public  (istio=ingressgateway)  given

LISTENER    MATCH  TLS  DESTINATION
0.0.0.0:80  ALL    -    Route: http.80

NAME     VHOST             DOMAINS        MATCH  VIRTUAL SERVICE  DESTINATION
http.80  *:80              *              *      -                404
         *.example.com:80  *.example.com  *      -                404
         a.example.com:80  a.example.com  *      -                404
";
    assert_eq!(text(table, &mesh, &sources, &options), expected);
}

#[test]
fn what_is_not_there_is_told_with_its_reason() {
    let (mesh, sources) = mesh(MANIFESTS);
    let tcp = at(&sources, ObjectRef::Gateway(0), Part::Server(1), "port: {number: 8080");
    let server = at(&sources, ObjectRef::Gateway(0), Part::Server(0), "port: {number: 8443");
    let rule =
        at(&sources, ObjectRef::VirtualService(0), Part::HttpMatch(0, 0), "{uri: {prefix: /cart}}");
    let catch_all = at(&sources, ObjectRef::VirtualService(0), Part::Http(1), "route: [");
    let record = |origin, index, port| ServerRecord {
        unknown_target: None,
        origin,
        gateway: 0,
        index,
        port,
        bind: String::new(),
        hosts: vec!["*".into()],
        has_placeholder: false,
        route_config: String::new(),
        is_live: false,
        has_chain: false,
        is_displaced: false,
    };
    let mut table = sample(Vec::new(), Vec::new());
    let proxy = Arc::make_mut(&mut table.proxy);
    proxy.found = Found::Assumed;
    table.servers = vec![record(server, 0, 8443), record(tcp, 1, 8080)];
    table.verdict.rejected = vec![Rejected {
        name: "0.0.0.0_8443".into(),
        cause: crate::envoy::Cause::Status,
        reason: "two filter chains match `a.com`".into(),
        origins: vec![server, tcp],
    }];
    let dropped =
        Dropped { what: tcp, server: None, reason: DropReason::PortConflict, by: Some(server) };
    table.dropped = vec![
        dropped.clone(),
        dropped,
        Dropped {
            what: rule,
            server: Some(0),
            reason: DropReason::BehindCatchAll,
            by: Some(catch_all),
        },
    ];
    let expected = "\
PROXY istio-ingress/public  (istio=ingressgateway)  assumed in namespace istio-ingress

no listener: nothing answers on any port of this proxy

refused by Envoy:
  0.0.0.0_8443  two filter chains match `a.com`  gw.yaml:6, gw.yaml:8

not in the table:
  Gateway istio-system/public spec.servers[1]     gw.yaml:8   port 8080 is taken by the plaintext server Gateway istio-system/public spec.servers[0] (gw.yaml:6); istiod drops this server whole
  VirtualService shop/cart spec.http[0].match[0]  gw.yaml:17  on Gateway istio-system/public spec.servers[0]: VirtualService shop/cart spec.http[1] (gw.yaml:18) matches every request before it
";
    assert_eq!(text(table, &mesh, &sources, &RoutesOptions::default()), expected);
}

#[test]
fn colour_is_for_headings_and_control_characters_do_not_pass() {
    let (mesh, sources) = mesh(MANIFESTS);
    let chain = chain(&["a\u{1b}[31m"], http("http.80"));
    let table = sample(vec![listener(80, vec![chain])], Vec::new());
    let options = RoutesOptions { color: true, ..RoutesOptions::default() };
    let got = text(table, &mesh, &sources, &options);
    assert!(got.starts_with("\u{1b}[1mPROXY istio-ingress/public\u{1b}[0m  ("), "{got}");
    assert!(got.contains("SNI: a\u{fffd}[31m"), "{got}");
}

#[test]
fn a_heading_tells_how_the_proxy_was_found() {
    let (mesh, sources) = mesh(MANIFESTS);
    let origin = Origin::new(ObjectRef::Gateway(0), Part::Whole, Span::new(SourceId::new(0), 0, 1));
    let mut table = sample(Vec::new(), Vec::new());
    Arc::make_mut(&mut table.proxy).found = Found::Workload(origin);
    let got = text(table, &mesh, &sources, &RoutesOptions::default());
    assert!(got.contains("  found by Gateway istio-system/public at gw.yaml:1\n"), "{got}");
}

/// All routes of a VirtualService depend on creation time.
struct Competing;

impl Order for Competing {
    fn rivals(&self, _: &Table, row: Row<'_>) -> Option<[ObjectRef; 2]> {
        let Row::Route(_, host, at) = row else { return None };
        let is_cart = &*host.routes[at].virtual_service == "shop/cart";
        is_cart.then_some([ObjectRef::VirtualService(0), ObjectRef::Gateway(0)])
    }
}

#[test]
fn what_depends_on_creation_time_is_marked() {
    let (table, mesh, sources) = shop();
    let options = RoutesOptions { listeners: false, ..RoutesOptions::default() };
    let got = text_of(table, &mesh, &sources, &options, &Competing);
    let expected = "\
https.443.https.public.istio-system  shop.example.com:443  shop.example.com  /cart*  x-beta=~^1$  cart.shop ~      cart.shop:8080/v2
                                                                             /cart*               cart.shop ~      90% cart.shop:8080/v1  10% cart.shop:8080/v2
                                                                             /*                   shop.shop        web.shop:80 (service not in the input)
~ order of VirtualService shop/cart and Gateway istio-system/public depends on creation time in the cluster; shown by name
";
    assert!(got.ends_with(expected), "{got}");
}
