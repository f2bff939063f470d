//! What somebody may have meant.

use super::distance;

/// The candidate nearest to `word`, if it is near.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    within((word.chars().count() / 3).max(1), word, candidates)
}

/// The candidate nearest to `word`, if they differ in no more than `limit` characters.
pub fn within<'c>(
    limit: usize,
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            Some((distance(&word, &candidate.to_lowercase(), limit)?, candidate))
        })
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let words = ["binding", "tls", "unbound-host", "GW301"];
        assert_eq!(nearest("bindng", words), Some("binding"));
        assert_eq!(nearest("unbuond-hots", words), Some("unbound-host"));
        assert_eq!(nearest("gw310", words), Some("GW301"));
        assert_eq!(nearest("tsl", words), Some("tls"));
        assert_eq!(nearest("something", words), None);
    }
}
