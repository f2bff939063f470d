//! The search for a request that a route takes and that others do not: in each dimension one choice, so that each of
//! the other routes is kept from matching somewhere.

use std::collections::BTreeMap;

use super::budget::Budget;
use super::choices::{Around, Asked, Choices, Kills};
use super::conditions::{Conditions, Dimension};
use super::witness::Witness;

/// The most dimensions, which bounds the depth of the search.
const MOST_DIMENSIONS: usize = 96;

/// What came of a search.
#[derive(Debug)]
pub(super) enum Found {
    /// A request.
    Witness(Box<Witness>),
    /// There is none.
    Nothing,
    /// Nobody knows: it would take too long.
    Unknown,
}

/// A request that meets the conditions `own` and those of none of the `others`.
pub(super) fn search(
    own: &Conditions<'_>,
    others: &[&Conditions<'_>],
    around: Around<'_>,
    budget: &mut Budget,
) -> Found {
    let mut asked: BTreeMap<&Dimension, Asked<'_, '_>> = BTreeMap::new();
    let empty = |dimension: &Dimension| {
        let dimension = dimension.clone();
        Asked { dimension, own: Vec::new(), others: Vec::new() }
    };
    for one in &own.all {
        asked.entry(&one.dimension).or_insert_with(|| empty(&one.dimension)).own.push(one);
    }
    for (at, other) in others.iter().enumerate() {
        for one in &other.all {
            let known = asked.entry(&one.dimension).or_insert_with(|| empty(&one.dimension));
            known.others.push((at, one));
        }
    }
    let path = Dimension::Path;
    asked.entry(&path).or_insert_with(|| empty(&path));
    if asked.len() > MOST_DIMENSIONS {
        return Found::Unknown;
    }
    let all: Vec<Choices> = asked.values().map(|asked| asked.choices(around, budget)).collect();
    if all.iter().any(|choices| choices.all.is_empty() && choices.is_complete) {
        return Found::Nothing;
    }
    if all.iter().any(|choices| choices.all.is_empty()) {
        return Found::Unknown;
    }
    let wanted = others.iter().enumerate().fold(0, |all: Kills, (at, _)| all | 1 << at);
    let mut taken = vec![None; all.len()];
    match go_on(&all, wanted, &mut taken, budget) {
        Some(true) => Found::Witness(Box::new(Witness::new(&all, &taken, around))),
        Some(false) if all.iter().all(|choices| choices.is_complete) => Found::Nothing,
        _ => Found::Unknown,
    }
}

/// Takes choices until all `wanted` routes are kept away: those first that the fewest choices keep away. Each step takes
/// a choice of one dimension, so there are at most as many below each other as dimensions. None: it takes too long.
fn go_on(
    all: &[Choices],
    wanted: Kills,
    taken: &mut Vec<Option<usize>>,
    budget: &mut Budget,
) -> Option<bool> {
    let free = |taken: &[Option<usize>], dimension: usize| taken[dimension].is_none();
    let mut fewest: Option<Vec<(usize, usize)>> = None;
    let mut left = wanted;
    while left != 0 {
        let bit = left & left.wrapping_neg();
        left &= !bit;
        let mut ways = Vec::new();
        for (dimension, choices) in all.iter().enumerate().filter(|(at, _)| free(taken, *at)) {
            if !budget.spend(1 + choices.all.len()) {
                return None;
            }
            let killing = choices.all.iter().enumerate().filter(|(_, one)| one.kills & bit != 0);
            ways.extend(killing.map(|(choice, _)| (dimension, choice)));
        }
        if ways.is_empty() {
            return Some(false);
        }
        if fewest.as_ref().is_none_or(|fewest| ways.len() < fewest.len()) {
            fewest = Some(ways);
        }
    }
    for (dimension, choice) in fewest.unwrap_or_default() {
        taken[dimension] = Some(choice);
        let left = wanted & !all[dimension].all[choice].kills;
        if left == 0 || go_on(all, left, taken, budget)? {
            return Some(true);
        }
        taken[dimension] = None;
    }
    Some(wanted == 0)
}
