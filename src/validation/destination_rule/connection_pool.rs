//! `connectionPool`.

use crate::istio::destination_rule::{
    ConnectionPool, H2UpgradePolicy, HttpSettings, KeepAlive, TcpSettings,
};
use crate::istio::duration::Duration;
use crate::istio::objection::Objections;
use crate::text::Spanned;
use crate::validation::shared::{duration, duration_if};

/// D-23, and the parts: mirrors istio 1.32 `pkg/config/validation: validateConnectionPool`.
pub(in crate::validation) fn check(pool: &ConnectionPool, out: &mut Objections) {
    if pool.tcp.is_none() && pool.http.is_none() {
        out.lacks("D-23", pool.span, "`connectionPool` has neither `tcp` nor `http`");
        return;
    }
    if let Some(settings) = &pool.http {
        http(settings, out);
    }
    if let Some(settings) = &pool.tcp {
        tcp(settings, out);
    }
}

/// D-24 to D-30.
fn http(settings: &HttpSettings, out: &mut Objections) {
    not_negative("D-24", settings.http1_max_pending_requests, out);
    not_negative("D-25", settings.http2_max_requests, out);
    not_negative("D-26", settings.max_requests_per_connection, out);
    not_negative("D-27", settings.max_retries, out);
    duration_if(settings.idle_timeout, out);
    let upgrade = settings.h2_upgrade_policy;
    let upgrade = upgrade.filter(|policy| policy.value == H2UpgradePolicy::Upgrade);
    let keeps = settings.use_client_protocol.filter(|keeps| keeps.value);
    if let (Some(upgrade), Some(keeps)) = (upgrade, keeps) {
        let message = "`useClientProtocol` and `h2UpgradePolicy: UPGRADE` exclude each other";
        out.reject("D-29", keeps.span, message)
            .related(upgrade.span, "always HTTP/2")
            .help("remove one of the two");
    }
    not_negative("D-30", settings.max_concurrent_streams, out);
    if let Some(pings) = &settings.http2_keep_alive {
        keep_alive(pings, out);
    }
}

/// D-31 and D-32.
fn keep_alive(pings: &KeepAlive, out: &mut Objections) {
    match pings.interval {
        None => drop(out.lacks("D-31", pings.span, "`http2KeepAlive` needs an `interval`")),
        Some(interval) => duration(interval, out),
    }
    match pings.timeout {
        None => drop(out.lacks("D-32", pings.span, "`http2KeepAlive` needs a `timeout`")),
        Some(timeout) => duration(timeout, out),
    }
}

/// D-33 to D-37.
fn tcp(settings: &TcpSettings, out: &mut Objections) {
    not_negative("D-33", settings.max_connections, out);
    duration_if(settings.connect_timeout, out);
    duration_if(settings.max_connection_duration, out);
    // Zero, and what is zero without its part of a millisecond, means never.
    let is_never = |Duration(nanoseconds)| nanoseconds / 1_000_000 == 0;
    duration_if(settings.idle_timeout.filter(|time| !is_never(time.value)), out);
    if let Some(probes) = &settings.tcp_keepalive {
        duration_if(probes.time, out);
        duration_if(probes.interval, out);
    }
}

fn not_negative(check: &'static str, field: Option<Spanned<i32>>, out: &mut Objections) {
    if let Some(number) = field.filter(|number| number.value < 0) {
        out.reject(check, number.span, format!("`{number}` is negative"));
    }
}
