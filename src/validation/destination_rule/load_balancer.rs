//! `loadBalancer`.

use rustc_hash::FxHashMap;

use super::{Place, locality};
use crate::istio::destination_rule::{ConsistentHash, HttpCookie, LoadBalancer, MagLev, Warmup};
use crate::istio::objection::{Objections, text};
use crate::text::Span;
use crate::validation::shared::duration;

/// D-43, and the parts: mirrors istio 1.32 `pkg/config/validation: validateLoadBalancer`.
pub(super) fn check(
    balancer: &LoadBalancer,
    has_outliers: bool,
    place: Place<'_>,
    out: &mut Objections,
) {
    // Of several algorithms the one declared last is decoded.
    let hash = balancer.consistent_hash.as_ref();
    if let Some(hash) = hash.filter(|_| balancer.backend_utilization.is_none()) {
        consistent_hash(hash, place, out);
    }
    if let (Some(locality), Some(zone)) =
        (&balancer.locality_lb_setting, &balancer.zone_aware_lb_setting)
    {
        let message = "`localityLbSetting` and `zoneAwareLbSetting` exclude each other";
        out.reject("D-43", zone.span, message)
            .related(locality.span, "the other one")
            .help("remove one of the two");
    }
    if let Some(setting) = &balancer.locality_lb_setting {
        locality::check(setting, has_outliers, place, out);
    }
    if let Some(setting) = &balancer.zone_aware_lb_setting {
        locality::check_zones(setting, has_outliers, place, out);
    }
    if let Some(slow_start) = &balancer.warmup {
        warmup(slow_start, out);
    }
}

/// D-40 to D-42, and the cookie.
fn consistent_hash(hash: &ConsistentHash, place: Place<'_>, out: &mut Objections) {
    if let Some(cookie) = hash.cookie() {
        http_cookie(cookie, out);
    }
    if let Some(size) = hash.minimum_ring_size.filter(|size| size.value != 0) {
        place
            .warn("D-40", size.span, "`consistentHash.minimumRingSize` is deprecated", out)
            .help("use `ringHash.minimumRingSize`");
        let algorithm = hash.maglev.as_ref().map(|maglev| ("maglev", maglev.span));
        let ring = hash.ring_hash.as_ref().map(|ring| ("ringHash", ring.span));
        if let Some((name, span)) = algorithm.or(ring) {
            let message = format!("`minimumRingSize` and `{name}` exclude each other");
            out.reject("D-41", size.span, message)
                .related(span, "the other one")
                .help("remove `consistentHash.minimumRingSize`");
        }
    }
    if let Some(table) = &hash.maglev {
        maglev(table, out);
    }
}

/// D-38 and D-39.
fn http_cookie(cookie: &HttpCookie, out: &mut Objections) {
    if text(&cookie.name).is_empty() {
        out.lacks("required", cookie.span, "`httpCookie` needs a `name`").field("name");
    }
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    for attribute in &cookie.attributes {
        let name = text(&attribute.name);
        let span = attribute.name.as_ref().map_or(attribute.span, |name| name.span);
        if name.is_empty() {
            out.lacks("required", attribute.span, "an attribute of a cookie needs a `name`")
                .field("name");
        } else if let Some(first) = seen.get(name) {
            let message = format!("another attribute of the cookie has the name `{name}`");
            out.reject("D-39", span, message).related(*first, "first");
        } else {
            seen.insert(name, span);
        }
    }
}

/// Tables of Envoy are smaller.
const LARGEST_TABLE: u64 = 5_000_011;

/// D-42.
fn maglev(maglev: &MagLev, out: &mut Objections) {
    let size = maglev.table_size.map_or(0, |size| size.value);
    let span = maglev.table_size.map_or(maglev.span, |size| size.span);
    if size == 0 {
        out.lacks("D-42", maglev.span, "`maglev` needs a `tableSize` other than 0")
            .field("tableSize");
    } else if size >= LARGEST_TABLE {
        out.reject("D-42", span, format!("`{size}` is too large, the limit is {LARGEST_TABLE}"));
    } else if !is_prime(size) {
        out.reject("D-42", span, format!("`{size}` is not a prime number"));
    }
}

/// Mirrors `isPrime`, to which 1 is prime.
fn is_prime(number: u64) -> bool {
    let mut divisors = (2..).take_while(|divisor| divisor * divisor <= number);
    number > 0 && !divisors.any(|divisor| number.is_multiple_of(divisor))
}

/// D-58 to D-60: mirrors `validateWarmup`.
fn warmup(warmup: &Warmup, out: &mut Objections) {
    match warmup.duration {
        None => drop(out.lacks("required", warmup.span, "`warmup` needs a `duration`")),
        Some(time) => duration(time, out),
    }
    if let Some(percent) = warmup.minimum_percent.filter(|percent| percent.value > 100.0) {
        out.reject("limit", percent.span, format!("`{percent}` is more than 100 percent"));
    }
    if let Some(growth) = warmup.aggression.filter(|growth| growth.value <= 0.0) {
        // The schema has a limit too, a lower one.
        let check = if growth.value < 0.0 { "limit" } else { "D-60" };
        out.reject(check, growth.span, format!("`{growth}` is not greater than 0"));
    }
}

#[cfg(test)]
mod tests {
    use super::is_prime;

    #[test]
    fn primes_are_told() {
        let primes: Vec<u64> = (0..30).filter(|number| is_prime(*number)).collect();
        assert_eq!(primes, [1, 2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
        assert!(is_prime(65_537) && !is_prime(65_536) && !is_prime(65_537 * 7));
    }
}
