//! How far two texts are from each other. Knows nothing of what they mean.

/// Longer texts are never compared: no name of Kubernetes or DNS is longer, and the cost is the product of the lengths.
const LONGEST: usize = 253;

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

    /// The [`distance`] to another one. What tells most texts apart is made part of the loops of callers.
    #[inline]
    pub fn distance(&self, other: &Word<'_>, limit: usize) -> Option<usize> {
        let (a, b) = (self.text, other.text);
        let (Some(own), Some(others)) = (self.letters, other.letters) else {
            return of_chars(a, b, limit);
        };
        // An edit takes away one letter at most, and adds one at most.
        if lacking(own, others) > limit || lacking(others, own) > limit {
            return None;
        }
        bounded(a.as_bytes(), b.as_bytes(), limit)
    }
}

fn of_chars(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.len() > 4 * LONGEST || b.len() > 4 * LONGEST {
        return None;
    }
    let [a, b] = [a, b].map(|text| text.chars().collect::<Vec<char>>());
    bounded(&a, &b, limit)
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
#[inline]
fn lacking(text: [u64; 2], other: [u64; 2]) -> usize {
    let (once, twice) = (text[0] & !other[0], text[1] & !other[1]);
    (once.count_ones() + twice.count_ones()) as usize
}

/// How far one more edit leads at a time: what is alike behind it is passed for nothing. On each diagonal of the table of
/// distances (what is passed of `b` less what is passed of `a`) only the farthest place matters.
fn bounded<T: PartialEq>(a: &[T], b: &[T], limit: usize) -> Option<usize> {
    let longest = a.len().max(b.len());
    if longest > LONGEST || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let limit = limit.min(longest);
    let middle = limit + 1;
    let end = middle + b.len() - a.len();
    // How much of `a` is passed, by diagonal; beside the outermost ones is one that nothing reaches.
    let mut passed: Vec<Option<usize>> = vec![None; 2 * middle + 1];
    for edits in 0..=limit {
        // The edits that are left must lead to the end.
        let left = limit - edits;
        let first =
            (middle - edits).max(end.saturating_sub(left)).max(middle.saturating_sub(a.len()));
        let last = (middle + edits).min(end + left).min(middle + b.len());
        let mut inserted = passed[first - 1];
        for at in first..=last {
            let here = passed[at];
            let one_more = |passed: Option<usize>| passed.map(|i| i + 1);
            let swapped = here.filter(|&i| is_swapped(&a[i..], &b[i + at - middle..]));
            let others = inserted.max(one_more(here)).max(one_more(passed[at + 1]));
            let farthest = others.max(swapped.map(|i| i + 2)).unwrap_or(0);
            let i = farthest.min(a.len()).min(b.len() + middle - at);
            let i = i + alike(&a[i..], &b[i + at - middle..]);
            if at == end && i == a.len() {
                return Some(edits);
            }
            inserted = here;
            passed[at] = Some(i);
        }
    }
    None
}

/// How much two texts have in common from their beginning.
fn alike<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// Whether two texts begin with the same two letters in another order.
fn is_swapped<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    matches!((a, b), ([a, next_a, ..], [b, next_b, ..]) if a == next_b && next_a == b)
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
