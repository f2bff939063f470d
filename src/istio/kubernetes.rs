//! Kinds of Kubernetes itself, as far as they decide what a gateway does.

use super::decode::{Decode, Decoder, Map, message};
use super::virtual_service::Text;
use crate::text::{Span, Spanned, Str};
use crate::yaml::{Node, Scalar};

message! {
    /// `spec` of a Service.
    Service {
        /// ClusterIP, ExternalName and so on.
        service_type: Text = "type",
        /// The name that an ExternalName stands for.
        external_name: Text = "externalName",
        /// Cluster address; `None`: headless.
        cluster_ip: Text = "clusterIP",
        /// Labels of the Pods behind it.
        selector: Map<Spanned<Str>> = "selector",
        /// Ports in order.
        ports: Vec<ServicePort> = "ports",
    }
}

message! {
    /// A port of a Service.
    ServicePort {
        /// Name; its prefix may name the protocol.
        name: Text = "name",
        /// Port that clients dial.
        port: Option<Spanned<u32>> = "port",
        /// Port of the Pods; absent: the same.
        target_port: Option<Spanned<TargetPort>> = "targetPort",
        /// TCP, UDP or SCTP; absent: TCP.
        protocol: Text = "protocol",
        /// Protocol above.
        app_protocol: Text = "appProtocol",
        /// Port of the nodes.
        node_port: Option<Spanned<u32>> = "nodePort",
    }
}

/// A port by number or by the name of a container port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetPort {
    /// By number.
    Number(u32),
    /// By name.
    Name(String),
}

impl Decode for Spanned<TargetPort> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        let value = match node.scalar() {
            Some(Scalar::Int(number)) => u32::try_from(number).ok().map(TargetPort::Number),
            Some(Scalar::Str(text)) => Some(TargetPort::Name(text.to_owned())),
            _ => None,
        };
        if value.is_none() {
            cx.wrong(node, "a port number or name");
        }
        value.map(|value| Self::new(value, node.span()))
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(TargetPort::Number(0), span))
    }
}

message! {
    /// `spec` of a Deployment, StatefulSet or DaemonSet.
    Template {
        /// The Pod template.
        template: Option<PodTemplate> = "template",
    }
}

message! {
    /// A Pod template.
    PodTemplate {
        /// Labels and annotations.
        metadata: Option<PodMetadata> = "metadata",
        /// Containers.
        spec: Option<PodSpec> = "spec",
    }
}

message! {
    /// `metadata` of a Pod template.
    PodMetadata {
        /// Labels.
        labels: Map<Spanned<Str>> = "labels",
        /// Annotations.
        annotations: Map<Spanned<Str>> = "annotations",
    }
}

message! {
    /// `spec` of a Pod.
    PodSpec {
        /// Containers.
        containers: Vec<Container> = "containers",
        /// Init containers; native sidecars among them.
        init_containers: Vec<Container> = "initContainers",
        /// Whether the Pods use the network of their nodes.
        host_network: Option<Spanned<bool>> = "hostNetwork",
    }
}

message! {
    /// A container.
    Container {
        /// Name.
        name: Text = "name",
        /// Arguments.
        args: Vec<Spanned<Str>> = "args",
        /// Environment.
        env: Vec<EnvVar> = "env",
        /// Ports.
        ports: Vec<ContainerPort> = "ports",
        /// `Always` makes an init container a native sidecar.
        restart_policy: Text = "restartPolicy",
    }
}

message! {
    /// An environment variable.
    EnvVar {
        /// Name.
        name: Text = "name",
        /// Value.
        value: Text = "value",
    }
}

message! {
    /// A port of a container.
    ContainerPort {
        /// Name.
        name: Text = "name",
        /// Number.
        container_port: Option<Spanned<u32>> = "containerPort",
        /// Port of the node that leads to it.
        host_port: Option<Spanned<u32>> = "hostPort",
        /// TCP, UDP or SCTP; absent: TCP.
        protocol: Text = "protocol",
    }
}

/// Something that makes Pods: a Deployment, StatefulSet, DaemonSet or Pod.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Labels of the Pods.
    pub labels: Map<Spanned<Str>>,
    /// Annotations of the Pods.
    pub annotations: Map<Spanned<Str>>,
    /// What the Pods consist of.
    pub pod: PodSpec,
}

impl Workload {
    /// Whether the Pods are Istio gateways: injected by the template `gateway`, or with a container `istio-proxy`
    /// that is started as a router.
    pub fn is_gateway(&self) -> bool {
        let template = self.annotations.get("inject.istio.io/templates");
        let injected =
            template.is_some_and(|names| names.split(',').any(|name| name.trim() == "gateway"));
        injected || self.proxies().any(|proxy| proxy.args.iter().any(|arg| arg.value == "router"))
    }

    /// Whether the Pods say that they may not open ports below 1024.
    pub fn is_unprivileged(&self) -> bool {
        self.unprivileged_span().is_some()
    }

    /// Where the Pods say that they may not open ports below 1024.
    pub fn unprivileged_span(&self) -> Option<Span> {
        let mut variables = self.proxies().flat_map(|proxy| &proxy.env);
        let says_so = |var: &&EnvVar| {
            var.name.as_ref().is_some_and(|name| name.value == "ISTIO_META_UNPRIVILEGED_POD")
                && var.value.as_ref().is_some_and(|value| value.value == "true")
        };
        variables.find(says_so).map(|var| var.span)
    }

    /// Whether clients get to ports of the Pods through those of their nodes, without a Service.
    pub fn opens_node_ports(&self) -> bool {
        let mut ports = self.pod.containers.iter().flat_map(|container| &container.ports);
        self.pod.host_network.is_some_and(|given| given.value)
            || ports.any(|port| port.host_port.is_some_and(|port| port.value != 0))
    }

    fn proxies(&self) -> impl Iterator<Item = &Container> {
        self.pod.containers.iter().filter(|container| {
            container.name.as_ref().is_some_and(|name| name.value == "istio-proxy")
        })
    }

    /// The number of the container port `name` of the L4 protocol `protocol` (mirrors istio 1.32
    /// `pilot/pkg/serviceregistry/kube/controller: FindPort`).
    pub fn container_port(&self, name: &str, protocol: &str) -> Option<u32> {
        let sidecars = self.pod.init_containers.iter().filter(|container| {
            container.restart_policy.as_ref().is_some_and(|policy| policy.value == "Always")
        });
        let port = self
            .pod
            .containers
            .iter()
            .chain(sidecars)
            .flat_map(|container| &container.ports)
            .find(|port| {
                port.name.as_ref().is_some_and(|n| n.value == name)
                    && port.protocol.as_ref().map_or("TCP", |p| p.value.as_str()) == protocol
            })?;
        port.container_port.map(|number| number.value)
    }
}
