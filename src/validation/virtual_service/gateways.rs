//! Names of gateways (V-6 to V-10).

use crate::istio::objection::{Objections, Stance, Weight};
use crate::text::{Spanned, Str};
use crate::validation::names::{check_fqdn, is_label};

/// Which list of gateways is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    /// `spec.gateways`; whether names are not looked at.
    Bound(bool),
    /// That of a condition, where Istio tells of legacy names.
    Tls,
    /// That of a condition, where it does not (B.0.2).
    Silent,
}

/// Of `spec.gateways`.
pub(super) fn check_bound(names: &[Spanned<Str>], is_generated: bool, out: &mut Objections) {
    check(names, List::Bound(is_generated), out);
}

/// Of a condition of a `tls` route.
pub(super) fn check_tls(names: &[Spanned<Str>], out: &mut Objections) {
    check(names, List::Tls, out);
}

/// Of a condition of an `http` or `tcp` route.
pub(super) fn check_match(names: &[Spanned<Str>], out: &mut Objections) {
    check(names, List::Silent, out);
}

/// Mirrors `validateGatewayNames`, which looks at no entry behind one without `/`; legacy names are told of everywhere.
fn check(names: &[Spanned<Str>], list: List, out: &mut Objections) {
    let mut is_seen = true;
    for name in names {
        match name.value.split_once('/') {
            None => {
                check_short(name, list, is_seen, out);
                is_seen = false;
            }
            Some((namespace, gateway)) if is_seen => {
                check_qualified(name, namespace, gateway, list, out);
            }
            Some(_) => {}
        }
    }
}

/// V-6, V-10: a name without a namespace.
fn check_short(name: &Spanned<Str>, list: List, is_seen: bool, out: &mut Objections) {
    let mut parts = name.value.split('.');
    if let (Some(gateway), Some(namespace)) = (parts.next(), parts.next()) {
        let is_told = is_seen && list != List::Silent;
        let istio = if is_told { Stance::Warns } else { Stance::Loses };
        let better = format!("{namespace}/{gateway}");
        let message = format!("`{}` is a legacy name of the Gateway `{better}`", name.value);
        let objection = out.add(Weight { istio, ..Weight::NONE }, "V-10", name.span, message);
        objection.help(format!("write `{better}`"));
        if is_label(namespace) && is_label(gateway) {
            objection.fix(better);
        }
    }
    if !is_seen {
        return;
    }
    if let Err(flaw) = check_fqdn(&name.value) {
        let message = format!("`{}` is not a name of a Gateway: {flaw}", name.value);
        out.reject("V-6", name.span, message).help("write `NAMESPACE/NAME`, or `mesh`");
    }
}

/// V-7 to V-9: a name with its namespace.
fn check_qualified(
    name: &Spanned<Str>,
    namespace: &str,
    gateway: &str,
    list: List,
    out: &mut Objections,
) {
    if namespace.is_empty() || gateway.is_empty() {
        let message = format!("`{}` lacks the namespace or the name of a Gateway", name.value);
        out.reject("V-7", name.span, message).help("write `NAMESPACE/NAME`");
        return;
    }
    for (check, part, what) in [("V-8", namespace, "namespace"), ("V-9", gateway, "Gateway")] {
        if is_label(part) || check == "V-9" && list == List::Bound(true) {
            continue;
        }
        let message = format!("`{part}` is not a name of a {what}: it is not a DNS label");
        out.reject(check, name.span, message).help("write `NAMESPACE/NAME`");
    }
}
