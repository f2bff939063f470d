//! Which server takes certificates from which Secret: what GW206 and GW209 to GW213 share.

use rustc_hash::{FxHashMap, FxHashSet};

use super::findings::{Findings, Report};
use super::secrets::{NeededSecret, SecretPresences};
use super::server::ServerRef;
use super::{World, is_placeholder};
use crate::certificate::certificate;
use crate::envoy::listener::DownstreamTls;
use crate::finding::Rule;
use crate::istio::Object;
use crate::istio::secret::Secret;
use crate::mesh::Found;
use crate::text::{Span, Spanned, Str};

/// A Secret that a server needs, in the tables where it does.
#[derive(Clone, Debug)]
pub(super) struct Need<'a> {
    /// The server, in the first of these tables.
    pub(super) server: ServerRef<'a>,
    /// The Secret.
    pub(super) secret: NeededSecret,
    /// Where it is named.
    pub(super) named: &'a Spanned<Str>,
    /// Numbers of the tables.
    tables: Vec<usize>,
}

/// The Secrets that the filter chains of all tables need; each once for a server and a namespace.
pub(super) fn needs<'a>(world: &World<'a>, presences: &SecretPresences<'_>) -> Vec<Need<'a>> {
    let mut all: Vec<Need<'a>> = Vec::new();
    let mut at: FxHashMap<(u32, u32, String, String), usize> = FxHashMap::default();
    if presences.is_empty() && !names_a_namespace(world) {
        return all;
    }
    for (server, tls) in terminating(world) {
        for secret in presences.of(server.table, tls) {
            let Some(named) = named(&server, &secret) else { continue };
            let (gateway, index) = (server.record.gateway, server.record.index);
            let key = (gateway, index, secret.namespace.clone(), secret.resource.clone());
            let known = *at.entry(key).or_insert_with(|| {
                all.push(Need { server, secret, named, tables: Vec::new() });
                all.len() - 1
            });
            all[known].tables.push(server.table_index());
        }
    }
    all
}

/// Whether some credential is a Secret of a namespace that it names: where it is no Secret has to tell.
fn names_a_namespace(world: &World<'_>) -> bool {
    let mut servers = world.mesh.store.gateways.iter().flat_map(|gateway| &gateway.spec.servers);
    let has_slash = |name: &Spanned<Str>| name.value.contains('/');
    servers.any(|server| {
        server.tls.as_deref().is_some_and(|tls| {
            let own = tls.credential_names.iter().chain(&tls.credential_name);
            own.chain(&tls.ca_cert_credential_name).any(has_slash)
        })
    })
}

/// The servers of all tables that terminate TLS, with what their chains say of it.
fn terminating<'a>(world: &World<'a>) -> impl Iterator<Item = (ServerRef<'a>, &'a DownstreamTls)> {
    (0..).zip(world.tables).flat_map(move |(at, table)| {
        let chains = table.listeners.iter().flat_map(|listener| &listener.filter_chains);
        chains.filter_map(move |chain| {
            let server = world.server_at(at, *chain.origins.first()?)?;
            Some((server, chain.tls.as_ref()?))
        })
    })
}

/// The field that names a Secret.
fn named<'a>(server: &ServerRef<'a>, secret: &NeededSecret) -> Option<&'a Spanned<Str>> {
    let tls = server.server.tls.as_deref()?;
    let own = tls.credential_names.iter().chain(&tls.credential_name);
    let mut fields = own.chain(&tls.ca_cert_credential_name);
    let beside = secret.name.strip_suffix("-cacert").filter(|_| secret.is_ca);
    fields.find(|field| {
        let name = field.value.rsplit('/').next().unwrap_or(&field.value);
        name == secret.name || beside == Some(name)
    })
}

impl Need<'_> {
    /// Whether `caCertCredentialName` or a credential names the Secret itself, which is not that beside a credential.
    pub(super) fn is_named(&self) -> bool {
        self.named.value.rsplit('/').next() == Some(&self.secret.name)
    }

    /// Whether files tell where the Pods of the gateway run.
    pub(super) fn is_namespace_known(&self) -> bool {
        self.server.table.proxy.found != Found::Assumed
    }

    /// `namespace/name` of the Secret.
    pub(super) fn name(&self) -> String {
        format!("{}/{}", self.secret.namespace, self.secret.name)
    }

    /// A finding at `span` of the Gateway, with the proxies for which it holds.
    pub(super) fn report<'o>(
        &self,
        world: &World<'_>,
        out: &'o mut Findings,
        rule: &'static Rule,
        span: Span,
        message: String,
    ) -> &'o mut Report {
        let subject = world.subject(self.server.object());
        let gateway = self.server.record.gateway;
        out.report(rule, subject, span, message)
            .proxies(world.proxies_unless_all(gateway, &self.tables))
    }

    /// Shows by what the namespace of the Pods is known.
    pub(super) fn show_pods(&self, report: &mut Report) {
        if let Found::Workload(origin) | Found::Service(origin) = self.server.table.proxy.found {
            let namespace = &self.server.table.proxy.namespace;
            report.label(origin.span, format!("the gateway's Pods are in `{namespace}`"));
        }
    }
}

