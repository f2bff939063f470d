//! Unknown is not missing, for Secrets: which of them a filter chain needs, and whether the input tells that they are
//! there.

use rustc_hash::{FxHashMap, FxHashSet};

use super::is_placeholder;
use super::presence::{Complete, Presence, Unread};
use crate::envoy::listener::DownstreamTls;
use crate::envoy::{Detail, Table};
use crate::istio::Object;
use crate::istio::secret::Secret;
use crate::mesh::{Found, Mesh, Proxy};

/// Kinds that are Secrets, or that a controller makes Secrets of.
const KINDS: [&str; 5] = ["Secret", "SealedSecret", "ExternalSecret", "Certificate", "SopsSecret"];

/// A Secret that a filter chain takes a certificate from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeededSecret {
    /// The name as Envoy asks for it: `kubernetes://shop-cert`.
    pub resource: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Whether it holds the CA for clients, and not the gateway's own certificate.
    pub is_ca: bool,
    /// Whether it is there.
    pub presence: Presence,
    /// Whether istiod keeps it from the proxy, which is known to run in another namespace.
    pub is_foreign: bool,
}

/// What an input says of Secrets.
#[derive(Debug)]
pub struct SecretPresences<'a> {
    complete: &'a Complete,
    unread: &'a Unread,
    /// By namespace and name.
    known: FxHashMap<&'a str, FxHashMap<&'a str, Vec<&'a Object<Secret>>>>,
    /// Namespaces of Secrets.
    covered: FxHashSet<&'a str>,
    /// Those that kustomize generates, by name, with the namespace if it is known.
    generated: FxHashMap<&'a str, Vec<Option<&'a str>>>,
}

impl<'a> SecretPresences<'a> {
    /// What the objects of `mesh` say; `complete`: kinds of which the input holds every object, `unread`: what could
    /// not be read.
    pub fn new(mesh: &'a Mesh, complete: &'a Complete, unread: &'a Unread) -> Self {
        let mut known: FxHashMap<&str, FxHashMap<&str, Vec<&Object<Secret>>>> =
            FxHashMap::default();
        let mut covered = FxHashSet::default();
        for secret in &mesh.store.secrets {
            let namespace = secret.meta.namespace();
            covered.insert(namespace);
            for name in &secret.spec.names {
                let here = known.entry(namespace).or_default();
                here.entry(name.as_str()).or_default().push(secret);
            }
        }
        let mut generated: FxHashMap<&str, Vec<Option<&str>>> = FxHashMap::default();
        for secret in &mesh.store.generated_secrets {
            generated.entry(&secret.name).or_default().push(secret.namespace.as_deref());
        }
        Self { complete, unread, known, covered, generated }
    }

    /// The Secrets behind the certificates of a chain, and behind the CA where that is one of its own (spec 1, 6.11).
    pub fn of<R: Detail>(&self, table: &Table<R>, tls: &DownstreamTls) -> Vec<NeededSecret> {
        let own = &table.proxy.namespace;
        let needed = |resource: &String, is_ca: bool| {
            let (namespace, name) = secret_name(resource, own)?;
            let presence = self.presence(namespace, name);
            let is_foreign = is_kept(resource, namespace, &table.proxy);
            let (namespace, name) = (namespace.to_owned(), name.to_owned());
            let resource = resource.clone();
            Some(NeededSecret { resource, namespace, name, is_ca, presence, is_foreign })
        };
        let mut all: Vec<NeededSecret> =
            tls.certificates.iter().filter_map(|name| needed(name, false)).collect();
        let ca = tls.validation.as_ref().and_then(|validation| validation.ca.as_ref());
        let ca = ca.and_then(|ca| needed(ca, true));
        all.extend(ca.filter(|ca| !self.may_be_beside(ca, &all)));
        all
    }

    /// Whether the CA may be in a Secret that holds a certificate, too: istiod looks for `x-cacert`, then into `x`
    /// (mirrors istio 1.32 `credentials/kube/secrets.go: GetCaCert`).
    fn may_be_beside(&self, ca: &NeededSecret, certificates: &[NeededSecret]) -> bool {
        let Some(beside) = ca.name.strip_suffix("-cacert") else { return false };
        if ca.presence == Presence::Known {
            return false;
        }
        let is_beside = |one: &&NeededSecret| one.name == beside && one.namespace == ca.namespace;
        if !certificates.iter().any(|one| is_beside(&one)) {
            return false;
        }
        let secrets = self.known(&ca.namespace, beside);
        secrets.is_empty() || secrets.iter().any(|secret| may_have_ca(&secret.spec))
    }

