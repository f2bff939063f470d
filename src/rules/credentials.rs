//! Which server takes certificates from which Secret: what GW206 and GW209 to GW213 share.

use rustc_hash::{FxHashMap, FxHashSet};

use super::World;
use super::findings::{Findings, Report};
use super::secrets::{NeededSecret, SecretPresences};
use super::server::ServerRef;
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
    if presences.is_empty() {
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

/// The names that a certificate is for, in lower case.
pub(super) struct Names {
    /// The names.
    pub(super) names: Vec<String>,
    /// Where they are written, or the certificate that has them.
    pub(super) span: Span,
}

impl Names {
    /// Of the certificate in a Secret, if the input tells.
    pub(super) fn of(presences: &SecretPresences<'_>, namespace: &str, name: &str) -> Option<Self> {
        let [secret] = presences.known(namespace, name) else { return None };
        if let Some(names) = &secret.spec.dns_names {
            let span = names.first()?.span;
            return Some(Self {
                names: names.iter().map(|name| name.value.to_string()).collect(),
                span,
            });
        }
        let (value, _) = secret.spec.pair()?;
        let read = certificate(value.text.as_deref()?).ok()??;
        Some(Self { names: read.names, span: value.span })
    }
}
