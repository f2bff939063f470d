//! What an answer assumes, and what it depends on.

use rustc_hash::FxHashSet;

use super::Context;
use super::age;
use super::assume::{self, Assumed};
use super::near::lost_servers;
use super::policies::policies_note;
use super::probe::Probe;
use super::reason::is_port_assumed;
use crate::envoy::Table;
use crate::envoy::matching::{Answer, Reason, asks_for_certificate, authority};

/// One sentence each.
pub(super) fn notes(
    context: Context<'_>,
    assumed: &Assumed<'_>,
    probe: &Probe<'_>,
    answer: &Answer,
    rivals: Option<&[String; 2]>,
) -> Vec<String> {
    let table = &assumed.table;
    let mut notes = Vec::new();
    let tls = answer.filter_chain(table).and_then(|chain| chain.tls.as_ref());
    if tls.is_some_and(asks_for_certificate) && probe.request.tls {
        notes.push("assumed: the client has a certificate that fits".to_owned());
    }
    if answer.filter_chain.is_some() {
        notes.extend(policies_note(context.mesh, context.sources, &table.proxy));
    }
    if probe.request.tls {
        notes.extend(assume::secrets(context, table, answer));
    }
    if probe.request.proxy_protocol {
        notes.push("assumed: the connection begins with a PROXY line".to_owned());
    }
    let port = probe.client_port;
    if probe.service_port.is_none() && !is_port_assumed(table) {
        notes.push(format!("no Service port {port} in front of the proxy"));
    } else if answer.reason == Reason::NoListener && is_port_assumed(table) {
        notes.push(format!(
            "assumed: clients dial the ports of the servers, for the input has no Service in front of the proxy; one \
             may lead port {port} to a listener"
        ));
    }
    if answer.reason.is_served() {
        let host = authority::host(probe.request.host.as_deref().unwrap_or_default());
        notes.extend(lost_servers(context, table, &host, probe.request.port));
    }
    notes.extend(assumed.notes(context, answer));
    notes.extend(shared_host(context, table, answer));
    notes.extend(rivals.map(age::note));
    notes
}

/// `a, b and c`; of many the first few.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 5;
    match names {
        [all @ .., last] if names.len() <= MOST => format!("{} and {last}", all.join(", ")),
        _ => format!("{} and {} more", names[..MOST].join(", "), names.len() - MOST),
    }
}

/// Several VirtualServices in one virtual host whose order the files do not fix.
fn shared_host(context: Context<'_>, table: &Table, answer: &Answer) -> Option<String> {
    let host = answer.virtual_host(table)?;
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let names = host.routes.iter().map(|route| &*route.virtual_service);
    let names: Vec<&str> = names.filter(|name| known.insert(name)).collect();
    if names.len() < 2 {
        return None;
    }
    let all = context.mesh.virtual_services.all.iter();
    let mut indices = all.filter(|service| known.contains(&*service.key)).map(|one| one.index);
    let objects = &context.mesh.store.virtual_services;
    let why = if indices.any(|index| objects[index as usize].meta.created.is_none()) {
        "no creation time in the files: by name"
    } else {
        "by age, then by name"
    };
    let first = names[0];
    Some(format!(
        "VirtualServices {} share this host; istiod merges their routes, `{first}` first ({why})",
        listed(&names)
    ))
}
