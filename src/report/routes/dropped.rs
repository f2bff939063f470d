//! What is written and not in the table: what, where, and in one sentence why.

use rustc_hash::FxHashSet;

use super::filter::{self, Filter};
use crate::envoy::{DropReason, Dropped, Table};
use crate::mesh::{Mesh, Origin, Part};
use crate::report::printable;
use crate::text::Sources;

/// A line for each thing that was left out; lines that would be equal are one.
pub(super) fn rows(
    table: &Table,
    mesh: &Mesh,
    sources: &Sources,
    filter: &Filter<'_>,
) -> Vec<[String; 3]> {
    let mut rows = Vec::new();
    let mut seen = FxHashSet::default();
    for dropped in table.dropped.iter().filter(|dropped| filter.shows_dropped(dropped)) {
        let row = [
            format!("  {}", name(mesh, dropped.what)),
            sources.file_line(dropped.what.span),
            why(table, dropped, mesh, sources),
        ];
        let row = row.map(|cell| printable(&cell).into_owned());
        if seen.insert(row.clone()) {
            rows.push(row);
        }
    }
    rows
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
        DropReason::DelegateNotExported => {
            "its delegate is not exported to the namespace of the root".into()
        }
        DropReason::DelegateConflict => {
            format!("its match contradicts that of {}", by("the rule that delegates"))
        }
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
