//! Copies of the traffic (spec 2, R-7.17; mirrors istio 1.32 `route.go: MirrorPercent, MirrorPercentByPolicy`).

use super::action::Forward;
use crate::envoy::route::{Fraction, MirrorPolicy};
use crate::istio::virtual_service::Percent;

/// `mirror`, then `mirrors`; without those that copy nothing or go nowhere.
pub(super) fn policies(forward: &Forward<'_>) -> Vec<MirrorPolicy> {
    let http = &forward.rule.http;
    let mut policies = Vec::new();
    if let Some(destination) = &http.mirror {
        let share = match (&http.mirror_percentage, http.mirror_percent) {
            (None, Some(percent)) => {
                (percent.value > 0).then_some(Fraction::Hundred(percent.value))
            }
            (percentage, _) => share(percentage.as_deref()),
        };
        policies.extend(share.map(|fraction| MirrorPolicy {
            cluster: forward.cluster(Some(destination)),
            fraction,
        }));
    }
    for mirror in &http.mirrors {
        if let (Some(destination), Some(fraction)) =
            (&mirror.destination, share(mirror.percentage.as_ref()))
        {
            let cluster = forward.cluster(Some(destination));
            policies.push(MirrorPolicy { cluster, fraction });
        }
    }
    policies
}

/// The share of a percentage; all without one, none for zero.
fn share(percentage: Option<&Percent>) -> Option<Fraction> {
    match percentage {
        None => Some(Fraction::Hundred(100)),
        Some(percent) if percent.number() > 0.0 => Some(Fraction::of_percent(percent.number())),
        Some(_) => None,
    }
}
