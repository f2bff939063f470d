//! Which kinds and versions of Istio's groups there are.

use super::decode::{Decoder, Meant, meant};
use super::objection::Weight;
use crate::manifest::Meta;
use crate::text::{Span, distance};
use crate::yaml::Node;

/// The versions of most kinds, the newest first.
const ALL: &[&str] = &["v1", "v1beta1", "v1alpha3"];

/// The group of what is routed.
const NETWORKING_GROUP: &str = "networking.istio.io";

/// The kinds of that group and their versions.
const NETWORKING: &[(&str, &[&str])] = &[
    ("Gateway", ALL),
    ("VirtualService", ALL),
    ("DestinationRule", ALL),
    ("ServiceEntry", ALL),
    ("Sidecar", ALL),
    ("WorkloadEntry", ALL),
    ("WorkloadGroup", ALL),
    ("EnvoyFilter", &["v1alpha3"]),
    ("ProxyConfig", &["v1beta1"]),
];

/// Kinds of a group that went before it did: the release that went without them, and what came instead.
const REMOVED_KINDS: &[(&str, &str, &str, &str)] = &[
    ("config.istio.io", "RouteRule", "1.0", "VirtualService"),
    ("config.istio.io", "IngressRule", "1.0", "Gateway and VirtualService"),
    ("config.istio.io", "EgressRule", "1.0", "ServiceEntry"),
    ("config.istio.io", "DestinationPolicy", "1.0", "DestinationRule"),
    ("config.istio.io", "ServiceRole", "1.6", "AuthorizationPolicy"),
    ("config.istio.io", "ServiceRoleBinding", "1.6", "AuthorizationPolicy"),
];

/// Groups that are no more, the release that went without them, and what came instead.
const REMOVED: &[(&str, &str, &str)] = &[
    ("authentication.istio.io", "1.6", "PeerAuthentication and RequestAuthentication"),
    ("rbac.istio.io", "1.6", "AuthorizationPolicy"),
    ("config.istio.io", "1.8", "Telemetry, AuthorizationPolicy and WasmPlugin"),
];

/// What is wrong with group, version or kind.
struct Unserved {
    span: Span,
    message: String,
    help: String,
}

/// Objects to a kind that the API server does not know. Istio never sees such an object and has nothing to say of it.
pub(super) fn check(meta: &Meta, node: Node<'_>, cx: &mut Decoder<'_>) {
    let Some(written) = node.get("apiVersion") else { return };
    let Some(text) = written.text() else { return };
    // Without `/` it is a version of the core group.
    let unserved = match text.split_once('/') {
        Some((NETWORKING_GROUP, version)) => of_networking(meta.kind(), version, node, written),
        Some((group, version)) => of_removed(meta.kind(), group, version, written)
            .or_else(|| of_another_group(meta.kind(), group, written)),
        None => of_another_group(meta.kind(), text, written),
    };
    if let Some(Unserved { span, message, help }) = unserved {
        cx.objections().add(Weight::SCHEMA, "api-version", span, message).help(help);
    }
}

fn of_removed(kind: &str, group: &str, version: &str, written: Node<'_>) -> Option<Unserved> {
    let (_, release, instead) = REMOVED.iter().find(|(removed, ..)| *removed == group)?;
    let of_kind = REMOVED_KINDS.iter().find(|(of, known, ..)| (*of, *known) == (group, kind));
    let (release, instead) =
        of_kind.map_or((release, instead), |(_, _, release, instead)| (release, instead));
    Some(Unserved {
        span: written.span(),
        message: format!("`{group}/{version}` {kind} no longer exists since Istio {release}"),
        help: format!("write {instead}"),
    })
}

/// A kind of `networking.istio.io` in a group that can only be a slip.
fn of_another_group(kind: &str, group: &str, written: Node<'_>) -> Option<Unserved> {
    let (kind, versions) = NETWORKING.iter().find(|(known, _)| *known == kind)?;
    let is_slip = group.ends_with(".istio.io") || distance(group, NETWORKING_GROUP, 2).is_some();
    is_slip.then(|| Unserved {
        span: written.span(),
        message: if group == NETWORKING_GROUP {
            format!("`{group}` lacks a version")
        } else {
            format!("`{group}` has no kind `{kind}`")
        },
        help: format!("write `{NETWORKING_GROUP}/{}`", versions[0]),
    })
}

fn of_networking(kind: &str, version: &str, node: Node<'_>, written: Node<'_>) -> Option<Unserved> {
    let Some((_, versions)) = NETWORKING.iter().find(|(known, _)| *known == kind) else {
        let kinds: Vec<&str> = NETWORKING.iter().map(|(known, _)| *known).collect();
        let help = match meant(kind, kinds.iter().copied()) {
            Some(Meant::Exactly(known) | Meant::Nearly(known)) => format!("write `{known}`"),
            None => format!("write one of {}", kinds.join(", ")),
        };
        let message = format!("`{NETWORKING_GROUP}` has no kind `{kind}`");
        return Some(Unserved { span: node.get("kind")?.span(), message, help });
    };
    (!versions.contains(&version)).then(|| Unserved {
        span: written.span(),
        message: format!("{kind} has no version `{version}`, only {}", versions.join(", ")),
        help: format!("write `{NETWORKING_GROUP}/{}`", versions[0]),
    })
}
