//! Ingresses, as far as they tell what stands in front of a gateway.

use super::secret::string;
use crate::text::Span;
use crate::yaml::{Node, Scalar};

/// An Ingress.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingress {
    /// `ingressClassName`.
    pub class: Option<String>,
    /// Where `tls` is written, if it has something in it.
    pub tls: Option<Span>,
    /// Where requests go.
    pub backends: Vec<Backend>,
}

/// A Service that an Ingress sends requests to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backend {
    /// The host of its rule; none: every host.
    pub host: Option<String>,
    /// Name of the Service, of the namespace of the Ingress.
    pub service: String,
    /// The port of the Service, by number or by name.
    pub port: String,
    /// Where it is written.
    pub span: Span,
}

impl Ingress {
    /// Reads `spec`, of whichever version.
    pub(super) fn read(spec: Option<Node<'_>>) -> Self {
        let Some(spec) = spec else { return Self::default() };
        let mut backends = Vec::new();
        let every = [spec.get("defaultBackend"), spec.get("backend")];
        backends.extend(every.into_iter().flatten().filter_map(|node| backend(node, None)));
        for rule in spec.get("rules").into_iter().flat_map(Node::items) {
            let host = rule.get("host").and_then(string).filter(|host| !host.is_empty());
            let paths = rule.get("http").and_then(|http| http.get("paths"));
            let nodes = paths.into_iter().flat_map(Node::items);
            let nodes = nodes.filter_map(|path| path.get("backend"));
            backends.extend(nodes.filter_map(|node| backend(node, host.clone())));
        }
        Self {
            class: spec.get("ingressClassName").and_then(string),
            tls: spec.get("tls").filter(|tls| tls.items().len() > 0).map(Node::span),
            backends,
        }
    }
}

/// A backend: `service: {name, port: {number, name}}`, before `networking.k8s.io/v1` `serviceName` and `servicePort`.
fn backend(node: Node<'_>, host: Option<String>) -> Option<Backend> {
    let (service, port) = match node.get("service") {
        Some(service) => {
            let port = service.get("port")?;
            (service.get("name")?, port.get("number").or_else(|| port.get("name"))?)
        }
        None => (node.get("serviceName")?, node.get("servicePort")?),
    };
    let port = match port.scalar()? {
        Scalar::Int(number) => number.to_string(),
        Scalar::Str(name) => name.to_owned(),
        _ => return None,
    };
    Some(Backend { host, service: string(service)?, port, span: node.span() })
}
