//! `localityLbSetting` and `zoneAwareLbSetting`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Place;
use crate::istio::destination_rule::{Distribute, Failover, LocalityLb, ZoneAwareLb};
use crate::istio::objection::{Objections, text};
use crate::text::{Span, Spanned, Str};

/// The labels of region, zone and subzone.
const TOPOLOGY: [&str; 3] =
    ["topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone"];

/// D-44 to D-54: mirrors istio 1.32 `pkg/config/validation/agent: ValidateLocalityLbSetting`, which ends with the first
/// objection up to D-47.
pub(super) fn check(
    setting: &LocalityLb,
    has_outliers: bool,
    place: Place<'_>,
    out: &mut Objections,
) {
    if let (Some(share), Some(stand_in)) = (setting.distribute.first(), setting.failover.first()) {
        let message = "`distribute` and `failover` exclude each other";
        out.reject("D-44", setting.span, message)
            .related(share.span, "shares by locality")
            .related(stand_in.span, "a region that stands in")
            .help("remove one of the two");
        return;
    }
    let first = topology(&setting.failover_priority).next();
    if let (Some(label), Some(stand_in)) = (first, setting.failover.first()) {
        let message = format!("`failover` and the label `{}` exclude each other", label.value);
        out.reject("D-45", label.span, message).related(stand_in.span, "a region that stands in");
        return;
    }
    let mut from = Localities::default();
    for entry in &setting.distribute {
        if !shares(entry, place, out) {
            return;
        }
        if !from.is_wrong
            && let Some(field) = &entry.from
        {
            from.add(&field.value, field.span, out);
        } else if !from.is_wrong {
            from.add("", entry.span, out);
        }
    }
    let has_failover = !(setting.failover.is_empty() && setting.failover_priority.is_empty());
    if has_failover && !has_outliers {
        needs_outliers("D-51", setting.span, place, out);
    }
    for stand_in in &setting.failover {
        failover(["D-52", "D-53", "D-54"], stand_in, out);
    }
}

/// D-55 to D-57: mirrors `pkg/config/validation/agent: ValidateZoneAwareLbSetting`.
pub(super) fn check_zones(
    setting: &ZoneAwareLb,
    has_outliers: bool,
    place: Place<'_>,
    out: &mut Objections,
) {
    for label in topology(&setting.failover_priority) {
        let message = format!("`{}` is not allowed here, zones count anyway", label.value);
        out.reject("D-55", label.span, message);
    }
    let has_failover = !(setting.failover.is_empty() && setting.failover_priority.is_empty());
    if has_failover && !has_outliers {
        needs_outliers("D-56", setting.span, place, out);
    }
    for stand_in in &setting.failover {
        failover(["D-57"; 3], stand_in, out);
    }
}

/// Labels of region, zone or subzone, without a value.
fn topology(labels: &[Spanned<Str>]) -> impl Iterator<Item = &Spanned<Str>> {
    labels.iter().filter(|label| TOPOLOGY.contains(&label.value.as_str()))
}

fn needs_outliers(check: &'static str, span: Span, place: Place<'_>, out: &mut Objections) {
    let message = "without `outlierDetection` at the same level no endpoint fails over";
    place.warn(check, span, message, out).help("add `outlierDetection`");
}

/// D-46 to D-50 of the `to` of one entry. Whether the checks go on. Istio sees the localities in no order; here they
/// come in that of their bytes, which puts those first that take in others.
fn shares(entry: &Distribute, place: Place<'_>, out: &mut Objections) -> bool {
    let localities = entry.to.sorted();
    if let Some((_, share)) = localities.iter().find(|(_, share)| !(1..=100).contains(&share.value))
    {
        out.reject("D-46", share.span, format!("`{share}` is not a share from 1 to 100"));
        return false;
    }
    let total: u64 = localities.iter().map(|(_, share)| u64::from(share.value)).sum();
    if place.is_unknown(entry.span) {
        return true;
    }
    if total != 100 {
        let message = format!("the shares of `to` sum up to {total}, not 100");
        out.lacks("D-47", entry.span, message).field("to");
        return false;
    }
    let mut to = Localities::default();
    for (locality, _) in localities {
        if !to.is_wrong {
            to.add(&locality.value, locality.span, out);
        }
    }
    true
}

