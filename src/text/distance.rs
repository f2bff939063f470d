//! How far two texts are from each other. Knows nothing of what they mean.

/// Longer texts are never compared: no name of Kubernetes or DNS is longer, and the cost is the product of the lengths.
const LONGEST: usize = 253;

/// More edits than two texts of that length need.
const FAR: u8 = 254;

/// How many characters must be inserted, removed, replaced or swapped with their neighbour to make `b` of `a`; none:
/// more than `limit`, or a text is longer than any name.
pub fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    Word::new(a).distance(&Word::new(b), limit)
}

/// A text to compare with many others.
#[derive(Clone, Copy, Debug)]
pub struct Word<'t> {
    text: &'t str,
    /// Which letters it has, and which of them more than once; none: others than those of ASCII.
    letters: Option<[u64; 2]>,
}

impl<'t> Word<'t> {
    /// For comparisons with a text.
    pub fn new(text: &'t str) -> Self {
        Self { text, letters: text.is_ascii().then(|| letters(text)) }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The [`distance`] to another one.
    pub fn distance(&self, other: &Word<'_>, limit: usize) -> Option<usize> {
        let (a, b) = (self.text, other.text);
        let (Some(own), Some(others)) = (self.letters, other.letters) else {
            if a.len() > 4 * LONGEST || b.len() > 4 * LONGEST {
                return None;
            }
            let [a, b] = [a, b].map(|text| text.chars().collect::<Vec<char>>());
            return bounded(&a, &b, limit);
        };
        // An edit takes away one letter at most, and adds one at most. That alone tells most texts apart.
        if lacking(own, others) > limit || lacking(others, own) > limit {
            return None;
        }
        bounded(a.as_bytes(), b.as_bytes(), limit)
    }
}

/// Which letters a text has, and which of them more than once: those that names are made of have a bit each.
fn letters(text: &str) -> [u64; 2] {
    text.bytes().fold([0, 0], |[once, twice], byte| {
        // Small letters move away from digits, dots and dashes.
        let bit = 1 << ((byte & 63) ^ ((byte & 64) >> 1));
        [once | bit, twice | (once & bit)]
    })
}

/// How many letters of one text another one lacks, at least.
fn lacking(text: [u64; 2], other: [u64; 2]) -> usize {
    let (once, twice) = (text[0] & !other[0], text[1] & !other[1]);
    (once.count_ones() + twice.count_ones()) as usize
}

/// Of the rows of the table of distances the band that can hold at most `limit`.
fn bounded<T: PartialEq>(a: &[T], b: &[T], limit: usize) -> Option<usize> {
    if a.len().max(b.len()) > LONGEST || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // What both begin or end with needs no edit.
    let alike = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[alike..], &b[alike..]);
    let alike = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - alike], &b[..b.len() - alike]);
    let mut rows = [[FAR; LONGEST + 2]; 3];
    let [before, last, row] = &mut rows;
    let (mut before, mut last, mut row) = (before, last, row);
    for (j, edits) in (0..=b.len().min(limit)).zip(0..) {
        last[j] = edits;
    }
    for (i, edits) in (1..=a.len()).zip(1..) {
        let (from, to) = (i.saturating_sub(limit).max(1), i.saturating_add(limit).min(b.len()));
        row[from - 1] = if from == 1 { edits } else { FAR };
        let mut lowest = row[from - 1];
        for j in from..=to {
            let replaced = last[j - 1] + u8::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
            lowest = lowest.min(best);
        }
        // The row two above is never more than one below the last one, so that a swap cannot undercut it.
        if usize::from(lowest) > limit {
            return None;
        }
        // The next row looks one further.
        row[to + 1] = FAR;
        (before, last, row) = (last, row, before);
    }
    Some(usize::from(last[b.len()])).filter(|edits| *edits <= limit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The whole table.
    fn unbounded(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let best = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best.min(table[i - 2][j - 2] + 1)
                    } else {
                        best
                    }
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn a_limit_changes_nothing_but_what_is_beyond_it(
            a in "[abc]{0,12}", b in "[abc]{0,12}", limit in 0_usize..14
        ) {
            let whole = unbounded(a.as_bytes(), b.as_bytes());
            prop_assert_eq!(distance(&a, &b, limit), Some(whole).filter(|edits| *edits <= limit));
        }
    }

    #[test]
    fn swapped_letters_are_one_edit() {
        assert_eq!(distance("shop.exmaple.com", "shop.example.com", 9), Some(1));
        assert_eq!(distance("", "abc", usize::MAX), Some(3));
        assert_eq!(distance("straße", "strasse", 2), Some(2));
    }

    #[test]
    fn what_names_are_made_of_differs() {
        let all = "abcdefghijklmnopqrstuvwxyz0123456789.-*";
        let [once, twice] = letters(all);
        assert_eq!((once.count_ones() as usize, twice), (all.len(), 0));
        assert_eq!(lacking(letters("aab"), letters("abb")), 1);
    }

    #[test]
    fn texts_that_are_no_names_are_not_compared() {
        let (name, long) = ("a".repeat(253), "a".repeat(254));
        assert_eq!(distance(&name, &name, usize::MAX), Some(0));
        assert_eq!(distance(&long, &long, usize::MAX), None);
    }
}
