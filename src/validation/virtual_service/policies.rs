//! CORS and faults (H-37 to H-51).

use crate::istio::objection::{Objections, Stance, Weight};
use crate::istio::virtual_service::{Abort, CorsPolicy, Fault, GRPC_STATUSES, Pattern, Percent};
use crate::text::{Spanned, Str};
use crate::validation::header::is_cors_name;
use crate::validation::shared::{duration, duration_if};
use crate::validation::strings::regex_of;

const METHODS: &[&str] =
    &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"];

/// Mirrors istio 1.32 `pkg/config/validation: validateCORSPolicy`.
pub(super) fn check_cors(policy: Option<&CorsPolicy>, out: &mut Objections) {
    let Some(policy) = policy else { return };
    for origin in &policy.allow_origins {
        let (Pattern::Exact(text) | Pattern::Prefix(text) | Pattern::Regex(text)) =
            origin.pattern()
        else {
            out.lacks("H-37", origin.span, "an origin needs `exact`, `prefix` or `regex`");
            continue;
        };
        if text.value.is_empty() {
            out.reject("H-37", text.span, "an origin must not be empty");
        }
        regex_of(origin, out);
    }
    for method in policy.allow_methods.iter().filter(|m| !METHODS.contains(&m.value.as_str())) {
        let message = format!("`{}` is not a method that CORS can allow", method.value);
        let objection = out.reject("H-38", method.span, message);
        objection.help(format!("write one of {}", METHODS.join(", ")));
        let upper = method.value.to_ascii_uppercase();
        if METHODS.contains(&upper.as_str()) {
            objection.fix(upper);
        }
    }
    for (check, names) in [("H-39", &policy.allow_headers), ("H-40", &policy.expose_headers)] {
        for name in names.iter().filter(|name| !is_cors_name(&name.value)) {
            let message = format!("`{}` is not the name of a header", name.value);
            out.reject(check, name.span, message).help("write one name in each entry, or `*`");
        }
    }
    if let Some(age) = policy.max_age {
        duration(age, out);
        if age.value.0 > 0 && age.value.0 % 1_000_000_000 != 0 {
            let message = format!("`{}` is not a whole number of seconds", age.value);
            out.reject("H-42", age.span, message);
        }
    }
    if let Some(origin) = policy.allow_origin.first() {
        out.add(Weight::NONE, "deprecated", origin.span, "`allowOrigin` is deprecated")
            .help("write `allowOrigins` with `exact`");
    }
}

/// Mirrors `validateHTTPFaultInjection`.
pub(super) fn check_fault(fault: Option<&Fault>, out: &mut Objections) {
    let Some(fault) = fault else { return };
    if fault.abort.is_none() && fault.delay.is_none() {
        out.lacks("H-43", fault.span, "a fault needs `abort` or `delay`");
    }
    if let Some(abort) = &fault.abort {
        check_abort(abort, out);
    }
    let Some(delay) = &fault.delay else { return };
    check_share("H-49", delay.percentage.as_ref(), out);
    if let Some(percent) = delay.percent {
        out.add(Weight::NONE, "deprecated", percent.span, "`percent` is deprecated")
            .help(format!("write `percentage: {{value: {}}}`", percent.value));
    }
    // Of the two delays the one declared last counts.
    if let Some(exponential) = delay.exponential_delay {
        duration(exponential, out);
        out.reject("H-51", exponential.span, "`exponentialDelay` is not supported")
            .help("write `fixedDelay`");
    } else {
        duration_if(delay.fixed_delay, out);
    }
}

/// H-44 to H-48: mirrors `validateHTTPFaultInjectionAbort`. Of several errors the one declared last counts.
fn check_abort(abort: &Abort, out: &mut Objections) {
    check_share("H-44", abort.percentage.as_ref(), out);
    match (&abort.http2_error, &abort.grpc_status, abort.http_status) {
        (Some(error), ..) => {
            out.reject("H-45", error.span, "`http2Error` is not supported")
                .help("write `httpStatus` or `grpcStatus`");
        }
        (None, Some(status), _) => check_grpc_status(status, out),
        (None, None, Some(status)) if !(200..=600).contains(&status.value) => {
            let message = format!("{} is not a status from 200 to 599", status.value);
            out.reject("H-47", status.span, message);
        }
        (None, None, Some(_)) => {}
        // Istio loses this warning.
        (None, None, None) => {
            let message = "`abort` without `httpStatus` or `grpcStatus` aborts nothing";
            let lost = Weight { istio: Stance::Loses, ..Weight::NONE };
            out.add(lost, "H-46", abort.span, message).is_absence = true;
        }
    }
}

/// H-48, C-29: mirrors `validateGRPCStatus`.
fn check_grpc_status(status: &Spanned<Str>, out: &mut Objections) {
    if GRPC_STATUSES.contains(&status.value.as_str()) {
        return;
    }
    let message = format!("`{}` is not a status of gRPC", status.value);
    let objection = out.reject("H-48", status.span, message);
    objection.help(format!("write one of {}", GRPC_STATUSES.join(", ")));
    let upper = status.value.to_ascii_uppercase();
    if GRPC_STATUSES.contains(&upper.as_str()) {
        objection.fix(upper);
    }
}

/// C-14: mirrors `validatePercentage`.
fn check_share(check: &'static str, share: Option<&Percent>, out: &mut Objections) {
    let Some(value) = share.and_then(|share| share.value) else { return };
    let is_wrong =
        value.value < 0.0 || value.value > 100.0 || value.value > 0.0 && value.value < 0.0001;
    if is_wrong {
        let message = format!("{} is neither 0 nor from 0.0001 to 100 percent", value.value);
        out.reject(check, value.span, message);
    }
}
