//! GW317: a delegate that Istio refuses.

use crate::mesh::UnsplicedReason;
use crate::rules::delegates::delegations;
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A VirtualService without `hosts`, which is a delegate, that has `gateways`, `tls` or `tcp`, or delegates any
    /// further. Also a rule that delegates to a VirtualService with `hosts`, which is none.
    ///
    /// ## Why it matters
    /// Istio refuses the object, and rules that delegate to it are left out. A rule that delegates to a VirtualService
    /// with `hosts` is accepted, and left out as well: requests go on to the next rule, or get 404 (NR).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    DELEGATE_MALFORMED = "GW317" "delegate-malformed", Error, also "IST0106"; verdicts "V-1", "V-2", "V-3", "H-3"; and check
}

fn check(world: &World<'_>, out: &mut Findings) {
    for delegation in delegations(world) {
        let key = delegation.lost.delegate.as_str();
        if delegation.lost.reason != UnsplicedReason::HasHosts {
            continue;
        }
        let Some((_, object)) = world.virtual_service_named(key) else { continue };
        let Some(host) = object.spec.hosts.first() else { continue };
        let subject = world.subject(delegation.origin.object);
        let message = format!("`{key}` has hosts and is no delegate: the rule is left out");
        let report = out.report(&DELEGATE_MALFORMED, subject, delegation.span(), message);
        report
            .label(host.span, "a delegate has no hosts")
            .help("remove `hosts` (and `gateways`) of the delegate, or route here");
        delegation.tell(world, report, Vec::new());
    }
}
