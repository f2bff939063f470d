//! The order in which findings are told.

use std::cmp::Ordering;

use crate::finding::Finding;
use crate::text::{Sources, Span};

/// By file name, place, severity and code: the same on every machine, with any number of threads.
pub(super) fn sort(findings: &mut [Finding], sources: &Sources) {
    let spans = findings.iter().map(Finding::span);
    let mut order: Vec<(Span, usize)> = spans.zip(0..).collect();
    let name = |span: &Span| sources.get(span.source).name.as_str();
    let by_name = |a: &Span, b: &Span| {
        if a.source == b.source { Ordering::Equal } else { name(a).cmp(name(b)) }
    };
    order.sort_unstable_by(|(a, at), (b, other)| {
        by_name(a, b).then_with(|| (a.start, a.end).cmp(&(b.start, b.end))).then_with(|| {
            let [a, b] = [at, other].map(|&at| &findings[at]);
            let severity = b.severity.cmp(&a.severity);
            let code = severity.then_with(|| a.rule.code.cmp(b.rule.code));
            code.then_with(|| a.message.cmp(&b.message)).then_with(|| at.cmp(other))
        })
    });
    arrange(findings, order.into_iter().map(|(_, at)| at).collect());
}

/// Puts items into an order: `order[at]` is where the one for `at` stands. Each is swapped into its place, which for
/// large ones is cheaper than what a stable sort does.
fn arrange<T>(items: &mut [T], mut order: Vec<usize>) {
    for start in 0..order.len() {
        // What stands at the start of a cycle is carried along to its end. Places that are done stand for themselves.
        let mut at = start;
        while order[at] != start {
            let from = std::mem::replace(&mut order[at], at);
            items.swap(at, from);
            at = from;
        }
        order[at] = at;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_item_comes_to_its_place(
            order in (0_usize..40).prop_map(|len| (0..len).collect::<Vec<_>>()).prop_shuffle()
        ) {
            let items: Vec<String> = order.iter().map(|at| format!("item {at}")).rev().collect();
            let expected: Vec<String> = order.iter().map(|&at| items[at].clone()).collect();
            let mut arranged = items;
            arrange(&mut arranged, order);
            prop_assert_eq!(arranged, expected);
        }
    }
}
