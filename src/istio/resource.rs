//! One object of a kind that matters.

use std::sync::Arc;

use thin_vec::ThinVec;

use super::Version;
use super::decode::{Decode, Decoder, Fields, Map};
use super::destination_rule::DestinationRule;
use super::gateway::Gateway;
use super::ingress::Ingress;
use super::kubernetes::{PodMetadata, PodSpec, Service, Template, Workload};
use super::mesh_config::MeshConfig;
use super::objection::{Objections, Weight};
use super::policy::{Policy, PolicyKind};
use super::secret::Secret;
use super::service_entry::ServiceEntry;
use super::sidecar::Sidecar;
use super::virtual_service::VirtualService;
use super::workload_entry::WorkloadEntry;
use crate::manifest::Meta;
use crate::text::{Span, Spanned, Str};
use crate::yaml::{Node, Scalar, Tree};

/// An object: who it is and what it says.
#[derive(Clone, Debug)]
pub struct Object<T> {
    /// Who it is.
    pub meta: Arc<Meta>,
    /// What it says.
    pub spec: T,
    /// Values that are not text and hold a placeholder `${...}`.
    pub unknown: Vec<Span>,
    /// Keys of comparisons of a VirtualService that are written and have nothing in them.
    pub blank: ThinVec<Spanned<&'static str>>,
}

impl<T> Object<T> {
    /// Who it is, without what it says.
    pub fn without_spec(self) -> Object<()> {
        Object { meta: self.meta, spec: (), unknown: self.unknown, blank: self.blank }
    }
}

/// An object of any kind that matters.
#[derive(Clone, Debug)]
pub enum Resource {
    /// Gateway of `networking.istio.io`.
    Gateway(Object<Gateway>),
    /// VirtualService.
    VirtualService(Object<VirtualService>),
    /// DestinationRule.
    DestinationRule(Object<DestinationRule>),
    /// ServiceEntry.
    ServiceEntry(Object<ServiceEntry>),
    /// An endpoint that is an object of its own: it has no part in the table.
    WorkloadEntry(Object<WorkloadEntry>),
    /// A Sidecar, which never programs a gateway: it has no part in the table.
    Sidecar(Object<Box<Sidecar>>),
    /// Service.
    Service(Object<Service>),
    /// Deployment, StatefulSet, DaemonSet or Pod.
    Workload(Object<Workload>),
    /// Secret.
    Secret(Object<Secret>),
    /// Namespace.
    Namespace(Object<()>),
    /// A policy that adds filters to proxies, or changes them in ways that are not modelled.
    Policy(Object<(PolicyKind, Policy)>),
    /// ConfigMap `istio` with a MeshConfig.
    MeshConfig(Object<Box<MeshConfig>>),
    /// A kind that may change a gateway and is not modelled.
    Unmodelled(Object<Unmodelled>),
    /// A kind that is known and has no part in the table.
    Known(Object<()>),
}

/// Kinds that may change a gateway and are not modelled, besides policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmodelled {
    /// `gateway.networking.k8s.io`.
    GatewayApi,
    /// `networking.k8s.io` Ingress.
    Ingress(Box<Ingress>),
}

/// What reading an object gave.
#[derive(Debug, Default)]
pub struct Read {
    /// The object, without the values that cannot be decoded; none for a kind that does not matter.
    pub resource: Option<Resource>,
    /// What stands against it so far.
    pub objections: Objections,
    /// Whether it cannot be decoded.
    pub is_undecodable: bool,
}

/// Kinds of `networking.istio.io` of which all fields are known.
const COMPLETE: &[&str] =
    &["Gateway", "VirtualService", "DestinationRule", "ServiceEntry", "Sidecar", "WorkloadEntry"];

/// Those of them that are nothing without `spec`.
const SPEC_REQUIRED: &[&str] = &["ServiceEntry", "WorkloadEntry"];

/// Whether all fields of an object's kind are known, so that what is wrong with one is found.
pub fn is_complete(meta: &Meta) -> bool {
    meta.group() == "networking.istio.io" && COMPLETE.contains(&meta.kind())
}

