//! The orders in which objects may have been created.

use super::MOST;

/// Other orders of `0..count` than the given one. `may_swap(a, b)` says whether `b`, which comes behind `a`, may as well
/// come before it; every order keeps the pairs that may not. Up to [`MOST`] items all orders, of more those in which two
/// neighbours are swapped.
pub(super) fn others(count: usize, may_swap: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let natural: Vec<usize> = (0..count).collect();
    if count > MOST {
        let swapped = |at: usize| {
            let mut order = natural.clone();
            order.swap(at - 1, at);
            order
        };
        return (1..count).filter(|&at| may_swap(at - 1, at)).map(swapped).collect();
    }
    let is_allowed = |order: &Vec<usize>| inverted(order).all(|[a, b]| may_swap(a, b));
    let mut orders = Vec::new();
    permute(&mut natural.clone(), 0, &mut orders);
    orders.retain(|order| *order != natural && is_allowed(order));
    orders
}

/// The given order, then the others.
pub(super) fn with_natural(
    count: usize,
    may_swap: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut all = vec![(0..count).collect()];
    all.extend(others(count, may_swap));
    all
}

/// The pairs that an order has the other way round.
pub(super) fn inverted(order: &[usize]) -> impl Iterator<Item = [usize; 2]> {
    (0..order.len()).flat_map(move |i| {
        (i + 1..order.len())
            .filter(move |&j| order[i] > order[j])
            .map(move |j| [order[j], order[i]])
    })
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
