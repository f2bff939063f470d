//! What is written for a host and is never admitted.

use super::line;
use super::unbound::without_namespace;
use crate::explain::Context;
use crate::explain::document::Line;
use crate::explain::probe::covers;

/// Objects with the host that Istio or the API server would refuse; whether a VirtualService is among them.
pub(super) fn refused(context: Context<'_>, host: &str, lines: &mut Vec<Line>) -> bool {
    let mut has_service = false;
    for refused in &context.mesh.store.refused {
        if refused.hosts.iter().any(|own| covers(without_namespace(&own.value), host)) {
            let (name, judges) = (refused.name(), refused.judges());
            let what =
                format!("{name} is for the host, and {judges} would refuse it: {}", refused.reason);
            lines.push(line(what, "correct it", Some(refused.span)));
            has_service |= refused.meta.kind() == "VirtualService";
        }
    }
    has_service
}
