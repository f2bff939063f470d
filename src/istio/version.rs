//! Releases of Istio, and what changed between them for a gateway. All recorded cases were run on 1.29, 1.30, 1.31 and
//! 1.32; these are all the differences that show in a table.

use std::fmt;
use std::str::FromStr;

use crate::text::release;

/// A release of Istio whose behaviour is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 1.29.
    V1_29,
    /// 1.30.
    V1_30,
    /// 1.31.
    #[default]
    V1_31,
    /// 1.32.
    V1_32,
}

impl Version {
    /// All releases, the oldest first.
    pub const ALL: [Self; 4] = [Self::V1_29, Self::V1_30, Self::V1_31, Self::V1_32];

    /// Since 1.30 a credential `sds://x` is read as secret `x` of an external server, its CA as `x-cacert` there.
    /// Before, the text was the name as it stood, and the CA always a Secret.
    pub fn knows_external_sds(self) -> bool {
        self >= Self::V1_30
    }

    /// The one that is followed where none is asked for.
    pub const DEFAULT: Self = Self::V1_31;

    /// The words of all releases, the oldest first.
    pub const WORDS: [&'static str; 4] = {
        let mut words = [""; Self::ALL.len()];
        let mut at = 0;
        while at < words.len() {
            words[at] = Self::ALL[at].as_str();
            at += 1;
        }
        words
    };

    /// As written: `1.31`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1_29 => "1.29",
            Self::V1_30 => "1.30",
            Self::V1_31 => "1.31",
            Self::V1_32 => "1.32",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Version {
    type Err = ();
    /// Reads `1.31`, also as tools print it: `v1.31.2`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = release(text);
        Self::ALL.into_iter().find(|version| version.as_str() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_release_is_known_by_its_text() {
        assert!(Version::ALL.iter().all(|version| version.as_str().parse() == Ok(*version)));
        assert_eq!(Version::default(), Version::DEFAULT);
        assert_eq!("v1.30.2".parse(), Ok(Version::V1_30));
        assert_eq!("1.3".parse::<Version>(), Err(()));
    }
}