/// D-52 to D-54, by their numbers.
fn failover(checks: [&'static str; 3], stand_in: &Failover, out: &mut Objections) {
    let [same, path, wildcard] = checks;
    let (from, to) = (text(&stand_in.from), text(&stand_in.to));
    if from == to {
        out.lacks(same, stand_in.span, format!("the region `{from}` cannot stand in for itself"));
    }
    for field in [&stand_in.from, &stand_in.to].into_iter().flatten() {
        if field.value.contains('/') {
            let message = format!("`{}`: regions alone stand in for each other", field.value);
            out.reject(path, field.span, message).help("write the region without zone");
        }
        if field.value.contains('*') {
            let message = format!("`{}`: a region takes no wildcard here", field.value);
            out.reject(wildcard, field.span, message);
        }
    }
}

/// Localities of one list.
#[derive(Default)]
struct Localities<'l> {
    /// Zones by region.
    regions: FxHashMap<&'l str, Zones<'l>>,
    /// Whether one was objected to: Istio looks at no more.
    is_wrong: bool,
}

/// Subzones by zone; none: all zones of the region.
type Zones<'l> = Option<FxHashMap<&'l str, Option<FxHashSet<&'l str>>>>;

impl<'l> Localities<'l> {
    /// D-48 to D-50: mirrors `validateLocalities` for the next one of the list.
    fn add(&mut self, locality: &'l str, span: Span, out: &mut Objections) {
        let stars = locality.matches('*').count();
        let mut parts = locality.splitn(3, '/');
        let (region, zone, subzone) = (parts.next().unwrap_or(""), parts.next(), parts.next());
        let (check, message) = if stars > 1 || (stars == 1 && !locality.ends_with('*')) {
            ("D-48", format!("`{locality}` may have one `*`, at its end"))
        } else if self.regions.contains_key("*") {
            ("D-50", format!("`{locality}` lies in `*`, which comes before it"))
        } else if region.is_empty() || zone == Some("") || subzone == Some("") {
            ("D-49", format!("`{locality}` has an empty region, zone or subzone"))
        } else if !self.insert(region, zone, subzone) {
            ("D-50", format!("`{locality}` overlaps with one that comes before it"))
        } else {
            return;
        };
        self.is_wrong = true;
        out.reject(check, span, message);
    }

    /// Adds a locality; false where an earlier one has a part of it.
    fn insert(&mut self, region: &'l str, zone: Option<&'l str>, subzone: Option<&'l str>) -> bool {
        let Some(zone) = zone else {
            return self.regions.insert(region, None).is_none();
        };
        let zones = self.regions.entry(region).or_insert_with(|| Some(FxHashMap::default()));
        let Some(zones) = zones.as_mut().filter(|zones| !zones.contains_key("*")) else {
            return false;
        };
        let Some(subzone) = subzone else {
            return zones.insert(zone, None).is_none();
        };
        let subzones = zones.entry(zone).or_insert_with(|| Some(FxHashSet::default()));
        let Some(subzones) = subzones.as_mut().filter(|subzones| !subzones.contains("*")) else {
            return false;
        };
        subzones.insert(subzone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn overlaps_are_seen_with_what_comes_before() {
        let table: &[(&[&str], Option<&str>)] = &[
            (&["r/z", "r/y", "s/*", "t"], None),
            (&["*", "r"], Some("D-50")),
            (&["r", "*"], None),
            (&["r/z", "r"], Some("D-50")),
            (&["r", "r/z"], Some("D-50")),
            (&["r/*", "r/z"], Some("D-50")),
            (&["r/z", "r/*"], None),
            (&["r/z/s", "r/z"], Some("D-50")),
            (&["r/z/*", "r/z/s"], Some("D-50")),
            (&["r/z/s", "r/z/*"], None),
            (&["r/z/s/t"], None),
            (&["a*"], None),
            (&["a*b"], Some("D-48")),
            (&["r//s"], Some("D-49")),
            (&[""], Some("D-49")),
        ];
        for (list, expected) in table {
            let mut out = Objections::default();
            let mut localities = Localities::default();
            for locality in *list {
                localities.add(locality, Span::new(SourceId::new(0), 0, 0), &mut out);
            }
            let checks: Vec<&str> = out.into_vec().iter().map(|one| one.check).collect();
            assert_eq!(checks.first().copied(), *expected, "{list:?}");
        }
    }
}
