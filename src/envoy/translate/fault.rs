//! Fault injection (spec 2, R-7.15; mirrors istio 1.32 `route.go: TranslateFault`).

use crate::envoy::route::{self, AbortStatus, FaultAbort, FaultDelay, Fraction};
use crate::istio::virtual_service::{Abort, Delay, Fault, GRPC_STATUSES, Percent};

/// The configuration of the fault filter.
pub(super) fn translate(fault: &Fault) -> route::Fault {
    route::Fault {
        delay: fault.delay.as_ref().and_then(delay),
        abort: fault.abort.as_ref().and_then(abort),
    }
}

/// A fixed delay; `exponentialDelay`, which is declared after it, takes its place and is not supported.
fn delay(delay: &Delay) -> Option<FaultDelay> {
    let fixed_delay = delay.fixed_delay.filter(|_| delay.exponential_delay.is_none())?.value;
    let percentage = delay.percentage.as_ref().map(fraction).or_else(|| {
        let percent = delay.percent?.value;
        // Go converts negative numbers, which validation rejects, by wrapping.
        Some(Fraction::Hundred(percent.cast_unsigned()))
    });
    Some(FaultDelay { percentage, fixed_delay })
}

/// An abort by status; of several kinds the one that is declared last counts, and `http2Error` is not supported.
fn abort(abort: &Abort) -> Option<FaultAbort> {
    let status = match (&abort.http2_error, &abort.grpc_status, abort.http_status) {
        (Some(_), ..) => return None,
        (_, Some(name), _) => AbortStatus::Grpc(grpc_status(name)),
        (.., Some(status)) => AbortStatus::Http(status.value.cast_unsigned()),
        _ => return None,
    };
    Some(FaultAbort { percentage: abort.percentage.as_ref().map(fraction), status })
}

fn fraction(percent: &Percent) -> Fraction {
    Fraction::of_percent(percent.number())
}

/// The number of a status; that of OK for names that validation rejects.
fn grpc_status(name: &str) -> u32 {
    (0..).zip(GRPC_STATUSES).find(|(_, known)| *known == name).map_or(0, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_truncated_doubles() {
        let table = [(33.3333, 333_333), (0.0003, 2), (100.0, 1_000_000), (0.0, 0), (0.1, 1000)];
        for (percent, expected) in table {
            assert_eq!(Fraction::of_percent(percent), Fraction::Million(expected), "{percent}");
        }
    }

    #[test]
    fn grpc_statuses_are_numbered() {
        assert_eq!(grpc_status("OK"), 0);
        assert_eq!(grpc_status("UNAVAILABLE"), 14);
        assert_eq!(grpc_status("UNAUTHENTICATED"), 16);
    }
}
