//! What comes of a request, in one line: the outcome and, where nothing answers, the reason.

use super::Context;
use super::document::Line;
use super::probe::Probe;
use super::words;
use crate::envoy::Table;
use crate::envoy::listener::DownstreamTls;
use crate::envoy::matching::{Answer, BadRequest, ClusterShare, Outcome, Reason};

/// The line `result`.
pub(super) fn result(
    context: Context<'_>,
    table: &Table,
    probe: &Probe<'_>,
    answer: &Answer,
) -> Line {
    let alone = |what: String| (what, String::new());
    let (what, why) = match answer.reason {
        Reason::Forwarded | Reason::NoCluster if is_partial(answer) => {
            alone(partly(context, answer))
        }
        Reason::Forwarded => alone(forwarded(context, answer)),
        Reason::Redirect | Reason::HttpsRedirect => {
            alone(format!("{} to {}", status(answer), location(answer)))
        }
        Reason::DirectResponse => (with_body(answer), "a direct response".to_owned()),
        Reason::FaultAbort => (with_body(answer), "an injected fault".to_owned()),
        Reason::CorsPreflight => (status(answer), "a CORS preflight".to_owned()),
        _ => refusal(table, probe, answer),
    };
    Line::new("result", what, why, None)
}

/// Whether some of the clusters exist that may be chosen, and some do not.
pub(super) fn is_partial(answer: &Answer) -> bool {
    let exists = |wanted| answer.clusters.iter().any(|cluster| cluster.exists == wanted);
    matches!(answer.reason, Reason::Forwarded | Reason::NoCluster) && exists(true) && exists(false)
}

/// `67% 503, 33% forwarded to cart.shop:8080 v1`.
fn partly(context: Context<'_>, answer: &Answer) -> String {
    let total = answer.clusters.iter().map(|cluster| u64::from(cluster.weight)).sum();
    let missing = answer.clusters.iter().filter(|cluster| !cluster.exists);
    let share = words::percent(
        missing.fold(0, |sum: u32, cluster| sum.saturating_add(cluster.weight)),
        total,
    );
    let refused = if answer.outcome == Outcome::Http { "503" } else { "connection closed" };
    let existing = shares(&answer.clusters).filter(|(_, cluster)| cluster.exists);
    let forwarded = existing.map(|(share, cluster)| {
        let name = words::cluster(&cluster.name, &context.mesh.domain);
        format!("{share} forwarded to {name}")
    });
    std::iter::once(format!("{share} {refused}")).chain(forwarded).collect::<Vec<_>>().join(", ")
}

/// Whether the input has no Service in front of a proxy, so that clients are taken to dial the ports of its servers.
pub(super) fn is_port_assumed(table: &Table) -> bool {
    table.proxy.service_ports.is_empty()
}

/// The outcome of what is not served, and the reason.
fn refusal(table: &Table, probe: &Probe<'_>, answer: &Answer) -> (String, String) {
    let request = &probe.request;
    let port = request.port;
    let outcome = match answer.outcome {
        Outcome::Refused => "connection refused".to_owned(),
        Outcome::Closed => "connection closed".to_owned(),
        Outcome::TlsRejected => "TLS handshake rejected".to_owned(),
        Outcome::Unknown => "unknown".to_owned(),
        _ => answer.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string()),
    };
    let sni = match &request.sni {
        Some(name) => format!("SNI {name:?}"),
        None if request.tls => "a handshake without SNI".to_owned(),
        None => "plaintext".to_owned(),
    };
    let config = answer.route_config(table).map_or("", |config| config.name.as_str());
    let reason = match answer.reason {
        Reason::UnknownTarget => format!(
            "no Pod or workload in the input names target port `{}`",
            probe.service_port.and_then(|port| port.target_name.as_deref()).unwrap_or_default()
        ),
        Reason::NoListener if is_port_assumed(table) && bound(table, port).is_empty() => {
            format!("no listener on {port}, if no Service leads that port elsewhere")
        }
        Reason::NoListener => no_listener(table, request.address.as_deref(), port),
        Reason::ListenerRejected(at) => {
            let name = &table.listeners[at].name;
            format!("Envoy refuses the listener {name}: {}", rejection(table, name))
        }
        Reason::NoProxyLine => "the listener wants a PROXY line first".to_owned(),
        Reason::NoFilterChain => format!("no filter chain for {sni}"),
        Reason::NoProtocol => format!("the filter chains for {sni} are for the mesh's ALPN only"),
        Reason::PlaintextOnTls => "plaintext where TLS is terminated".to_owned(),
        Reason::TlsOnPlaintext => "TLS where plain HTTP is spoken".to_owned(),
        Reason::NoTlsVersion => "the lowest TLS version is above the highest".to_owned(),
        Reason::TlsTooOld => "the highest TLS version is older than clients speak".to_owned(),
        Reason::CertificateRequired => "a client certificate is required".to_owned(),
        Reason::CertificateRefused => "the client certificate is not the pinned one".to_owned(),
        Reason::BadRequest(bad) => bad_request(bad).to_owned(),
        Reason::TableRejected => {
            format!("Envoy refuses the routes {config}: {}", rejection(table, config))
        }
        Reason::NoVirtualHost => {
            let host = request.host.as_deref().unwrap_or_default();
            format!("no virtual host for {host} in {config}")
        }
        Reason::NoRoute => match answer.virtual_host(table) {
            Some(host) if host.routes.is_empty() => {
                format!("no VirtualService is bound: vhost {} has no routes", host.name)
            }
            Some(host) => format!("no route in vhost {}", host.name),
            None => "no route".to_owned(),
        },
        Reason::NoCluster => "no cluster that the route names exists".to_owned(),
        _ => String::new(),
    };
    (outcome, reason)
}

