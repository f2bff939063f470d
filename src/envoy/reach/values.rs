//! Values of one dimension that stand for all values: one for each way in which the sets of a dimension can hold and
//! not hold together.

use rustc_hash::FxHashSet;

use super::budget::Budget;
use super::conditions::{Dimension, is_blank};
use super::text::{DEAD, Text};

/// Which of the sets hold, by their index.
pub(super) type Signature = u128;

/// The values.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Each value with the sets that it is in; each signature once, by a plain value.
    pub(super) all: Vec<(String, Signature)>,
    /// Whether every signature that a value has is among them.
    pub(super) is_complete: bool,
}

impl Values {
    /// Adds a value unless it is known how its sets hold together, or it is none of the dimension.
    fn add(
        &mut self,
        dimension: &Dimension,
        texts: &[Text<'_>],
        required: Signature,
        value: String,
    ) {
        let signature = signature(texts, &value);
        let is_new = self.all.iter().all(|(_, known)| *known != signature);
        if is_new && signature & required == required && dimension.allows_text(&value) {
            self.all.push((value, signature));
        }
    }
}

/// The sets that a value is in.
pub(super) fn signature(texts: &[Text<'_>], value: &str) -> Signature {
    let holding = texts.iter().enumerate().filter(|(_, text)| text.has(value));
    holding.fold(0, |all, (at, _)| all | 1 << at)
}

/// Bytes in the order in which they make plain values.
const PLAIN: &[u8] =
    b"xabcdefghijklmnopqrstuvwyz0123456789/-_XABCDEFGHIJKLMNOPQRSTUVWYZ.~=:,+@!$&'()*;%";

/// The values of a dimension that are in all `required` sets, and in the language `within` where there is one. `first`
/// goes before others.
pub(super) fn values(
    dimension: &Dimension,
    texts: &[Text<'_>],
    required: Signature,
    within: Option<&Text<'_>>,
    first: Option<&str>,
    budget: &mut Budget,
) -> Values {
    let mut values = Values { all: Vec::new(), is_complete: true };
    let is_within = |value: &str| within.is_none_or(|within| within.has(value));
    if let Some(first) = first.filter(|first| is_within(first)) {
        values.add(dimension, texts, required, first.to_owned());
    }
    let holds = |at: usize| required & (1 << at) != 0;
    let one = (0..texts.len()).filter(|&at| holds(at)).find_map(|at| match &texts[at] {
        Text::Exact(text) => Some(*text),
        _ => None,
    });
    if let Some(one) = one {
        if is_within(one) {
            values.add(dimension, texts, required, one.to_owned());
        }
    } else if within.is_none() && texts.iter().all(|text| text.literal().is_some()) {
        of_literals(dimension, texts, required, &mut values);
    } else {
        explore(dimension, texts, required, within, &mut values, budget);
    }
    values
}

/// Where all sets are literals or what begins with them, each literal and each with a byte after it that begins no
/// other stands for all texts: what leaves the literals behind is in the sets of the longest that it begins with.
fn of_literals(
    dimension: &Dimension,
    texts: &[Text<'_>],
    required: Signature,
    values: &mut Values,
) {
    let root = if *dimension == Dimension::Path { "/" } else { "" };
    let literals = texts.iter().filter_map(Text::literal);
    let mut literals: Vec<&str> = literals.filter(|literal| literal.starts_with(root)).collect();
    literals.push(root);
    literals.sort_unstable();
    literals.dedup();
    let begins = |text: &str| {
        let at = literals.partition_point(|literal| *literal < text);
        literals.get(at).is_some_and(|literal| literal.starts_with(text))
    };
    let mut free = Vec::new();
    for literal in &literals {
        let with = |byte: u8| format!("{literal}{}", char::from(byte));
        let is_free =
            |byte: &u8| dimension.allows(*byte, literal.is_empty()) && !begins(&with(*byte));
        // Where no byte is free, whatever follows is another literal or leaves one.
        free.extend(PLAIN.iter().copied().chain(0..=0x7f).find(is_free).map(with));
    }
    // An empty value is the least plain one.
    for literal in literals.iter().filter(|literal| !literal.is_empty()) {
        values.add(dimension, texts, required, (*literal).to_owned());
    }
    for value in free {
        values.add(dimension, texts, required, value);
    }
    values.add(dimension, texts, required, String::new());
}

/// A state of all automata at once, and how it was reached.
struct Node {
    states: Box<[u32]>,
    ends_blank: bool,
    parent: usize,
    byte: u8,
}

/// Walks all automata side by side, the shortest texts first.
fn explore(
    dimension: &Dimension,
    texts: &[Text<'_>],
    required: Signature,
    within: Option<&Text<'_>>,
    values: &mut Values,
    budget: &mut Budget,
) {
    let all: Vec<&Text<'_>> = texts.iter().chain(within).collect();
    let must = |at: usize| at >= texts.len() || required & (1 << at) != 0;
    let needed: Vec<usize> = (0..all.len()).filter(|&at| must(at)).collect();
    let (begin, go_on) =
        [true, false].map(|is_first| representatives(dimension, &all, is_first)).into();
    let start = all.iter().map(|text| text.start()).collect();
    let mut nodes = vec![Node { states: start, ends_blank: false, parent: 0, byte: 0 }];
    // The first state is not among them: what may follow is not the same where it is met again.
    let mut known: FxHashSet<(Box<[u32]>, bool)> = FxHashSet::default();
    let mut signatures: FxHashSet<Signature> = values.all.iter().map(|(_, known)| *known).collect();
    let mut empty = None;
    let mut at = 0;
    while at < nodes.len() {
        let node = &nodes[at];
        if needed.iter().all(|&i| all[i].accepts(node.states[i])) && !node.ends_blank {
            let holding = texts.iter().zip(&node.states).enumerate();
            let holding = holding.filter(|(_, (text, state))| text.accepts(**state));
            let signature = holding.fold(0, |all, (i, _)| all | 1 << i);
            if at == 0 {
                empty = Some(signature);
            } else if signatures.insert(signature) {
                match spell(&nodes, at) {
                    Some(value) => values.all.push((value, signature)),
                    None => values.is_complete = false,
                }
            }
        }
        for &byte in if at == 0 { &begin } else { &go_on } {
            if !budget.spend(all.len()) {
                values.is_complete = false;
                return;
            }
            let states = all.iter().zip(&nodes[at].states);
            let states: Box<[u32]> = states.map(|(text, &state)| text.next(state, byte)).collect();
            if needed.iter().any(|&i| states[i] == DEAD) {
                continue;
            }
            let ends_blank = !dimension.may_end(byte);
            if known.insert((states.clone(), ends_blank)) {
                nodes.push(Node { states, ends_blank, parent: at, byte });
            }
        }
        at += 1;
    }
    if let Some(signature) = empty.filter(|_| *dimension != Dimension::Path)
        && signatures.insert(signature)
    {
        values.all.push((String::new(), signature));
    }
}

/// The text that leads to a node; none where it is no UTF-8.
fn spell(nodes: &[Node], mut at: usize) -> Option<String> {
    let mut bytes = Vec::new();
    while at != 0 {
        bytes.push(nodes[at].byte);
        at = nodes[at].parent;
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

/// One byte of each class that the automata do not tell apart, the plainest.
fn representatives(dimension: &Dimension, texts: &[&Text<'_>], is_first: bool) -> Vec<u8> {
    let mut known: FxHashSet<(Vec<u8>, bool)> = FxHashSet::default();
    let others = (0..=u8::MAX).filter(|byte| !PLAIN.contains(byte));
    let bytes = PLAIN.iter().copied().chain(others);
    bytes
        .filter(|&byte| dimension.allows(byte, is_first))
        .filter(|&byte| {
            let class = texts.iter().map(|text| text.class(byte)).collect();
            known.insert((class, is_blank(byte)))
        })
        .collect()
}
