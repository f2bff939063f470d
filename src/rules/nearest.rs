//! "Did you mean": the nearest of some texts. Knows nothing of Istio.

use crate::text::Word;

/// How many comparisons a finding may make.
pub(super) const OF_FINDING: usize = 1000;

/// The comparisons that a finding may make: what is nearest among more is not worth the time. Each is cheap, for texts
/// that are longer than names are not compared.
#[derive(Debug)]
pub(super) struct Comparisons {
    left: usize,
}

impl Comparisons {
    /// As many as one finding may make.
    pub(super) fn new() -> Self {
        Self { left: OF_FINDING }
    }

    /// As many as all findings of a check may make that look for the same in every one of them: the first hundred on the
    /// largest servers, ten thousand on such as have ten hosts.
    pub(super) fn of_check() -> Self {
        Self { left: 100 * OF_FINDING }
    }

    /// Whether none is left.
    pub(super) fn are_used_up(&self) -> bool {
        self.left == 0
    }

    /// Lets one finding make as many of these as it may, and keeps those that it does not make.
    pub(super) fn for_finding<T>(&mut self, look: impl FnOnce(&mut Self) -> T) -> T {
        let mut few = Self { left: self.left.min(OF_FINDING) };
        self.left -= few.left;
        let found = look(&mut few);
        self.left += few.left;
        found
    }

    /// The nearest candidate, if it is near enough to be what was meant.
    pub(super) fn did_you_mean<'c>(
        &mut self,
        text: &str,
        candidates: impl IntoIterator<Item = Word<'c>>,
    ) -> Option<&'c str> {
        let limit = 2.max(text.len() / 5);
        let (candidate, edits) = self.nearest(&Word::new(text), candidates, limit)?;
        (edits > 0).then_some(candidate)
    }

    /// The candidate that is nearest to `word`, with the number of edits; none: none is within `limit`.
    pub(super) fn nearest<'c>(
        &mut self,
        word: &Word<'_>,
        candidates: impl IntoIterator<Item = Word<'c>>,
        mut limit: usize,
    ) -> Option<(&'c str, usize)> {
        let mut best = None;
        for candidate in candidates.into_iter().take(self.left) {
            self.left -= 1;
            if let Some(edits) = word.distance(&candidate, limit) {
                best = Some((candidate.text(), edits));
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
    Comparisons::new().did_you_mean(text, candidates.into_iter().map(Word::new))
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
            comparisons.nearest(&Word::new("abc"), [Word::new(word)], limit).map(|(_, edits)| edits)
        });
        assert_eq!(nearest, ["abc", "abcd", "bac"]);
    }

    #[test]
    fn comparisons_end() {
        let far = vec!["x"; 1000];
        let candidates = far.into_iter().chain(["public"]).map(Word::new);
        assert_eq!(Comparisons::new().nearest(&Word::new("public"), candidates, 3), None);
    }

    #[test]
    fn those_of_a_check_end_and_what_is_not_made_is_left() {
        let mut all = Comparisons::of_check();
        let far = vec!["x"; OF_FINDING];
        let mut meant = |candidates: &[&'static str]| {
            all.for_finding(|few| {
                few.did_you_mean("pulbic", candidates.iter().copied().map(Word::new))
            })
        };
        for _ in 0..100 {
            assert_eq!(meant(&["public"]), Some("public"));
        }
        for _ in 0..99 {
            assert_eq!(meant(&far), None);
        }
        let last = [&far[..899], &["public"]].concat();
        assert_eq!(meant(&last), Some("public"));
        assert_eq!(meant(&["public"]), None);
    }
}
