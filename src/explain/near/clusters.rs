//! Why destinations do not exist, and which exist instead.

use super::line;
use crate::envoy::Table;
use crate::envoy::matching::Answer;
use crate::explain::Context;
use crate::explain::document::Line;
use crate::text::Span;

/// Why clusters do not exist.
pub(super) fn missing_clusters(
    context: Context<'_>,
    table: &Table,
    answer: &Answer,
    lines: &mut Vec<Line>,
) {
    let at = answer.route(table).map(|route| route.origin.span);
    for cluster in answer.clusters.iter().filter(|cluster| !cluster.exists) {
        let parts: Vec<&str> = cluster.name.splitn(4, '|').collect();
        let &["outbound", port, subset, host] = &parts[..] else {
            lines.push(line("the route has no destination host", "name one", at));
            continue;
        };
        lines.push(lacking(context, table, (host, port, subset), at));
        if context.mesh.services.named(host).next().is_none() {
            elsewhere(context, host, lines);
        }
    }
}

/// What a cluster lacks.
fn lacking(
    context: Context<'_>,
    table: &Table,
    (host, port, subset): (&str, &str, &str),
    at: Option<Span>,
) -> Line {
    let mut services = context.mesh.services.named(host).peekable();
    if services.peek().is_none() {
        return line(format!("no Service or ServiceEntry {host} in the input"), "", at);
    }
    let known: Vec<String> =
        services.flat_map(|service| &service.ports).map(|port| port.number.to_string()).collect();
    if !known.iter().any(|known| known == port) {
        let known = known.join(", ");
        return line(
            format!("{host} has no port {port}"),
            format!("name one of its ports: {known}"),
            at,
        );
    }
    if subset.is_empty() {
        let proxy = &table.proxy.name;
        return line(format!("{host} is not visible to proxy {proxy} or has no endpoints"), "", at);
    }
    line(
        format!("no DestinationRule that counts here defines subset {subset} of {host}"),
        format!("define subset {subset}"),
        at,
    )
}

/// Services of the same name in other namespaces.
fn elsewhere(context: Context<'_>, host: &str, lines: &mut Vec<Line>) {
    let name = host.split('.').next().unwrap_or_default();
    for service in &context.mesh.store.services {
        if service.meta.name() == name {
            let namespace = service.meta.namespace();
            let full = format!("{name}.{namespace}.svc.{}", context.mesh.domain);
            let what = format!("Service {namespace}/{name} is in the input");
            lines.push(line(what, format!("write {full}"), Some(service.meta.name_span)));
        }
    }
}
