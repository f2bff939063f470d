//! Findings that say the same of one object at several places, as one: a matter of drawing alone. Each place is a finding
//! of its own, which is suppressed, counted and compared by itself.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::finding::{Finding, Label, Severity, Subject};
use crate::text::Span;

/// How many further places are shown.
const SHOWN: usize = 3;

/// What findings of one group have in common, but for the rest that [`is_alike`] compares.
type Key<'f> = (&'static str, Severity, &'f Subject, &'f str);

/// The findings as they are drawn, in their order: those that say the same of one object as the first of them, with the
/// other places.
pub(super) fn fold(findings: &[Finding]) -> Vec<Cow<'_, Finding>> {
    let mut groups: Vec<(&Finding, Vec<Span>)> = Vec::new();
    let mut known: FxHashMap<Key<'_>, Vec<usize>> = FxHashMap::default();
    for finding in findings {
        let key = (finding.rule.code, finding.severity, &finding.subject, &*finding.message);
        let alike = known.entry(key).or_default();
        // What differs in anything else is rare: few are compared.
        let group = alike.iter().rev().take(MOST_COMPARED).copied();
        if let Some(at) = group.into_iter().find(|&at| is_alike(groups[at].0, finding)) {
            groups[at].1.push(finding.span());
        } else {
            alike.push(groups.len());
            groups.push((finding, Vec::new()));
        }
    }
    groups.into_iter().map(|(first, others)| folded(first, &others)).collect()
}

/// With how many groups of the same key a finding is compared.
const MOST_COMPARED: usize = 8;

/// Whether two findings of one object that have the same message say the same, but for their places.
fn is_alike(a: &Finding, b: &Finding) -> bool {
    a.subject.object.is_some()
        && a.labels[0].message == b.labels[0].message
        && a.labels[1..] == b.labels[1..]
        && a.help == b.help
        && a.proxies == b.proxies
        && a.clusters == b.clusters
}

/// A finding with further places, which stand before what else it shows.
fn folded<'f>(first: &'f Finding, others: &[Span]) -> Cow<'f, Finding> {
    if others.is_empty() {
        return Cow::Borrowed(first);
    }
    let mut finding = first.clone();
    finding.message = format!("{} (at {} places)", first.message, others.len() + 1);
    let shown = others.iter().take(SHOWN);
    let mut labels: Vec<Label> =
        shown.map(|&span| Label { span, message: "here, too".to_owned() }).collect();
    if let (Some(last), more @ 1..) = (labels.last_mut(), others.len().saturating_sub(SHOWN)) {
        last.message = format!("here, too, and at {more} more");
    }
    finding.labels.splice(1..1, labels);
    Cow::Owned(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{STYLE, UNBOUND_HOST, subject};
    use crate::text::SourceId;

    fn at(start: u32) -> Finding {
        let source = SourceId::new(0);
        let there = Span::new(source, 90, 91);
        Finding::new(&UNBOUND_HOST, subject(source), Span::new(source, start, start + 1), "m")
            .label(there, "there")
    }

    /// The message of each drawing, with where it begins and what its labels say.
    fn drawn(findings: &[Finding]) -> Vec<(String, u32, Vec<String>)> {
        let labels = |finding: &Finding| finding.labels.iter().map(|l| l.message.clone()).collect();
        fold(findings).iter().map(|f| (f.message.clone(), f.span().start, labels(f))).collect()
    }

    #[test]
    fn what_is_alike_is_drawn_once() {
        let all: Vec<Finding> = (0..6).map(at).collect();
        let texts = |labels: &[&str]| labels.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(
            drawn(&all),
            [(
                "m (at 6 places)".to_owned(),
                0,
                texts(&["", "here, too", "here, too", "here, too, and at 2 more", "there"])
            )]
        );
        assert_eq!(drawn(&all[..1]), [("m".to_owned(), 0, texts(&["", "there"]))]);
    }

    #[test]
    fn what_differs_is_drawn_by_itself() {
        let mut other_object = at(1);
        other_object.subject.document = 1;
        let mut other_text = at(2);
        other_text.message.push('!');
        let other_rule = Finding { rule: &STYLE, ..at(3) };
        let other_help = at(4).help("h");
        let other_label = at(5).label(Span::new(SourceId::new(0), 95, 96), "there");
        let mut other_proxy = at(6);
        other_proxy.proxies.push("p".to_owned());
        let mut nameless = [at(7), at(8)];
        for finding in &mut nameless {
            finding.subject.object = None;
        }
        let [first, second] = nameless;
        let all = [
            at(0),
            other_object,
            other_text,
            other_rule,
            other_help,
            other_label,
            other_proxy,
            first,
            second,
        ];
        assert_eq!(fold(&all).len(), all.len());
    }
}
