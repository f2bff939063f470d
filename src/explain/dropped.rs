//! What is written and not in the table: what is left out, and in one sentence why.
//!
//! The sentences of `routes` and of `explain host`.

use crate::envoy::{DropReason, Dropped, ServerRecord, Table};
use crate::mesh::{MERGED_MATCHES, Mesh, Origin, Part};
use crate::text::Sources;

/// `Gateway ns/name spec.servers[0]`.
pub fn written_name(mesh: &Mesh, origin: Origin) -> String {
    let object = mesh.name(origin.object);
    match origin.part {
        Part::Whole => object,
        part => format!("{object} {part}"),
    }
}

/// Why something is left out, and the server that it holds for.
pub fn why_dropped(table: &Table, dropped: &Dropped, mesh: &Mesh, sources: &Sources) -> String {
    let named =
        |origin| format!("{} ({})", written_name(mesh, origin), sources.file_line(origin.span));
    let server = dropped_server(table, dropped);
    let case = Case {
        reason: dropped.reason,
        part: dropped.what.part,
        port: server.filter(|server| server.unknown_target.is_none()).map(|server| server.port),
        unknown_target: server
            .and_then(|server| server.unknown_target.as_deref())
            .unwrap_or_default(),
        namespace: &table.proxy.namespace,
        by: dropped.by.map(named),
    };
    let sentence = sentence(&case);
    match server.map(|server| server.origin) {
        Some(server) if server != dropped.what => {
            format!("on {}: {sentence}", written_name(mesh, server))
        }
        _ => sentence,
    }
}

/// What a sentence speaks of.
struct Case<'a> {
    reason: DropReason,
    part: Part,
    /// The listener port, where it is known.
    port: Option<u32>,
    /// The container port of which nobody knows the number.
    unknown_target: &'a str,
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
        DropReason::UnknownTarget => format!(
            "target port `{}` unknown: no Pod or workload in the input names it",
            case.unknown_target
        ),
        DropReason::UnknownProtocol => {
            "the protocol or the TLS mode is a placeholder; what the server does is unknown".into()
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
        DropReason::DelegateTooLarge => format!(
            "merged with the matches of {} it has more than {MERGED_MATCHES}; gwctl does not follow them",
            by("the rule that delegates")
        ),
    }
}

/// The server that something is left out of, or that is left out itself.
pub fn dropped_server<'t>(table: &'t Table, dropped: &Dropped) -> Option<&'t ServerRecord> {
    let at = dropped.server.map(|at| at as usize);
    at.and_then(|at| table.servers.get(at))
        .or_else(|| table.servers.iter().find(|server| server.origin == dropped.what))
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
                sentence(&Case {
                    reason,
                    part,
                    port: Some(443),
                    unknown_target: "",
                    namespace: "edge",
                    by,
                })
            };
            assert_eq!(of(Some("B".to_owned())), with);
            assert_eq!(of(None), without);
        }
    }
}
