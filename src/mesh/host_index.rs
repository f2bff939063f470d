//! Hosts, found by the hosts that they overlap with. Knows nothing of what they are hosts of.

use std::collections::{BTreeMap, BTreeSet};

/// Values by host. A host stands here from its end to its beginning, `moc.a.*` for `*.a.com`: what one wildcard covers
/// is then one range.
#[derive(Debug, Default)]
pub struct HostIndex<T> {
    reversed: BTreeMap<Vec<u8>, Vec<T>>,
    /// How long the wildcards are without their `*`.
    lengths: BTreeSet<usize>,
}

impl<T: Copy> HostIndex<T> {
    /// Adds a value under a host.
    pub fn insert(&mut self, host: &str, value: T) {
        if let Some(suffix) = host.strip_prefix('*') {
            self.lengths.insert(suffix.len());
        }
        self.reversed.entry(host.bytes().rev().collect()).or_default().push(value);
    }

    /// The values of hosts that cover `host` or that it covers, as [`overlaps`](super::host::overlaps) says; in no
    /// order, those of one host in theirs.
    pub fn overlapping(&self, host: &str) -> impl Iterator<Item = T> {
        let mut key: Vec<u8> = host.bytes().rev().collect();
        let is_wildcard = host.starts_with('*');
        let whole = (!is_wildcard).then(|| self.reversed.get(&key)).flatten();
        if is_wildcard {
            key.pop();
        }
        // What the wildcard covers has all wildcards that are not shorter.
        let shorter = self.lengths.iter().take_while(|&&length| {
            if is_wildcard { length < key.len() } else { length <= key.len() }
        });
        let wider: Vec<&Vec<T>> = shorter
            .filter_map(|&length| self.reversed.get(&[&key[..length], b"*"].concat()))
            .collect();
        let narrower = is_wildcard.then(|| {
            let from = self.reversed.range(key.clone()..);
            from.take_while(move |(known, _)| known.starts_with(&key)).map(|(_, values)| values)
        });
        whole.into_iter().chain(wider).chain(narrower.into_iter().flatten()).flatten().copied()
    }

    /// The values of hosts that cover `host`, as [`is_subset`](super::host::is_subset) says; in no order, those of one
    /// host in theirs.
    pub fn covering(&self, host: &str) -> impl Iterator<Item = T> {
        let mut key: Vec<u8> = host.bytes().rev().collect();
        let is_wildcard = host.starts_with('*');
        let whole = (!is_wildcard).then(|| self.reversed.get(&key)).flatten();
        if is_wildcard {
            key.pop();
        }
        let lengths = self.lengths.iter().take_while(|&&length| length <= key.len());
        let wider: Vec<&Vec<T>> = lengths
            .filter_map(|&length| self.reversed.get(&[&key[..length], b"*"].concat()))
            .collect();
        whole.into_iter().chain(wider).flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::host::{is_subset, overlaps};
    use super::*;

    #[test]
    fn what_overlaps_is_found() {
        let hosts = [
            "*",
            "*.com",
            "*.a.com",
            "a.com",
            "x.a.com",
            "*-x.a.com",
            "y-x.a.com",
            "A.com",
            "",
            "com",
        ];
        let mut index = HostIndex::default();
        (0..).zip(hosts).for_each(|(at, host): (usize, _)| index.insert(host, at));
        for wanted in hosts.into_iter().chain(["*x.a.com", "b.com", "*.b.com"]) {
            let mut found: Vec<&str> = index.overlapping(wanted).map(|at| hosts[at]).collect();
            let mut expected: Vec<&str> =
                hosts.into_iter().filter(|host| overlaps(host, wanted)).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{wanted}");
            let mut found: Vec<&str> = index.covering(wanted).map(|at| hosts[at]).collect();
            let mut expected: Vec<&str> =
                hosts.into_iter().filter(|host| is_subset(wanted, host)).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{wanted}");
        }
    }
}
