//! What is written and not in the table: what, where, and in one sentence why.

use rustc_hash::FxHashSet;

use super::filter;
use super::view::View;
use crate::envoy::{DropReason, Dropped, ServerRecord, Table};
use crate::mesh::{Mesh, Origin, Part};
use crate::report::printable;
use crate::text::Sources;

/// Something that is left out, and what is said of it.
pub(super) struct Lost<'a> {
    pub dropped: &'a Dropped,
    /// The server that it is left out of, or that is left out itself.
    pub server: Option<&'a ServerRecord>,
    /// The reason as a sentence.
    pub why: String,
}

/// What was left out, as far as it is shown; things of which the same would be said are one.
pub(super) fn lost<'a>(view: &View<'a>) -> Vec<Lost<'a>> {
    let (mesh, sources) = (view.routes.mesh, view.routes.sources);
    let mut seen = FxHashSet::default();
    let dropped = view.table.dropped.iter().filter(|dropped| view.filter.shows_dropped(dropped));
    dropped
        .map(|dropped| Lost {
            dropped,
            server: filter::server(view.table, dropped),
            why: why(view.table, dropped, mesh, sources),
        })
        .filter(|lost| seen.insert((lost.dropped.what, lost.why.clone())))
        .collect()
}

/// A line for each thing that was left out: what, where, why.
pub(super) fn rows(view: &View<'_>) -> Vec<[String; 3]> {
    let (mesh, sources) = (view.routes.mesh, view.routes.sources);
    let row = |lost: Lost<'_>| {
        let what = lost.dropped.what;
        let row = [name(mesh, what), sources.file_line(what.span), lost.why];
        row.map(|cell| printable(&cell).into_owned())
    };
    lost(view).into_iter().map(row).collect()
}

/// `Gateway ns/name spec.servers[0]`.
pub(super) fn name(mesh: &Mesh, origin: Origin) -> String {
    let object = mesh.name(origin.object);
    match origin.part {
        Part::Whole => object,
        part => format!("{object} {part}"),
    }
}

/// The reason, and the server that it holds for.
fn why(table: &Table, dropped: &Dropped, mesh: &Mesh, sources: &Sources) -> String {
    let named = |origin| format!("{} ({})", name(mesh, origin), sources.file_line(origin.span));
    let server = filter::server(table, dropped);
    let case = Case {
        reason: dropped.reason,
        part: dropped.what.part,
        port: server.map(|server| server.port),
        namespace: &table.proxy.namespace,
        by: dropped.by.map(named),
    };
    let sentence = sentence(&case);
    match server.map(|server| server.origin) {
        Some(server) if server != dropped.what => {
            format!("on {}: {sentence}", name(mesh, server))
        }
        _ => sentence,
    }
}

/// What a sentence speaks of.
struct Case<'a> {
    reason: DropReason,
    part: Part,
    /// The listener port.
    port: Option<u32>,
    /// The namespace of the proxy.
    namespace: &'a str,
    /// What takes the place.
    by: Option<String>,
}

