//! Hosts, and which of them cover others (V-12 to V-14, T-6).

use rustc_hash::FxHashMap;

use super::Scope;
use crate::istio::objection::Objections;
use crate::istio::virtual_service::VirtualService;
use crate::text::{Spanned, Str};
use crate::validation::names::{Flaw, check_gateway_domain, check_wildcard_domain, is_ip};
use crate::validation::shared::entry_removal;

/// V-12 to V-14.
pub(super) fn check(spec: &VirtualService, scope: &Scope, out: &mut Objections) {
    let is_sni = spec.tls.iter().flat_map(|route| &route.matches).any(|m| !m.sni_hosts.is_empty());
    let mut are_valid = true;
    for host in &spec.hosts {
        let domain = if scope.is_gateway_only {
            check_gateway_domain(&host.value, is_sni)
        } else {
            check_wildcard_domain(&host.value)
        };
        match domain {
            Err(flaw) if !is_ip(&host.value) => {
                are_valid = false;
                refuse(host, &flaw, out);
            }
            _ if host.value == "*" && !scope.is_gateway_only => {
                are_valid = false;
                let message =
                    "`*` is not allowed for the mesh, which the VirtualService is bound to";
                out.reject("V-13", host.span, message)
                    .help("name the hosts, or bind it to gateways alone");
            }
            _ => {}
        }
    }
    if are_valid {
        check_duplicates(&spec.hosts, out);
    }
}

fn refuse(host: &Spanned<Str>, flaw: &Flaw, out: &mut Objections) {
    let message = format!("`{}` is not a host: {flaw}", host.value);
    let objection = out.reject("V-12", host.span, message);
    if let Some(bare) = bare_host(&host.value) {
        objection.help(format!("write `{bare}`: a host has neither scheme, port nor path"));
    }
}

/// The host of what looks like a URL, or like a host with a port.
pub(super) fn bare_host(text: &str) -> Option<&str> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    (host != text && check_wildcard_domain(host).is_ok()).then_some(host)
}

/// V-14: hosts of which one covers the other; mirrors `host.Name.Matches`. Istio compares each with each; here the ends
/// of each host, at most 255, are looked up.
fn check_duplicates(hosts: &[Spanned<Str>], out: &mut Objections) {
    let covers = Covers::new(hosts);
    // The first host that each one clashes with, of those before it.
    let mut twins: FxHashMap<usize, usize> = FxHashMap::default();
    for (at, host) in hosts.iter().enumerate() {
        for other in covers.of(&host.value).filter(|other| *other != at) {
            let (later, earlier) = (at.max(other), at.min(other));
            let twin = twins.entry(later).or_insert(earlier);
            *twin = earlier.min(*twin);
        }
    }
    let mut twins: Vec<(usize, usize)> = twins.into_iter().collect();
    twins.sort_unstable();
    for (later, earlier) in twins {
        let (host, twin) = (&hosts[later], &hosts[earlier]);
        let is_equal = host.value == twin.value;
        let message = if is_equal {
            format!("host `{}` stands twice", host.value)
        } else {
            format!("hosts `{}` and `{}` cover each other", twin.value, host.value)
        };
        let objection = out.reject("V-14", host.span, message);
        objection.related(twin.span, "clashes with this one").help("keep one of the two");
        if is_equal {
            objection.fix = entry_removal(Some(hosts[later - 1].span), host.span);
        }
    }
}

/// Hosts by what they cover.
pub(super) struct Covers<'h> {
    names: FxHashMap<&'h str, usize>,
    /// By the text behind the `*`.
    wildcards: FxHashMap<&'h str, usize>,
}

impl<'h> Covers<'h> {
    /// Of equal hosts the first one counts.
    pub(super) fn new(hosts: &'h [Spanned<Str>]) -> Self {
        let (mut names, mut wildcards) = (FxHashMap::default(), FxHashMap::default());
        for (at, host) in hosts.iter().enumerate() {
            match host.value.strip_prefix('*') {
                Some(end) => wildcards.entry(end).or_insert(at),
                None => names.entry(host.value.as_str()).or_insert(at),
            };
        }
        Self { names, wildcards }
    }

    /// Which hosts cover `host`, as a whole; mirrors `host.Name.SubsetOf`.
    pub(super) fn of(&self, host: &'h str) -> impl Iterator<Item = usize> {
        let name = if host.starts_with('*') { None } else { self.names.get(host) };
        let start = usize::from(host.starts_with('*'));
        let ends = (start..=host.len()).filter_map(|at| host.get(at..));
        name.copied().into_iter().chain(ends.filter_map(|end| self.wildcards.get(end).copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span};

    #[test]
    fn hosts_that_cover_others_clash() {
        let table: &[(&[&str], &[usize])] = &[
            (&["a.com", "b.com"], &[]),
            (&["a.com", "a.com", "a.com"], &[1, 2]),
            (&["*.a.com", "x.a.com", "y.a.com"], &[1, 2]),
            (&["x.a.com", "*.a.com"], &[1]),
            (&["a.com", "*.a.com"], &[]),
            (&["a.com", "*a.com"], &[1]),
            (&["*.com", "*.a.com"], &[1]),
            (&["*.a.com", "*.com", "*"], &[1, 2]),
            (&["A.com", "a.com"], &[]),
        ];
        for (hosts, expected) in table {
            let hosts: Vec<_> = hosts
                .iter()
                .zip(0..)
                .map(|(host, at)| Spanned::new((*host).into(), Span::new(SourceId::new(0), at, at)))
                .collect();
            let mut out = Objections::default();
            check_duplicates(&hosts, &mut out);
            let got: Vec<_> = out.into_vec().iter().map(|o| o.span.start as usize).collect();
            assert_eq!(got, *expected, "{hosts:?}");
        }
    }
}
