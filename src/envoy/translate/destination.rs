//! From destinations to clusters (spec 2, section 8; mirrors istio 1.32 `route.go: GetDestinationCluster`).

use super::text;
use crate::envoy::route::ClusterName;
use crate::istio::virtual_service::Destination;
use crate::mesh::Target;

/// The cluster that istiod names where there is no host.
pub(super) const UNKNOWN: &str = "UnknownService";

/// The cluster of a destination: `host` is its completed host, `target` the service of that name, `port` the one of
/// the server.
pub(super) fn cluster(
    destination: Option<&Destination>,
    host: &str,
    target: Option<Target<'_>>,
    port: u32,
) -> ClusterName {
    let name = match destination {
        Some(destination) if !host.is_empty() => name(destination, host, target, port),
        _ => UNKNOWN.to_owned(),
    };
    ClusterName { name: name.into(), span: destination.map(|destination| destination.span) }
}

///
fn name(destination: &Destination, host: &str, target: Option<Target<'_>>, port: u32) -> String {
    let port = match (&destination.port, target.map(|target| target.ports)) {
        (Some(given), _) => given.number.map_or(0, |number| number.value),
        (None, Some([only])) => only.number,
        (None, _) => port,
    };
    let host = target.and_then(|target| target.service.external_name.as_deref()).unwrap_or(host);
    format!("outbound|{port}|{}|{host}", text(&destination.subset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::istio::gateway::Protocol;
    use crate::istio::virtual_service::PortSelector;
    use crate::mesh::{ExportTo, ObjectRef, Port, Service};
    use crate::text::{SourceId, Span, Spanned};

    fn service(ports: &[u32], external_name: Option<&str>) -> Service {
        let port = |&number: &u32| Port { number, protocol: Protocol::Http };
        let ports: Vec<Port> = ports.iter().map(port).collect();
        Service {
            hostname: "web.app.svc.cluster.local".into(),
            namespace: "app".into(),
            object: ObjectRef::Service(0),
            scope_ports: ports.clone(),
            ports,
            external_name: external_name.map(str::to_owned),
            export_to: ExportTo::new([], [], "app"),
            is_kubernetes: true,
            is_external: external_name.is_some(),
            resolution: None,
            endpoints: Vec::new(),
            age: 0,
            name: "web".into(),
        }
    }

    #[test]
    fn clusters_are_named_by_port_subset_and_host() {
        let span = Span::new(SourceId::new(0), 0, 0);
        let table = [
            (Some(9000), None, Some(service(&[8080], None)), "outbound|9000||h"),
            (None, None, Some(service(&[8080], None)), "outbound|8080||h"),
            (None, Some("v1"), Some(service(&[8080], None)), "outbound|8080|v1|h"),
            (None, None, Some(service(&[8080, 9090], None)), "outbound|80||h"),
            (None, None, None, "outbound|80||h"),
            (None, None, Some(service(&[], Some("ext.com"))), "outbound|80||ext.com"),
            (None, Some("v1"), Some(service(&[443], Some("ext.com"))), "outbound|443|v1|ext.com"),
        ];
        for (port, subset, service, expected) in table {
            let destination = Destination {
                subset: subset.map(|name| Spanned::new(name.into(), span)),
                port: port.map(|number| PortSelector {
                    number: Some(Spanned::new(number, span)),
                    ..PortSelector::empty(span)
                }),
                ..Destination::empty(span)
            };
            let target = service.as_ref().map(|service| Target { service, ports: &service.ports });
            assert_eq!(&*cluster(Some(&destination), "h", target, 80).name, expected);
        }
        assert_eq!(&*cluster(None, "", None, 80).name, UNKNOWN);
        assert_eq!(&*cluster(Some(&Destination::empty(span)), "", None, 80).name, UNKNOWN);
    }
}
