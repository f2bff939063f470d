//! "Did you mean": the nearest of some texts. Knows nothing of Istio.

/// The candidate that is nearest to `text` by edits, with the number of edits.
pub(super) fn nearest<'c>(
    text: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<(&'c str, usize)> {
    candidates
        .into_iter()
        .map(|candidate| (candidate, distance(text, candidate)))
        .min_by_key(|(_, edits)| *edits)
}

/// The nearest candidate, if it is near enough to be what was meant.
pub(super) fn did_you_mean<'c>(
    text: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let (candidate, edits) = nearest(text, candidates)?;
    (edits > 0 && edits <= 2.max(text.len() / 5)).then_some(candidate)
}

/// Insertions, deletions, substitutions and swaps of neighbours between two texts, by bytes.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substituted = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substituted.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_letters_are_one_edit() {
        assert_eq!(distance("shop.exmaple.com", "shop.example.com"), 1);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn far_texts_are_not_meant() {
        assert_eq!(did_you_mean("public", ["private", "pulbic"]), Some("pulbic"));
        assert_eq!(did_you_mean("public", ["internal"]), None);
        assert_eq!(did_you_mean("public", ["public"]), None);
    }
}
