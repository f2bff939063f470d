//! What is written and not in the table: what, where, and in one sentence why.

use rustc_hash::{FxHashMap, FxHashSet};

use super::unaccepted::unaccepted;
use super::view::View;
use crate::envoy::{Admission, DropReason, Dropped, ServerRecord, Table};
use crate::explain::{dropped_server, why_dropped, written_name};
use crate::mesh::{Mesh, ObjectRef, Origin};
use crate::report::printable;

/// Something that is left out, and what is said of it.
pub(super) struct Lost<'a> {
    /// What.
    pub what: Origin,
    /// The reason by the word that stands for it in JSON.
    pub word: &'static str,
    /// What takes its place, where something does.
    pub by: Option<Origin>,
    /// Whether something that the input does not tell hides what becomes of it.
    pub is_unknown: bool,
    /// The server that it is left out of, or that is left out itself.
    pub server: Option<&'a ServerRecord>,
    /// The reason as a sentence.
    pub why: String,
}

/// What was left out, as far as it is shown; things of which the same would be said are one. Then the hosts that no
/// server accepts.
pub(super) fn lost<'a>(view: &View<'a>) -> Vec<Lost<'a>> {
    let (mesh, sources) = (view.routes.mesh, view.routes.sources);
    let mut seen = FxHashSet::default();
    let elsewhere = Elsewhere::new(mesh, view.table);
    let dropped = view.table.dropped.iter().filter(|dropped| view.filter.shows_dropped(dropped));
    dropped
        .filter(|dropped| !elsewhere.has_effect(dropped))
        .map(|dropped| Lost {
            what: dropped.what,
            word: word(dropped.reason),
            by: dropped.by,
            is_unknown: dropped.reason.is_unknown(),
            server: dropped_server(view.table, dropped),
            why: why_dropped(view.table, dropped, mesh, sources),
        })
        .filter(|lost| seen.insert((lost.what, lost.why.clone())))
        .chain(unaccepted(view))
        .collect()
}

/// Rules of a kind that a server does not take, as is usual where a VirtualService has rules for several servers: they
/// are left out where they have no effect on any.
struct Elsewhere {
    /// Servers that accept a host of a VirtualService, by index in the store.
    servers: FxHashMap<ObjectRef, usize>,
    /// Servers that do not take a rule.
    without: FxHashMap<Origin, usize>,
}

impl Elsewhere {
    fn new(mesh: &Mesh, table: &Table) -> Self {
        let mut own = Self { servers: FxHashMap::default(), without: FxHashMap::default() };
        for binding in &table.bindings {
            let is_live = table.servers[binding.server as usize].is_live;
            if is_live && binding.hosts.contains(&Admission::Served) {
                let index = mesh.virtual_services.all[binding.virtual_service as usize].index;
                *own.servers.entry(ObjectRef::VirtualService(index)).or_default() += 1;
            }
        }
        for dropped in table.dropped.iter().filter(|one| one.reason == DropReason::WrongKind) {
            *own.without.entry(dropped.what).or_default() += 1;
        }
        own
    }

    /// Whether a rule of the wrong kind for one server is of the right kind for another.
    fn has_effect(&self, dropped: &Dropped) -> bool {
        let servers = self.servers.get(&dropped.what.object).copied().unwrap_or_default();
        dropped.reason == DropReason::WrongKind
            && self.without.get(&dropped.what).is_some_and(|without| *without < servers)
    }
}

/// A line for each thing that was left out: what, where, why.
pub(super) fn rows(view: &View<'_>) -> Vec<[String; 3]> {
    let (mesh, sources) = (view.routes.mesh, view.routes.sources);
    let row = |lost: Lost<'_>| {
        let what = lost.what;
        let row = [written_name(mesh, what), sources.file_line(what.span), lost.why];
        row.map(|cell| printable(&cell).into_owned())
    };
    lost(view).into_iter().map(row).collect()
}

/// A reason by the word that stands for it in JSON.
fn word(reason: DropReason) -> &'static str {
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
