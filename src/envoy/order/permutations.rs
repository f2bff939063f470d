//! The orders in which objects may have been created.

use super::MOST;

/// Other orders of `0..count` than the given one. `may_swap(a, b)` says whether `b`, which comes behind `a`, may as well
/// come before it; every order keeps the pairs that may not. Up to [`MOST`] items all orders, of more those in which two
/// neighbours are swapped.
pub(super) fn others(count: usize, may_swap: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let natural: Vec<usize> = (0..count).collect();
    let has_tie = (0..count).any(|a| (a + 1..count).any(|b| may_swap(a, b)));
    if !has_tie {
        return Vec::new();
    }
    let is_allowed = |order: &Vec<usize>| {
        let inverted = |i: usize, j: usize| order[i] > order[j];
        (0..count).all(|i| (i + 1..count).all(|j| !inverted(i, j) || may_swap(order[j], order[i])))
    };
    let mut orders = Vec::new();
    if count <= MOST {
        permute(&mut natural.clone(), 0, &mut orders);
    } else {
        for at in 1..count {
            let mut order = natural.clone();
            order.swap(at - 1, at);
            orders.push(order);
        }
    }
    orders.retain(|order| *order != natural && is_allowed(order));
    orders
}

fn permute(order: &mut Vec<usize>, from: usize, all: &mut Vec<Vec<usize>>) {
    if from == order.len() {
        all.push(order.clone());
        return;
    }
    for at in from..order.len() {
        order.swap(from, at);
        permute(order, from + 1, all);
        order.swap(from, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_may_not_swap_keep_their_order() {
        assert!(others(3, |_, _| false).is_empty());
        assert_eq!(others(2, |_, _| true), [[1, 0]]);
        // 0 and 2 have times, 1 has none.
        let mut orders = others(3, |a, b| a == 1 || b == 1);
        orders.sort_unstable();
        assert_eq!(orders, [[0, 2, 1], [1, 0, 2]]);
        assert_eq!(others(6, |_, _| true).len(), 5);
    }
}
