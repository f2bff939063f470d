//! Destinations and their shares (H-52 to H-54, H-78 to H-83, T-12 to T-14, P-7 to P-9).

use super::headers;
use crate::istio::objection::Objections;
use crate::istio::virtual_service::{Destination, HttpRoute, RouteDestination};
use crate::text::{Span, Spanned, Str};
use crate::validation::names::{check_wildcard_domain, is_label, is_port};

/// Of an HTTP route (mirrors istio 1.32 `pkg/config/validation: validateHTTPRouteDestinations`).
pub(super) fn check_http(route: &HttpRoute, is_generated: bool, out: &mut Objections) {
    for entry in &route.route {
        if let Some(operations) = &entry.headers {
            headers::check(operations, out);
        }
        check_entry("H-79", entry.destination.as_ref(), entry.span, is_generated, out);
    }
    let weights = route.route.iter().map(|entry| (entry.weight, entry.span));
    check_weights(("H-82", "H-83"), weights, out);
}

/// Of a TLS or TCP route (mirrors `validateRouteDestinations`); `weights` are the checks of a share and of their sum.
pub(super) fn check_l4(
    route: &[RouteDestination],
    weights: (&'static str, &'static str),
    is_generated: bool,
    out: &mut Objections,
) {
    for entry in route {
        check_entry("H-79", entry.destination.as_ref(), entry.span, is_generated, out);
    }
    check_weights(weights, route.iter().map(|entry| (entry.weight, entry.span)), out);
}

fn check_entry(
    check: &'static str,
    destination: Option<&Destination>,
    span: Span,
    is_generated: bool,
    out: &mut Objections,
) {
    match destination {
        None => {
            out.lacks(check, span, "`destination` is required").field("destination");
        }
        Some(destination) if !is_generated => check_destination(destination, out),
        Some(_) => {}
    }
}

/// H-52 to H-54: mirrors `validateDestination`.
pub(in crate::validation) fn check_destination(destination: &Destination, out: &mut Objections) {
    match &destination.host {
        // The schema says the same of the same place.
        None => {
            out.lacks("required", destination.span, "`host` is required").field("host");
        }
        Some(host) => check_host(host, out),
    }
    if let Some(subset) = destination.subset.as_ref().filter(|subset| !subset.value.is_empty())
        && !is_label(&subset.value)
    {
        let message =
            format!("`{}` is not the name of a subset: it is not a DNS label", subset.value);
        out.reject("H-53", subset.span, message);
    }
    match destination.port.as_ref().map(|port| (port.number, port.span)) {
        Some((None, span)) => {
            out.lacks("H-54", span, "the port of a destination needs a `number`").field("number");
        }
        Some((Some(number), _)) if !is_port(number.value) => {
            let message = format!("{} is not a port: ports are from 1 to 65535", number.value);
            out.reject("H-54", number.span, message);
        }
        _ => {}
    }
}

fn check_host(host: &Spanned<Str>, out: &mut Objections) {
    let name = host.value.as_str();
    let flaw = match check_wildcard_domain(name) {
        _ if name == "*" => "`*` is no destination".to_owned(),
        Err(flaw) => format!("`{name}` is not the host of a service: {flaw}"),
        Ok(()) => return,
    };
    let objection = out.reject("H-52", host.span, flaw);
    if let Some(bare) = super::hosts::bare_host(name) {
        objection.help(format!("write `{bare}`, and the port as `port.number`"));
    }
}

/// No share is negative, and of several at least one is positive; the sum is one of 32 bits.
fn check_weights(
    (one, all): (&'static str, &'static str),
    weights: impl Iterator<Item = (Option<Spanned<i32>>, Span)>,
    out: &mut Objections,
) {
    let (mut count, mut sum, mut first) = (0, 0_i32, None);
    for (weight, span) in weights {
        count += 1;
        first.get_or_insert(span);
        let Some(weight) = weight else { continue };
        sum = sum.wrapping_add(weight.value);
        if weight.value < 0 {
            out.reject(one, weight.span, format!("weight {} is negative", weight.value));
        }
    }
    if let Some(first) = first.filter(|_| count > 1 && sum == 0) {
        out.reject(all, first, "the weights of this route sum to 0")
            .here("no destination has a weight, or they cancel out")
            .help("add `weight` to the destinations");
    }
}
