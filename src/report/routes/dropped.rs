//! What is written and not in the table: what, where, and in one sentence why.

use rustc_hash::FxHashSet;

use super::view::View;
use crate::envoy::{DropReason, Dropped, ServerRecord};
use crate::explain::{dropped_server, why_dropped, written_name};
use crate::report::printable;

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
            server: dropped_server(view.table, dropped),
            why: why_dropped(view.table, dropped, mesh, sources),
        })
        .filter(|lost| seen.insert((lost.dropped.what, lost.why.clone())))
        .collect()
}

/// A line for each thing that was left out: what, where, why.
pub(super) fn rows(view: &View<'_>) -> Vec<[String; 3]> {
    let (mesh, sources) = (view.routes.mesh, view.routes.sources);
    let row = |lost: Lost<'_>| {
        let what = lost.dropped.what;
        let row = [written_name(mesh, what), sources.file_line(what.span), lost.why];
        row.map(|cell| printable(&cell).into_owned())
    };
    lost(view).into_iter().map(row).collect()
}

/// A reason by the word that stands for it in JSON.
pub(super) fn word(reason: DropReason) -> &'static str {
    match reason {
        DropReason::NoPort => "no-port",
        DropReason::UnknownPort => "unknown-port",
        DropReason::UnknownTarget => "unknown-target-port",
        DropReason::UnknownProtocol => "unknown-protocol",
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
        DropReason::DelegateTooLarge => "delegate-too-large",
    }
}