/// Reads an object as `version` does.
pub fn read(meta: Meta, node: Node<'_>, tree: &Tree<'_>, version: Version) -> Read {
    let is_complete = is_complete(&meta);
    let fields = match meta.group() {
        _ if is_complete => Fields::Complete,
        group if group.contains("istio.io") => Fields::Protobuf,
        _ => Fields::Kubernetes,
    };
    let mut cx = Decoder::new(tree, fields, version);
    let meta = Arc::new(meta);
    super::served::check(&meta, node, &mut cx);
    if is_complete {
        super::envelope::check(node, &mut cx);
        let has_spec = node.get("spec").is_some_and(|spec| !spec.is_null());
        if !has_spec && SPEC_REQUIRED.contains(&meta.kind()) {
            cx.object(Weight::SCHEMA, "required", node, "`spec` is required");
        }
    }
    let mut resource = resource(&meta, node, &mut cx);
    let decoded = cx.finish();
    if let Some(unknown) = resource.as_mut().and_then(Resource::unknown_mut) {
        *unknown = decoded.unknown;
    }
    if let Some(Resource::VirtualService(service)) = &mut resource {
        service.blank = decoded.blank;
    }
    let is_undecodable = decoded.is_undecodable;
    Read { resource, objections: decoded.objections, is_undecodable }
}