/// `no listener on 10.0.0.2:9090; 10.0.0.1:9090 exists`.
fn no_listener(table: &Table, address: Option<&str>, port: u32) -> String {
    let others = bound(table, port);
    match address {
        Some(address) if !others.is_empty() => {
            let verb = if others.len() == 1 { "exists" } else { "exist" };
            format!("no listener on {address}:{port}; {} {verb}", others.join(", "))
        }
        _ => format!("no listener on {port}"),
    }
}

/// The listeners on a port, by their addresses.
pub(super) fn bound(table: &Table, port: u32) -> Vec<String> {
    let on_port = table.listeners.iter().filter(|listener| listener.address.port() == port);
    on_port.map(|listener| words::address(&listener.address)).collect()
}

fn rejection<'t>(table: &'t Table, name: &str) -> &'t str {
    let rejected = table.verdict.rejected.iter().find(|rejected| rejected.name == name);
    rejected.map_or("a route has no action", |rejected| &rejected.reason)
}

fn bad_request(bad: BadRequest) -> &'static str {
    match bad {
        BadRequest::NoHttp => "the bytes are no HTTP",
        BadRequest::Method => "Envoy does not know the method",
        BadRequest::Target => "the path does not begin with a slash or has forbidden characters",
        BadRequest::Scheme => "the target has an unknown scheme",
        BadRequest::HttpsOnPlaintext => "an https target on a plaintext connection",
        BadRequest::Header => "a header has forbidden characters",
        BadRequest::Authority => "the host has forbidden characters",
        BadRequest::NoHost => "no host is sent",
        BadRequest::Path => "the path cannot be normalized",
        BadRequest::EscapedSlashes => "the path has encoded slashes",
        BadRequest::QueryWithoutType => "QUERY without content-type",
    }
}

fn forwarded(context: Context<'_>, answer: &Answer) -> String {
    let names: Vec<String> = shares(&answer.clusters)
        .map(|(share, cluster)| {
            let name = words::cluster(&cluster.name, &context.mesh.domain);
            if share.is_empty() { name } else { format!("{share} {name}") }
        })
        .collect();
    match answer.outcome {
        Outcome::Http => format!("forwarded to {}", names.join(", ")),
        Outcome::Passthrough => format!("TLS passed through to {}", names.join(", ")),
        _ => format!("bytes forwarded to {}", names.join(", ")),
    }
}

/// The clusters with their shares; without one where there is but one cluster.
pub(super) fn shares(clusters: &[ClusterShare]) -> impl Iterator<Item = (String, &ClusterShare)> {
    let total: u64 = clusters.iter().map(|cluster| u64::from(cluster.weight)).sum();
    let is_single = clusters.len() == 1;
    clusters.iter().map(move |cluster| {
        let share = if is_single { String::new() } else { words::percent(cluster.weight, total) };
        (share, cluster)
    })
}

fn status(answer: &Answer) -> String {
    answer.status.unwrap_or_default().to_string()
}

fn location(answer: &Answer) -> &str {
    answer.location.as_deref().unwrap_or_default()
}

fn with_body(answer: &Answer) -> String {
    match answer.body.as_deref() {
        None | Some("") => status(answer),
        Some(body) if body.chars().count() <= 60 => format!("{} {body:?}", status(answer)),
        Some(body) => format!("{} ({} bytes)", status(answer), body.len()),
    }
}

/// `SIMPLE shop-cert`.
pub(super) fn tls(tls: &DownstreamTls) -> String {
    let names =
        tls.certificates.iter().map(|certificate| match certificate.strip_prefix("file-cert:") {
            Some(files) => files.split('~').next().unwrap_or(files),
            None => certificate.strip_prefix("kubernetes://").unwrap_or(certificate),
        });
    std::iter::once(tls.mode.as_str()).chain(names).collect::<Vec<_>>().join(" ")
}
