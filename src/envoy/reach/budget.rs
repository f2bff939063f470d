//! How much work may be done.

/// Work that is left, in steps of some nanoseconds: for one route, and for a whole list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    of_list: u64,
    of_route: u64,
}

/// About a tenth of a second.
const PER_ROUTE: u64 = 2_000_000;
/// About two seconds.
const PER_LIST: u64 = 60_000_000;

impl Budget {
    pub(super) fn new() -> Self {
        Self { of_list: PER_LIST, of_route: PER_ROUTE }
    }

    /// Begins with another route.
    pub(super) fn next_route(&mut self) {
        self.of_route = PER_ROUTE.min(self.of_list);
    }

    /// Takes some steps; false: there are not so many left.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        let steps = steps as u64;
        let is_enough = self.of_route >= steps;
        self.of_route = self.of_route.saturating_sub(steps);
        self.of_list = self.of_list.saturating_sub(steps);
        is_enough
    }
}