    /// What makes the Secret `namespace/name`.
    pub(super) fn known(&self, namespace: &str, name: &str) -> &[&'a Object<Secret>] {
        let here = self.known.get(namespace).and_then(|here| here.get(name));
        here.map_or(&[][..], Vec::as_slice)
    }

    /// The one Secret `namespace/name`, if it is written and nothing else makes it.
    pub(super) fn written(&self, namespace: &str, name: &str) -> Option<&'a Object<Secret>> {
        match self.known(namespace, name) {
            [secret] if secret.spec.keys.is_some() => Some(secret),
            _ => None,
        }
    }

    /// Whether the input has no such Secret, be it that it would have it or not.
    pub(super) fn is_absent(&self, namespace: &str, name: &str) -> bool {
        self.known(namespace, name).is_empty()
            && !self.is_generated(namespace, name)
            && !is_placeholder(name)
            && !is_placeholder(namespace)
            && !self.is_unread(namespace)
    }

    /// Whether there is nothing to say of any Secret.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && !self.complete.names("Secret")
    }

    fn presence(&self, namespace: &str, name: &str) -> Presence {
        if !self.known(namespace, name).is_empty() || self.is_generated(namespace, name) {
            return Presence::Known;
        }
        let is_covered =
            self.covered.contains(namespace) || self.complete.covers("Secret", namespace);
        if !is_covered || is_placeholder(name) || self.is_unread(namespace) {
            return Presence::Unknown;
        }
        Presence::Missing
    }

    /// Whether kustomize generates the Secret.
    fn is_generated(&self, namespace: &str, name: &str) -> bool {
        let namespaces = self.generated.get(name).map_or(&[][..], Vec::as_slice);
        namespaces.iter().any(|known| known.is_none_or(|known| known == namespace))
    }

    /// Whether something that may be the Secret could not be read.
    fn is_unread(&self, namespace: &str) -> bool {
        let mut objects = self.unread.objects.iter();
        KINDS.iter().any(|kind| self.unread.kinds.contains(*kind))
            || objects.any(|one| KINDS.contains(&&*one.kind) && *one.namespace == *namespace)
    }
}

/// Whether a Secret has a CA for clients, as far as anybody knows (mirrors istio 1.32 `secrets.go: ExtractRoot`).
pub(super) fn may_have_ca(secret: &Secret) -> bool {
    let is_ca = |key: &str| key == "cacert" || key == "ca.crt";
    secret.keys.as_ref().is_none_or(|keys| keys.iter().any(|key| is_ca(&key.value)))
}

/// Whether istiod gives the Secret of a namespace to no proxy of another one (mirrors istio 1.32 `pilot/pkg/xds/sds.go:
/// filterAuthorizedResources`). What a `kubernetes-gateway://` names may be allowed by a `ReferenceGrant`.
fn is_kept(resource: &str, namespace: &str, proxy: &Proxy) -> bool {
    resource.starts_with("kubernetes://")
        && proxy.found != Found::Assumed
        && namespace != proxy.namespace
        && !is_placeholder(namespace)
        && !is_placeholder(&proxy.namespace)
}

/// Namespace and name of the Secret behind the name of an SDS resource: without namespace it is that of the proxy.
fn secret_name<'r>(resource: &'r str, own: &'r str) -> Option<(&'r str, &'r str)> {
    let name = resource
        .strip_prefix("kubernetes://")
        .or_else(|| resource.strip_prefix("kubernetes-gateway://"))?;
    let name = name.strip_prefix("sds://").unwrap_or(name);
    Some(name.split_once('/').unwrap_or((own, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_in_the_namespace_of_the_proxy_unless_they_name_one() {
        let table = [
            ("kubernetes://a", Some(("edge", "a"))),
            ("kubernetes://b/a", Some(("b", "a"))),
            ("kubernetes-gateway://b/a", Some(("b", "a"))),
            ("kubernetes://sds://a", Some(("edge", "a"))),
            ("file-cert:/a~/b", None),
            ("default", None),
        ];
        for (resource, expected) in table {
            assert_eq!(secret_name(resource, "edge"), expected, "{resource}");
        }
    }
}
