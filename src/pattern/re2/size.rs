//! About how many instructions RE2 compiles a pattern to.
//!
//! Counts what is left of `re2/compile.cc` after `Prog::Flatten`: one instruction for each range of bytes, assertion
//! and side of a group, one more for each `?` and `+`. Checked against `RE2::ProgramSize`: exact for most patterns;
//! adjacent repetitions (`a*b*`) need up to one more for each, and alternatives with a common beginning less.

/// What every program has: fail, match, and the loop before an unanchored match.
pub(super) const OVERHEAD: u64 = 4;

/// What a part of a pattern costs.
#[derive(Clone, Copy, Default)]
pub(super) struct Weight {
    /// Instructions.
    pub(super) size: u64,
    /// Largest product of nested counts, at least 1 (RE2's `RepetitionWalker`).
    pub(super) repeat: u64,
    /// Nested groups and repetitions.
    pub(super) depth: u32,
}

impl Weight {
    /// Something of `size` instructions.
    pub(super) fn leaf(size: u64) -> Self {
        Self { size, repeat: 1, depth: 0 }
    }

    /// This beside `other`.
    pub(super) fn beside(self, other: Self) -> Self {
        Self {
            size: self.size.saturating_add(other.size),
            repeat: self.repeat.max(other.repeat),
            depth: self.depth.max(other.depth),
        }
    }

    /// This in a group.
    pub(super) fn grouped(self, capturing: bool) -> Self {
        Self {
            size: self.size.saturating_add(if capturing { 2 } else { 0 }),
            repeat: self.repeat.max(1),
            depth: self.depth + 1,
        }
    }

    /// This, `min` to `max` times.
    pub(super) fn repeated(self, min: u32, max: Option<u32>) -> Self {
        let times = |count: u32, size: u64| u64::from(count).saturating_mul(size);
        let size = match max {
            Some(max) => {
                times(min, self.size).saturating_add(times(max.saturating_sub(min), self.size + 1))
            }
            None if min == 0 => self.size,
            None => times(min, self.size).saturating_add(1),
        };
        // No count of the part is above 1000 when this is called, so nothing overflows.
        let repeat = self.repeat * u64::from(max.unwrap_or(min).max(1));
        Self { size, repeat, depth: self.depth + 1 }
    }
}
