//! One root cause, one finding: which rules stand for which others (4-rules.md C.12). Applied after selection, so that
//! a consequence is still told where its cause is ignored. Knows nothing of Istio.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};
use thin_vec::ThinVec;

use super::findings::{Report, add_new};
use crate::finding::Finding;
use crate::text::Span;

/// The codes of a cause, and the codes of what it explains where both are about the same place.
const PRECEDENCE: &[(&str, &[&str])] = &[
    ("GW005", &["GW501", "GW502", "GW503"]),
    ("GW019", &["GW538"]),
    ("GW203", &["GW204", "GW217", "GW218"]),
    ("GW210", &["GW209"]),
    ("GW220", &["GW113"]),
    ("GW301", &["GW311"]),
    ("GW302", &["GW301", "GW304", "GW305"]),
    ("GW307", &["GW304", "GW305"]),
    ("GW311", &["GW536"]),
    ("GW317", &["GW004"]),
    ("GW322", &["GW304", "GW305"]),
    ("GW401", &["GW112", "GW404"]),
    ("GW407", &["GW412", "GW504"]),
    ("GW410", &["GW501", "GW502"]),
    ("GW411", &["GW502"]),
    ("GW501", &["GW031"]),
    ("GW503", &["GW031"]),
    ("GW504", &["GW031"]),
    ("GW602", &["GW601"]),
    ("GW603", &["GW601"]),
    ("GW606", &["GW604"]),
];

/// Removes what another finding explains. `parts`: what each rule says. The finding that stays inherits what the others
/// say is unreached, refused or warned of.
pub(super) fn apply(parts: Vec<Vec<Report>>) -> Vec<Finding> {
    let mut parts = once_a_match(parts);
    let mut reports: Vec<&mut Report> = parts.iter_mut().flatten().collect();
    let causes = causes(&reports);
    for one in heirs(&causes).chunk_by(|(a, _), (b, _)| a == b) {
        inherit(&mut reports, one, |finding| &mut finding.unreached);
        inherit(&mut reports, one, |finding| &mut finding.rejected_by);
        inherit(&mut reports, one, |finding| &mut finding.warned_by);
        inherit(&mut reports, one, |finding| &mut finding.refused);
    }
    let mut findings = Vec::with_capacity(causes.iter().filter(|cause| cause.is_none()).count());
    let left = parts.into_iter().flatten().zip(causes).filter(|(_, cause)| cause.is_none());
    findings.extend(left.map(|(report, _)| report.finding));
    findings
}

/// The heir of each report that has one, and the report: those of one heir follow each other.
fn heirs(causes: &[Option<usize>]) -> Vec<(usize, usize)> {
    let mut heirs = Vec::new();
    for (at, cause) in causes.iter().enumerate() {
        // A cause that is itself explained hands on to its own cause. `PRECEDENCE` has no cycle.
        let Some(mut cause) = *cause else { continue };
        while let Some(next) = causes[cause] {
            cause = next;
        }
        heirs.push((cause, at));
    }
    heirs.sort_unstable();
    heirs
}

/// Hands a list of each of some reports on to their one heir.
fn inherit<T: Clone + Eq + Hash>(
    reports: &mut [&mut Report],
    of_one_heir: &[(usize, usize)],
    list: impl Fn(&mut Finding) -> &mut ThinVec<T>,
) {
    let Some(&(heir, _)) = of_one_heir.first() else { return };
    let mut inherited: Vec<T> = Vec::new();
    for &(_, at) in of_one_heir {
        inherited.extend(std::mem::take(list(&mut reports[at].finding)));
    }
    add_new(list(&mut reports[heir].finding), inherited);
}

/// For each report the first one that explains it.
fn causes(reports: &[&mut Report]) -> Vec<Option<usize>> {
    let explained_by: FxHashMap<&str, &[&str]> = PRECEDENCE.iter().copied().collect();
    let explained: FxHashSet<&str> =
        PRECEDENCE.iter().flat_map(|(_, codes)| *codes).copied().collect();
    // A rule mostly says all it says in one run.
    let mut runs: Vec<(usize, &[&mut Report])> = Vec::new();
    let mut from = 0;
    for run in reports.chunk_by(|a, b| std::ptr::eq(a.finding.rule, b.finding.rule)) {
        runs.push((from, run));
        from += run.len();
    }
    let code = |run: &[&mut Report]| run[0].finding.rule.code;
    // Where causes are, and which codes they explain.
    let mut places: Vec<(Span, usize, &[&str])> = Vec::new();
    for &(from, run) in &runs {
        let Some(codes) = explained_by.get(code(run)) else { continue };
        for (at, report) in (from..).zip(run) {
            places.extend(report.places().map(|span| (span, at, *codes)));
        }
    }
    places.sort_unstable_by_key(|(span, at, _)| (*span, *at));
    let cause_at = |span: Span, report: &Report| {
        let from = places.partition_point(|(place, ..)| *place < span);
        let mut here = places[from..].iter().take_while(|(place, ..)| *place == span);
        let code = report.finding.rule.code;
        let explains = |&&(_, at, codes): &&(Span, usize, &[&str])| {
            codes.contains(&code) && is_grave_enough(reports[at], report)
        };
        here.find(explains).map(|(_, at, _)| *at)
    };
    let mut causes = vec![None; reports.len()];
    for (from, run) in runs.into_iter().filter(|(_, run)| explained.contains(code(run))) {
        for (cause, report) in causes[from..].iter_mut().zip(run) {
            *cause = report.places().filter_map(|span| cause_at(span, report)).min();
        }
    }
    causes
}

