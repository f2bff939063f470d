//! Listeners that Envoy refuses.

use std::net::IpAddr;

use rustc_hash::FxHashMap;

use crate::envoy::listener::{Address, FilterChain, Listener, Terminal};
use crate::envoy::table::{Cause, Rejected};
use crate::istio::policy::PolicyKind;
use crate::mesh::{Mesh, ObjectRef, Origin, Part, Proxy};

/// The listeners that Envoy refuses.
pub fn rejected(mesh: &Mesh, proxy: &Proxy, listeners: &[Listener]) -> Vec<Rejected> {
    let keyless = keyless_authentication(mesh, proxy);
    let mut rejected: Vec<Rejected> = Vec::new();
    let mut addresses: FxHashMap<(IpAddr, u32), &Listener> = FxHashMap::default();
    // Envoy gets the listeners by name; of two with one address it keeps the first.
    let mut by_name: Vec<&Listener> = listeners.iter().collect();
    by_name.sort_by(|a, b| a.name.cmp(&b.name));
    for listener in by_name {
        let chains = &listener.filter_chains;
        let fault = same_match(chains)
            .or_else(|| names_without_authority(chains))
            .or_else(|| keyless.filter(|_| chains.iter().any(is_http)).map(no_usable_key))
            .or_else(|| same_address(listener, &mut addresses));
        if let Some((reason, cause, origins)) = fault {
            rejected.push(Rejected { name: listener.name.clone(), reason, cause, origins });
        }
    }
    rejected
}

/// Why something is refused, what is wrong, and what causes it.
type Fault = (String, Cause, Vec<Origin>);

fn is_http(chain: &FilterChain) -> bool {
    matches!(chain.terminal, Terminal::Http(_))
}

/// E3 to E5 (mirrors Envoy 1.40 `filter_chain_manager_impl.cc`): two chains that match the same, a name twice, a star
/// that stands for less than a label.
fn same_match(chains: &[FilterChain]) -> Option<Fault> {
    let mut by_name: FxHashMap<(String, &[&str]), &FilterChain> = FxHashMap::default();
    let mut any: Option<&FilterChain> = None;
    let both = |a: &FilterChain, b: &FilterChain| {
        let mut origins = a.origins.clone();
        origins.extend(b.origins.iter().filter(|origin| !a.origins.contains(origin)));
        origins
    };
    for chain in chains {
        if chain.matcher.is_any()
            && let Some(other) = any.replace(chain)
        {
            return Some((
                "two filter chains match every connection".to_owned(),
                Cause::ChainTwice,
                both(other, chain),
            ));
        }
        for name in &chain.matcher.server_names {
            if name.contains('*') && (!name.starts_with("*.") || name.matches('*').count() > 1) {
                let reason =
                    format!("`{name}` is no server name: `*` stands for whole labels alone");
                return Some((reason, Cause::PartialWildcard(name.clone()), chain.origins.clone()));
            }
            let key = (name.to_lowercase(), chain.matcher.application_protocols.as_slice());
            if let Some(other) = by_name.insert(key, chain) {
                let reason = if std::ptr::eq(other, chain) {
                    format!("a filter chain has the name `{name}` twice")
                } else {
                    format!("two filter chains match `{name}`")
                };
                return Some((reason, Cause::NameTwice(name.clone()), both(other, chain)));
            }
        }
    }
    None
}

/// Section 16, 8: `subjectAltNames` without a CA.
fn names_without_authority(chains: &[FilterChain]) -> Option<Fault> {
    let is_insecure = |chain: &&FilterChain| {
        let validation = chain.tls.as_ref().and_then(|tls| tls.validation.as_ref());
        validation.is_some_and(|v| v.ca.is_none() && !v.subject_alt_names.is_empty())
    };
    let chain = chains.iter().find(is_insecure)?;
    let reason = "`subjectAltNames` are checked without a CA, which Envoy takes for insecure";
    Some((reason.to_owned(), Cause::SubjectAltNames, chain.origins.clone()))
}

/// Section 16, 10: one address in two spellings.
fn same_address<'l>(
    listener: &'l Listener,
    known: &mut FxHashMap<(IpAddr, u32), &'l Listener>,
) -> Option<Fault> {
    let Address::Socket { address, port } = &listener.address else { return None };
    let other = known.insert((address.parse().ok()?, *port), listener)?;
    let origins = listener.filter_chains.iter().flat_map(|chain| chain.origins.clone()).collect();
    Some((format!("it binds the address of listener `{}`", other.name), Cause::Address, origins))
}

/// Section 16, 7a: a RequestAuthentication on the proxy whose inline keys are of no use.
fn keyless_authentication(mesh: &Mesh, proxy: &Proxy) -> Option<Origin> {
    let (at, object) = (0..).zip(&mesh.store.policies).find(|(_, object)| {
        let (kind, policy) = &object.spec;
        let at = (proxy.namespace.as_str(), &proxy.labels);
        *kind == PolicyKind::RequestAuthentication
            && policy.is_on(object.meta.namespace(), at, mesh.config.root_namespace())
            && policy
                .jwt_rules
                .iter()
                .filter_map(|rule| rule.jwks.as_ref())
                .any(|keys| !has_key(keys))
    })?;
    Some(Origin::new(ObjectRef::Policy(at), Part::Whole, object.meta.name_span))
}

fn no_usable_key(origin: Origin) -> Fault {
    let reason = "the inline `jwks` of a RequestAuthentication has no usable key";
    (reason.to_owned(), Cause::Keys, vec![origin])
}

/// Whether a JSON Web Key Set has a key of a known type with its members.
fn has_key(text: &str) -> bool {
    let Ok(set) = serde_json::from_str::<serde_json::Value>(text) else { return false };
    let keys = set.get("keys").and_then(|keys| keys.as_array()).map_or(&[][..], Vec::as_slice);
    keys.iter().any(|key| {
        let has = |names: &[&str]| {
            names.iter().all(|name| key.get(name).is_some_and(serde_json::Value::is_string))
        };
        match key.get("kty").and_then(|kind| kind.as_str()) {
            Some("RSA") => has(&["n", "e"]),
            Some("EC") => has(&["x", "y"]),
            Some("OKP") => has(&["x"]),
            Some("oct") => has(&["k"]),
            _ => false,
        }
    })
}
