//! "Did you mean": the nearest of some texts. Knows nothing of Istio.

use crate::text::distance;

/// The comparisons that a finding may make: what is nearest among more is not worth the time. Each is cheap, for texts
/// that are longer than names are not compared.
#[derive(Debug)]
pub(super) struct Comparisons {
    left: usize,
}

impl Comparisons {
    /// As many as one finding may make.
    pub(super) fn new() -> Self {
        Self { left: 1000 }
    }

    /// The candidate that is nearest to `text`, with the number of edits; none: none is within `limit`.
    pub(super) fn nearest<'c>(
        &mut self,
        text: &str,
        candidates: impl IntoIterator<Item = &'c str>,
        mut limit: usize,
    ) -> Option<(&'c str, usize)> {
        let mut best = None;
        for candidate in candidates.into_iter().take(self.left) {
            self.left -= 1;
            if let Some(edits) = distance(text, candidate, limit) {
                best = Some((candidate, edits));
                // Another one must be nearer.
                let Some(nearer) = edits.checked_sub(1) else { break };
                limit = nearer;
            }
        }
        best
    }
}

/// The `count` items with the fewest edits, equal ones in their order. `edits` tells those of an item, or none where
/// they are more than a limit or unknown; such items come last.
pub(super) fn nearest_of<T: Copy>(
    items: impl IntoIterator<Item = T>,
    count: usize,
    mut edits: impl FnMut(T, usize) -> Option<usize>,
) -> Vec<T> {
    let mut found: Vec<(usize, T)> = Vec::with_capacity(count + 1);
    for item in items {
        let farthest = found.get(count - 1).map(|(edits, _)| *edits);
        let Some(limit) = farthest.unwrap_or(usize::MAX).checked_sub(1) else { break };
        let edits = edits(item, limit);
        if edits.is_some() || farthest.is_none() {
            let edits = edits.unwrap_or(usize::MAX);
            let at = found.partition_point(|(known, _)| *known <= edits);
            found.insert(at, (edits, item));
            found.truncate(count);
        }
    }
    found.into_iter().map(|(_, item)| item).collect()
}

/// The nearest candidate, if it is near enough to be what was meant.
pub(super) fn did_you_mean<'c>(
    text: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let limit = 2.max(text.len() / 5);
    let (candidate, edits) = Comparisons::new().nearest(text, candidates, limit)?;
    (edits > 0).then_some(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_texts_are_not_meant() {
        assert_eq!(did_you_mean("public", ["private", "pulbic"]), Some("pulbic"));
        assert_eq!(did_you_mean("public", ["internal"]), None);
        assert_eq!(did_you_mean("public", ["public"]), None);
    }

    #[test]
    fn the_nearest_come_first_and_the_first_of_equally_near_ones() {
        let words = ["abcd", "xyz", "abc", "bac", "acb"];
        let mut comparisons = Comparisons::new();
        let nearest = nearest_of(words, 3, |word, limit| {
            comparisons.nearest("abc", [word], limit).map(|(_, edits)| edits)
        });
        assert_eq!(nearest, ["abc", "abcd", "bac"]);
    }

    #[test]
    fn comparisons_end() {
        let far = vec!["x"; 1000];
        let candidates = far.into_iter().chain(["public"]);
        assert_eq!(Comparisons::new().nearest("public", candidates, 3), None);
    }
}