/// One sentence for each reason.
fn sentence(case: &Case<'_>) -> String {
    let port = case.port.map_or_else(|| "the port".to_owned(), |port| format!("port {port}"));
    let by = |otherwise: &str| case.by.clone().unwrap_or_else(|| otherwise.to_owned());
    match case.reason {
        DropReason::NoPort => "the server has no port; istiod skips it".into(),
        DropReason::UnknownPort => {
            "the port is a placeholder; which listener it opens is unknown".into()
        }
        DropReason::DuplicateHost => format!(
            "a host of it is taken on {port} by {}; istiod drops this server whole",
            by("an earlier server with tls")
        ),
        DropReason::PortConflict => format!(
            "{port} is taken by the plaintext server {}; istiod drops this server whole",
            by("before it")
        ),
        DropReason::RouteNameClash => format!(
            "its route name is that of {}; istiod drops this server whole",
            by("an earlier server")
        ),
        DropReason::Privileged => {
            format!("{port} is below 1024 and the proxy is unprivileged; istiod skips it")
        }
        DropReason::NoServicePort => format!(
            "no Service of the proxy has {}; istiod skips it",
            case.port.map_or_else(|| "its port".to_owned(), |port| format!("port {port}"))
        ),
        DropReason::NoFilterChain => {
            "no rule serves it, so it has no filter chain and nothing answers".into()
        }
        DropReason::NotExported => {
            format!("it is not exported to `{}`, the namespace of the proxy", case.namespace)
        }
        DropReason::MatchPort => "the match is for another port than the server's".into(),
        DropReason::MatchGateways => "the match is for other gateways".into(),
        DropReason::MatchSource => {
            "the match wants labels or a namespace that the proxy does not have".into()
        }
        DropReason::BehindCatchAll => {
            format!("{} matches every request before it", by("an earlier rule"))
        }
        DropReason::DuplicateSni => {
            format!("an SNI host of it is taken on {port} by {}", by("an earlier match"))
        }
        DropReason::TcpTaken => format!(
            "{} serves the server already; istiod takes the first `tcp` rule alone",
            by("an earlier rule")
        ),
        DropReason::NoDestinations => "the rule has no destination".into(),
        DropReason::WrongKind => {
            format!("{} rules have no effect on this kind of server", kind(case.part))
        }
        DropReason::DelegateMissing => "its delegate is not in the input".into(),
        DropReason::DelegateHasHosts => {
            "its delegate has hosts of its own; istiod takes it for none".into()
        }
        DropReason::DelegateNotExported => {
            "its delegate is not exported to the namespace of the root".into()
        }
        DropReason::DelegateConflict => {
            format!("its match contradicts that of {}", by("the rule that delegates"))
        }
    }
}

/// A reason by the word that stands for it in JSON.
pub(super) fn word(reason: DropReason) -> &'static str {
    match reason {
        DropReason::NoPort => "no-port",
        DropReason::UnknownPort => "unknown-port",
        DropReason::DuplicateHost => "duplicate-host",
        DropReason::PortConflict => "port-conflict",
        DropReason::RouteNameClash => "route-name-clash",
        DropReason::Privileged => "privileged-port",
        DropReason::NoServicePort => "no-service-port",
        DropReason::NoFilterChain => "no-filter-chain",
        DropReason::NotExported => "not-exported",
        DropReason::MatchPort => "match-port",
        DropReason::MatchGateways => "match-gateways",
        DropReason::MatchSource => "match-source",
        DropReason::BehindCatchAll => "behind-catch-all",
        DropReason::DuplicateSni => "duplicate-sni",
        DropReason::TcpTaken => "tcp-taken",
        DropReason::NoDestinations => "no-destinations",
        DropReason::WrongKind => "wrong-kind",
        DropReason::DelegateMissing => "delegate-missing",
        DropReason::DelegateHasHosts => "delegate-has-hosts",
        DropReason::DelegateNotExported => "delegate-not-exported",
        DropReason::DelegateConflict => "delegate-conflict",
    }
}

fn kind(part: Part) -> &'static str {
    match part {
        Part::Tls(_) | Part::TlsMatch(..) => "`tls`",
        Part::Tcp(_) | Part::TcpMatch(..) => "`tcp`",
        Part::Http(_) | Part::HttpMatch(..) => "`http`",
        _ => "these",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_facts_in_lower_case() {
        use DropReason as Why;
        let table = [
            (
                Why::PortConflict,
                "port 443 is taken by the plaintext server B; istiod drops this server whole",
                "port 443 is taken by the plaintext server before it; istiod drops this server whole",
            ),
            (
                Why::DuplicateHost,
                "a host of it is taken on port 443 by B; istiod drops this server whole",
                "a host of it is taken on port 443 by an earlier server with tls; istiod drops this server whole",
            ),
            (
                Why::BehindCatchAll,
                "B matches every request before it",
                "an earlier rule matches every request before it",
            ),
            (
                Why::NotExported,
                "it is not exported to `edge`, the namespace of the proxy",
                "it is not exported to `edge`, the namespace of the proxy",
            ),
            (
                Why::WrongKind,
                "`tls` rules have no effect on this kind of server",
                "`tls` rules have no effect on this kind of server",
            ),
        ];
        for (reason, with, without) in table {
            let of = |by| {
                let part = Part::TlsMatch(0, 0);
                sentence(&Case { reason, part, port: Some(443), namespace: "edge", by })
            };
            assert_eq!(of(Some("B".to_owned())), with);
            assert_eq!(of(None), without);
        }
    }
}