/// The Secrets that are written in the input and that a server needs, each once as a certificate and once as a CA, with
/// the first need.
pub(super) fn written<'a, 'n>(
    presences: &SecretPresences<'a>,
    needs: &'n [Need<'a>],
) -> Vec<(&'a Object<Secret>, &'n Need<'a>)> {
    let mut known = FxHashSet::default();
    let mut all = Vec::new();
    for need in needs {
        let (namespace, name) = (need.secret.namespace.as_str(), need.secret.name.as_str());
        if known.insert((namespace, name, need.secret.is_ca)) {
            all.extend(presences.written(namespace, name).map(|secret| (secret, need)));
        }
    }
    all
}

/// A certificate that a server shows.
pub(super) struct Shown<'a> {
    /// What it is known by: the Secret or the file.
    pub(super) key: String,
    /// Where it is named.
    pub(super) named: &'a Spanned<Str>,
    /// The names that it is for; none: the input does not tell.
    pub(super) names: Option<Vec<String>>,
}

/// The certificates that a server shows (mirrors istio 1.32 `listener.go: BuildListenerTLSContext`), those aside that no
/// text names: a placeholder's, the workload's own.
pub(super) fn shown<'a>(presences: &SecretPresences<'_>, server: &ServerRef<'a>) -> Vec<Shown<'a>> {
    let Some(tls) = server.server.tls.as_deref() else { return Vec::new() };
    let is_told = |name: &&Spanned<Str>| {
        !name.is_empty() && !is_placeholder(name) && name.value != "builtin://"
    };
    let credentials: Vec<&Spanned<Str>> = match tls.credential_names.as_slice() {
        [] => tls.credential_name.iter().collect(),
        names => names.iter().collect(),
    };
    if credentials.iter().any(|name| !name.is_empty()) {
        let own = &server.table.proxy.namespace;
        let secrets = credentials.into_iter().filter(is_told);
        return secrets.map(|named| Shown::secret(presences, own, named)).collect();
    }
    let files: Vec<&Spanned<Str>> = match tls.tls_certificates.as_slice() {
        [] => tls.server_certificate.iter().collect(),
        pairs => pairs.iter().filter_map(|pair| pair.server_certificate.as_ref()).collect(),
    };
    let file = |named: &'a Spanned<Str>| Shown {
        key: format!("file:{}", named.value),
        named,
        names: None,
    };
    files.into_iter().filter(is_told).map(file).collect()
}

impl<'a> Shown<'a> {
    fn secret(presences: &SecretPresences<'_>, own: &str, named: &'a Spanned<Str>) -> Self {
        let text = named.value.strip_prefix("kubernetes://").unwrap_or(&named.value);
        if text.contains("://") {
            return Self { key: text.to_owned(), named, names: None };
        }
        let (namespace, name) = text.split_once('/').unwrap_or((own, text));
        let certificate = Names::of(presences, namespace, name);
        Self {
            key: format!("{namespace}/{name}"),
            named,
            names: certificate.map(|certificate| certificate.dns),
        }
    }
}

/// The names that a certificate is for, in lower case.
pub(super) struct Names {
    /// The names.
    pub(super) dns: Vec<String>,
    /// The common name of one without names, which clients do not look at.
    pub(super) common_name: Option<String>,
    /// Where they are written, or the certificate that has them.
    pub(super) span: Span,
}

impl Names {
    /// Of the certificate in a Secret, if the input tells.
    pub(super) fn of(presences: &SecretPresences<'_>, namespace: &str, name: &str) -> Option<Self> {
        let [secret] = presences.known(namespace, name) else { return None };
        if let Some(names) = &secret.spec.dns_names {
            let span = names.first()?.span;
            let names = names.iter().map(|name| name.value.to_string()).collect();
            return Some(Self { dns: names, common_name: None, span });
        }
        let (value, _) = secret.spec.pair()?;
        let read = certificate(value.text.as_deref()?).ok()??;
        let common_name = read.common_name.filter(|_| read.names.is_empty());
        Some(Self { dns: read.names, common_name, span: value.span })
    }
}
