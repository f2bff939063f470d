//! What the user is to know of an input: what was left out, what is not modelled, what was guessed. It changes no exit code.

use std::collections::{BTreeMap, BTreeSet};

use crate::envoy::{Detail, DropReason, Table};
use crate::input::Note;
use crate::istio::policy::PolicyKind;
use crate::istio::{Resource, Unmodelled};
use crate::mesh::{Found, Front, Mesh};
use crate::text::{Sources, Span, first_five};

pub(super) fn of_input(note: &Note) -> String {
    match note {
        Note::Vanished { path } => format!("`{path}` vanished while it was read"),
        Note::UselessExclude { pattern } => format!(
            "`--exclude {pattern}` left nothing out: patterns are relative to the current directory"
        ),
        Note::Submodule { path } => {
            format!("`{path}` is a submodule, which has revisions of its own: it is not read")
        }
        Note::IgnoreFile { reason } => {
            format!("an ignore file has a line that cannot be read: {reason}")
        }
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

pub(super) fn templates(charts: usize, templates: usize, notes: &mut Vec<String>) {
    let mut skipped = Vec::new();
    if charts > 0 {
        skipped.push(counted(charts, "file of Helm charts", "files of Helm charts"));
    }
    if templates > 0 {
        skipped.push(counted(templates, "document with `{{`", "documents with `{{`"));
    }
    if !skipped.is_empty() {
        notes.push(format!(
            "skipped {}: lint what they render, as in `helm template . | gwctl lint -`",
            skipped.join(" and ")
        ));
    }
}

pub(super) fn kustomizations(
    kustomizations: &[String],
    gives_namespace: bool,
    notes: &mut Vec<String>,
) {
    if let Some(first) = kustomizations.first() {
        let others = match kustomizations.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let but = if gives_namespace { ", but for their namespace" } else { "" };
        notes.push(format!(
            "`{first}`{others}: kustomizations are not built{but}; to lint what they render, \
             `kustomize build | gwctl lint -`"
        ));
    }
}

/// Files whose objects are built more than once.
pub(super) fn several(mut files: Vec<&str>, notes: &mut Vec<String>) {
    files.sort_unstable();
    if let Some(first) = files.first() {
        let others = match files.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        notes.push(format!(
            "`{first}`{others}: kustomizations build this with several namespaces; its objects are taken with \
             those that they state, or name what belongs together under `clusters`"
        ));
    }
}

pub(super) fn patches(patches: usize, notes: &mut Vec<String>) {
    if patches > 0 {
        let patches = counted(patches, "patch", "patches");
        notes.push(format!("left out {patches} of kustomizations: they are parts of objects"));
    }
}

pub(super) fn compared(compared: &[String], notes: &mut Vec<String>) {
    if let Some(first) = compared.first() {
        let files = match compared.len() {
            1 => format!("`{first}`, with which a test compares what is there: it holds"),
            n => {
                format!("{n} files with which tests compare what is there, as `{first}`: they hold")
            }
        };
        notes.push(format!("left out {files} parts of objects"));
    }
}

/// One note for all objects that may change a gateway and are not part of the table.
pub(super) fn unmodelled(resources: &[Resource], sources: &Sources, notes: &mut Vec<String>) {
    let mut kinds: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for resource in resources {
        let kind = match resource {
            Resource::Policy(object) => match object.spec.0 {
                PolicyKind::EnvoyFilter => "EnvoyFilter".to_owned(),
                PolicyKind::WasmPlugin => "WasmPlugin".to_owned(),
                _ => continue,
            },
            Resource::Unmodelled(object) => match &object.spec {
                Unmodelled::GatewayApi => format!("{} of the Gateway API", object.meta.kind()),
                Unmodelled::Ingress(_) => "Ingress".to_owned(),
            },
            _ => continue,
        };
        kinds.entry(kind).or_default().push(resource.meta().name_span);
    }
    if kinds.is_empty() {
        return;
    }
    let list: Vec<String> = kinds
        .iter()
        .map(|(kind, spans)| {
            let more = if spans.len() > 1 {
                format!(" and {} more", spans.len() - 1)
            } else {
                String::new()
            };
            format!("{kind} ({}{more})", sources.file_line(spans[0]))
        })
        .collect();
    notes.push(format!("not modelled, may change what gateways answer: {}", list.join(", ")));
}

/// Named target ports of which the input does not tell the number.
pub(super) fn unknown_targets<R: Detail>(
    tables: &[Table<R>],
    sources: &Sources,
    notes: &mut Vec<String>,
) {
    let servers = tables.iter().flat_map(|table| table.servers.iter().map(move |one| (table, one)));
    let ports = servers.filter_map(|(table, server)| {
        let name = server.unknown_target.as_deref()?;
        let proxy = &table.proxy;
        let mut ports = proxy.service_ports.iter().chain(&proxy.confused_ports);
        let port = ports.find(|port| port.target_name.as_deref() == Some(name))?;
        Some((port.origin?.span, name))
    });
    let ports: BTreeMap<Span, &str> = ports.collect();
    if ports.is_empty() {
        return;
    }
    let names: Vec<String> = ports
        .iter()
        .map(|(span, name)| format!("`{name}` ({})", sources.file_line(*span)))
        .collect();
    notes.push(format!(
        "no Pod or workload in the input names target port {}: where the gateway listens for it is unknown",
        first_five(&names, ", ")
    ));
}

/// Servers of which a placeholder hides what they are.
pub(super) fn unknown_servers<R: Detail>(
    tables: &[Table<R>],
    sources: &Sources,
    notes: &mut Vec<String>,
) {
    let dropped = tables.iter().flat_map(|table| &table.dropped);
    let places: BTreeSet<Span> = dropped
        .filter(|dropped| dropped.reason.is_unknown())
        .filter(|dropped| dropped.reason != DropReason::UnknownTarget)
        .map(|dropped| dropped.what.span)
        .collect();
    if let Some(first) = places.first() {
        let more = match places.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        notes.push(format!(
            "left out {} whose port, protocol or TLS mode is a placeholder: {}{more}",
            counted(places.len(), "server", "servers"),
            sources.file_line(*first)
        ));
    }
}

/// How the proxies were found that were not assumed.
pub(super) fn found_proxies(mesh: &Mesh, sources: &Sources) -> Option<String> {
    let found: Vec<String> = mesh
        .proxies
        .iter()
        .filter_map(|proxy| match proxy.found {
            Found::Given => Some(format!("{} as given", proxy.name)),
            Found::Workload(origin) | Found::Service(origin) => {
                let kind = mesh.store.meta(origin.object).kind();
                let place = sources.file_line(origin.span);
                Some(format!("{} by the {kind} at {place}", proxy.name))
            }
            Found::Assumed => None,
        })
        .collect();
    (!found.is_empty()).then(|| format!("gateway pods: {}", found.join("; ")))
}

/// How proxies were found, where that was a guess; Gateways that no given proxy has.
pub(super) fn proxies(mesh: &Mesh, notes: &mut Vec<String>) {
    let assumed: Vec<String> = mesh
        .proxies
        .iter()
        .filter(|proxy| proxy.found == Found::Assumed)
        .map(|proxy| {
            let labels: Vec<String> =
                proxy.labels.iter().map(|(k, v)| format!("{k}={v}")).collect();
            format!("{} in namespace `{}`", labels.join(","), proxy.namespace)
        })
        .collect();
    if !assumed.is_empty() {
        notes.push(format!(
            "no workload or Service in the input matches; assumed gateway pods: {}",
            first_five(&assumed, "; ")
        ));
    }
    for proxy in &mesh.proxies {
        let Front::Service { namespace, name } = &proxy.front else { continue };
        if proxy.service_ports.is_empty() {
            notes.push(format!(
                "proxy {}: no Service {namespace}/{name} with ports is in the input, so no port is translated",
                proxy.name
            ));
        }
    }
    if mesh.proxies.iter().any(|proxy| proxy.found == Found::Given) {
        let selects = |gateway: &crate::istio::Object<crate::istio::gateway::Gateway>| {
            mesh.proxies.iter().any(|proxy| {
                gateway.spec.selector.iter().all(|(key, value)| {
                    proxy.labels.get(key.value.as_str()).is_some_and(|own| *own == value.value)
                })
            })
        };
        let left: Vec<String> = mesh
            .store
            .gateways
            .iter()
            .filter(|gateway| !selects(gateway))
            .map(|gateway| format!("{}/{}", gateway.meta.namespace(), gateway.meta.name()))
            .collect();
        if !left.is_empty() {
            notes.push(format!(
                "no given proxy has the labels of Gateway {}",
                first_five(&left, ", ")
            ));
        }
    }
}
