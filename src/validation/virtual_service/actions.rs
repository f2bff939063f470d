//! What is done with a request besides forwarding it: copies, fixed answers, rewrites.

use super::destinations::check_destination;
use crate::istio::objection::Objections;
use crate::istio::virtual_service::{
    Body, DirectResponse, HttpRoute, Percent, RegexRewrite, Rewrite,
};
use crate::text::{Span, Str};
use crate::validation::strings::regex;

/// H-33 to H-36, H-52 to H-59.
pub(super) fn check_mirrors(route: &HttpRoute, out: &mut Objections) {
    if let Some(percent) = route.mirror_percent {
        if percent.value > 100 {
            let message = format!("mirrorPercent is {}, the most is 100", percent.value);
            out.reject("H-33", percent.span, message);
        }
        out.warn("H-34", percent.span, "`mirrorPercent` is deprecated")
            .help(format!("write `mirrorPercentage: {{value: {}}}`", percent.value));
    }
    check_share(("H-35", "H-36"), route.mirror_percentage.as_deref(), out);
    if let Some(mirror) = &route.mirror {
        check_destination(mirror, out);
    }
    // Mirrors istio 1.32 `pkg/config/validation: validateHTTPMirrors`.
    for mirror in &route.mirrors {
        match &mirror.destination {
            Some(destination) => check_destination(destination, out),
            None => {
                out.lacks("H-56", mirror.span, "`destination` is required").field("destination");
            }
        }
        check_share(("H-58", "H-59"), mirror.percentage.as_ref(), out);
    }
}

fn check_share(
    (above, below): (&'static str, &'static str),
    share: Option<&Percent>,
    out: &mut Objections,
) {
    let Some(value) = share.and_then(|share| share.value) else { return };
    if value.value > 100.0 {
        out.reject(above, value.span, format!("{} is more than 100 percent", value.value));
    } else if value.value < 0.0 {
        out.reject(below, value.span, format!("{} is less than 0 percent", value.value));
    }
}

const LARGEST_BODY: usize = 1 << 20;
const LARGE_BODY: usize = 100 << 10;

/// H-66 to H-68: mirrors `validateHTTPDirectResponse`.
pub(super) fn check_direct_response(answer: Option<&DirectResponse>, out: &mut Objections) {
    let Some(answer) = answer else { return };
    if let Some((length, span)) = answer.body.as_ref().and_then(length_of) {
        if length > LARGEST_BODY {
            let message = format!("the body has {length} bytes, more than {LARGEST_BODY}");
            out.reject("H-66", span, message);
        } else if length > LARGE_BODY {
            let message = format!(
                "the body has {length} bytes; above {LARGE_BODY} it slows down the control plane"
            );
            out.warn("H-67", span, message);
        }
    }
    match answer.status {
        None => {
            out.lacks("required", answer.span, "`status` is required").field("status");
        }
        Some(status) if !(200..=600).contains(&status.value) => {
            let message = format!("{} is not a status from 200 to 599", status.value);
            out.reject("H-68", status.span, message);
        }
        Some(_) => {}
    }
}

/// Of text and bytes the latter, which is declared last, counts.
fn length_of(body: &Body) -> Option<(usize, Span)> {
    let bytes = body.bytes.as_ref().map(|bytes| (bytes.value.len(), bytes.span));
    bytes.or_else(|| body.string.as_ref().map(|text| (text.value.len(), text.span)))
}

/// H-74 to H-77: mirrors `validateHTTPRewrite`.
pub(super) fn check_rewrite(rewrite: Option<&Rewrite>, out: &mut Objections) {
    let Some(rewrite) = rewrite else { return };
    let is_text = |field: &Option<_>| {
        field.as_ref().is_some_and(|text: &crate::text::Spanned<Str>| !text.value.is_empty())
    };
    match (&rewrite.uri, &rewrite.uri_regex_rewrite) {
        (Some(uri), Some(by_regex)) if !uri.value.is_empty() => {
            let message = "a rewrite cannot have both `uri` and `uriRegexRewrite`";
            out.reject("H-74", by_regex.span, message)
                .related(uri.span, "`uri` is here")
                .help("keep one of the two");
        }
        (_, Some(by_regex)) => check_regex_rewrite(by_regex, out),
        (uri, None) if !is_text(uri) && !is_text(&rewrite.authority) => {
            let message = "one of `uri`, `uriRegexRewrite` and `authority` is required";
            out.lacks("H-75", rewrite.span, message).field("uri");
        }
        _ => {}
    }
}

/// H-76, H-77: mirrors `validateURIRegexRewrite`.
fn check_regex_rewrite(rewrite: &RegexRewrite, out: &mut Objections) {
    let pattern = rewrite.matches.as_ref().filter(|text| !text.value.is_empty());
    if pattern.is_none() {
        out.lacks("H-76", rewrite.span, "`match` is required").field("match");
    }
    if rewrite.rewrite.as_ref().is_none_or(|text| text.value.is_empty()) {
        out.lacks("H-76", rewrite.span, "`rewrite` is required").field("rewrite");
    }
    if let Some(pattern) = pattern {
        regex(pattern, out);
    }
}