fn resource(meta: &Arc<Meta>, node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Resource> {
    let kind = meta.kind().to_owned();
    Some(match (meta.group(), kind.as_str()) {
        ("networking.istio.io", "Gateway") => Resource::Gateway(object(meta, spec(node, cx)?)),
        ("networking.istio.io", "VirtualService") => {
            Resource::VirtualService(object(meta, spec(node, cx)?))
        }
        ("networking.istio.io", "DestinationRule") => {
            Resource::DestinationRule(object(meta, spec(node, cx)?))
        }
        ("networking.istio.io", "ServiceEntry") => {
            Resource::ServiceEntry(object(meta, spec(node, cx)?))
        }
        ("networking.istio.io", "WorkloadEntry") => {
            Resource::WorkloadEntry(object(meta, spec(node, cx)?))
        }
        ("networking.istio.io", "Sidecar") => Resource::Sidecar(object(meta, spec(node, cx)?)),
        ("", "Service") => Resource::Service(object(meta, spec(node, cx)?)),
        ("apps", "Deployment" | "StatefulSet" | "DaemonSet") | ("argoproj.io", "Rollout") => {
            Resource::Workload(object(meta, templated(spec(node, cx)?)))
        }
        ("", "Pod") => Resource::Workload(object(meta, pod(meta, node, spec(node, cx)?))),
        ("", "Secret") => Resource::Secret(object(meta, Secret::read(meta, node))),
        (
            "bitnami.com" | "external-secrets.io" | "cert-manager.io" | "isindir.github.com",
            kind,
        ) => Resource::Secret(object(meta, Secret::made_of(meta, kind, node.get("spec"))?)),
        ("", "Namespace") => Resource::Namespace(object(meta, ())),
        ("", "ConfigMap") if meta.name() == "istio" => mesh_config(meta, node, cx)?,
        ("security.istio.io", "AuthorizationPolicy") => {
            policy(meta, PolicyKind::Authorization, node, cx)?
        }
        ("security.istio.io", "RequestAuthentication") => {
            policy(meta, PolicyKind::RequestAuthentication, node, cx)?
        }
        ("telemetry.istio.io", "Telemetry") => policy(meta, PolicyKind::Telemetry, node, cx)?,
        ("networking.istio.io", "EnvoyFilter") => policy(meta, PolicyKind::EnvoyFilter, node, cx)?,
        ("extensions.istio.io", "WasmPlugin") => policy(meta, PolicyKind::WasmPlugin, node, cx)?,
        ("gateway.networking.k8s.io" | "gateway.networking.x-k8s.io", _) => {
            Resource::Unmodelled(object(meta, Unmodelled::GatewayApi))
        }
        ("networking.k8s.io" | "extensions", "Ingress") => {
            let ingress = Ingress::read(node.get("spec"));
            Resource::Unmodelled(object(meta, Unmodelled::Ingress(Box::new(ingress))))
        }
        (
            "networking.istio.io"
            | "security.istio.io"
            | "telemetry.istio.io"
            | "extensions.istio.io"
            | "install.istio.io",
            _,
        ) => Resource::Known(object(meta, ())),
        _ => return None,
    })
}

fn object<T>(meta: &Arc<Meta>, spec: T) -> Object<T> {
    Object { meta: Arc::clone(meta), spec, unknown: Vec::new(), blank: ThinVec::new() }
}

/// `spec`; absent or null: an empty message.
fn spec<T: Decode>(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<T> {
    match node.get("spec").filter(|spec| !spec.is_null()) {
        Some(spec) => T::decode(spec, cx),
        None => T::zero(node.span()),
    }
}

fn templated(spec: Template) -> Workload {
    let span = spec.span;
    let template = spec.template.unwrap_or_else(|| super::kubernetes::PodTemplate::empty(span));
    let metadata = template.metadata.unwrap_or_else(|| PodMetadata::empty(span));
    let pod = template.spec.unwrap_or_else(|| PodSpec::empty(span));
    Workload { labels: metadata.labels, annotations: metadata.annotations, pod }
}

/// A Pod; places of its labels are those of the whole object.
fn pod(meta: &Meta, node: Node<'_>, pod: PodSpec) -> Workload {
    let spanned = |value: &Str| Spanned::new(value.clone(), node.span());
    let labels = meta.labels.iter().map(|(key, value)| (spanned(key), spanned(value)));
    let annotations = meta.annotations.iter().map(|(key, value)| (key.clone(), spanned(value)));
    Workload {
        labels: Map { entries: labels.collect() },
        annotations: Map { entries: annotations.collect() },
        pod,
    }
}

fn policy(
    meta: &Arc<Meta>,
    kind: PolicyKind,
    node: Node<'_>,
    cx: &mut Decoder<'_>,
) -> Option<Resource> {
    Some(Resource::Policy(object(meta, (kind, spec(node, cx)?))))
}

fn mesh_config(meta: &Arc<Meta>, node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Resource> {
    let mesh = node.get("data")?.get("mesh")?;
    let Some(Scalar::Str(text)) = mesh.scalar() else { return None };
    match MeshConfig::parse(text) {
        Ok(config) => Some(Resource::MeshConfig(object(meta, Box::new(config)))),
        Err(error) => {
            cx.problem(mesh, &error.message);
            None
        }
    }
}

impl Resource {
    /// Values that are not text and hold a placeholder.
    pub fn unknown(&self) -> &[Span] {
        match self {
            Self::Gateway(object) => &object.unknown,
            Self::VirtualService(object) => &object.unknown,
            Self::DestinationRule(object) => &object.unknown,
            Self::ServiceEntry(object) => &object.unknown,
            Self::WorkloadEntry(object) => &object.unknown,
            Self::Sidecar(object) => &object.unknown,
            Self::Service(object) => &object.unknown,
            Self::Workload(object) => &object.unknown,
            _ => &[],
        }
    }

    fn unknown_mut(&mut self) -> Option<&mut Vec<Span>> {
        match self {
            Self::Gateway(object) => Some(&mut object.unknown),
            Self::VirtualService(object) => Some(&mut object.unknown),
            Self::DestinationRule(object) => Some(&mut object.unknown),
            Self::ServiceEntry(object) => Some(&mut object.unknown),
            Self::WorkloadEntry(object) => Some(&mut object.unknown),
            Self::Sidecar(object) => Some(&mut object.unknown),
            Self::Service(object) => Some(&mut object.unknown),
            Self::Workload(object) => Some(&mut object.unknown),
            _ => None,
        }
    }

    /// Who the object is.
    pub fn meta(&self) -> &Arc<Meta> {
        match self {
            Self::Gateway(object) => &object.meta,
            Self::VirtualService(object) => &object.meta,
            Self::DestinationRule(object) => &object.meta,
            Self::ServiceEntry(object) => &object.meta,
            Self::WorkloadEntry(object) => &object.meta,
            Self::Sidecar(object) => &object.meta,
            Self::Service(object) => &object.meta,
            Self::Workload(object) => &object.meta,
            Self::Secret(object) => &object.meta,
            Self::Namespace(object) | Self::Known(object) => &object.meta,
            Self::Policy(object) => &object.meta,
            Self::MeshConfig(object) => &object.meta,
            Self::Unmodelled(object) => &object.meta,
        }
    }
}