/// The rules about matches that earlier ones of their VirtualService leave nothing to.
const DEAD: [&str; 3] = ["GW501", "GW502", "GW503"];

/// How well a report says that a match is dead: best what Istio warns of, if it does, but of its test of prefixes, which
/// knows neither catch-alls nor requests, what the tables and all conditions tell.
fn rank(report: &Report) -> u8 {
    match (report.finding.warned_by.is_empty(), report.finding.rule.code) {
        (false, "GW503") => 2,
        (false, _) => 0,
        (true, _) => 1,
    }
}

/// Says once that a match is dead, as well as it is said, and of that what is found first. It inherits the rest.
fn once_a_match(parts: Vec<Vec<Report>>) -> Vec<Vec<Report>> {
    let is_dead = |report: &Report| DEAD.contains(&report.finding.rule.code);
    let mut first: FxHashMap<Span, usize> = FxHashMap::default();
    let mut count = 0;
    let reports: Vec<&Report> = parts.iter().flatten().collect();
    for (at, report) in reports.iter().enumerate().filter(|(_, report)| is_dead(report)) {
        count += 1;
        let known = first.entry(report.finding.span()).or_insert(at);
        if rank(report) < rank(reports[*known]) {
            *known = at;
        }
    }
    if first.len() == count {
        return parts;
    }
    let (mut kept, mut twins) = (Vec::with_capacity(reports.len()), Vec::new());
    let mut places: FxHashMap<Span, usize> = FxHashMap::default();
    for (at, report) in parts.into_iter().flatten().enumerate() {
        let span = report.finding.span();
        if !is_dead(&report) {
            kept.push(report);
        } else if first.get(&span) == Some(&at) {
            places.insert(span, kept.len());
            kept.push(report);
        } else {
            twins.push(report);
        }
    }
    for twin in twins {
        let Some(heir) = places.get(&twin.finding.span()).map(|&at| &mut kept[at]) else {
            continue;
        };
        add_new(&mut heir.finding.unreached, twin.finding.unreached);
        add_new(&mut heir.finding.warned_by, twin.finding.warned_by);
        heir.about.extend(twin.about);
    }
    vec![kept]
}

/// Consequences for which only what is as grave stands: rules that are meant for sidecars as well are no fault of a
/// server that opens no port.
const NO_LESS: [&str; 1] = ["GW113"];

fn is_grave_enough(cause: &Report, consequence: &Report) -> bool {
    cause.finding.severity >= consequence.finding.severity
        || !NO_LESS.contains(&consequence.finding.rule.code)
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::super::findings::Findings;
    use super::*;
    use crate::finding::{Element, Judge, Subject};
    use crate::text::SourceId;

    #[test]
    fn a_cause_is_listed_once() {
        let codes: FxHashSet<&str> = PRECEDENCE.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), PRECEDENCE.len());
    }

    #[test]
    fn nothing_explains_itself_by_way_of_others() {
        let explained_by: FxHashMap<&str, &[&str]> = PRECEDENCE.iter().copied().collect();
        for (cause, codes) in PRECEDENCE {
            let mut explained: FxHashSet<&str> = FxHashSet::default();
            let mut ahead = codes.to_vec();
            while let Some(code) = ahead.pop() {
                if explained.insert(code) {
                    ahead.extend(explained_by.get(code).copied().unwrap_or_default());
                }
            }
            assert!(!explained.contains(cause), "{cause}");
        }
    }

    #[test]
    fn heirs_are_at_the_end_of_what_explains() {
        let causes = [Some(2), None, Some(4), Some(1), None, Some(4), Some(1)];
        assert_eq!(heirs(&causes), [(1, 3), (1, 6), (4, 0), (4, 2), (4, 5)]);
    }

    #[test]
    fn a_cause_replaces_its_consequence_and_inherits_what_is_unreached() {
        let subject = Subject { source: SourceId::new(0), document: 0, object: None };
        let element =
            |path: &str| Element { source: SourceId::new(0), document: 0, path: path.into() };
        let span = |start| Span::new(SourceId::new(0), start, start + 1);
        let mut out = Findings::default();
        out.report(find("GW304").unwrap(), &subject, span(1), "consequence")
            .unreached([element("spec.hosts[0]")])
            .refused_by_istio();
        out.report(find("GW307").unwrap(), &subject, span(1), "cause");
        out.report(find("GW304").unwrap(), &subject, span(2), "elsewhere");
        let findings = apply(vec![out.into_parts().0]);
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["cause", "elsewhere"]);
        assert_eq!(findings[0].unreached, [element("spec.hosts[0]")]);
        assert_eq!(findings[0].rejected_by, [Judge::Istio]);
    }
}
