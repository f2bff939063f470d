//! How much work may be done.

/// Work that is left, in steps of some nanoseconds: for a run over all virtual hosts, and of it for one route.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    of_run: u64,
    of_route: u64,
}

/// About a tenth of a second.
const PER_ROUTE: u64 = 2_000_000;
/// A few seconds.
const PER_RUN: u64 = 200_000_000;

impl Default for Budget {
    fn default() -> Self {
        Self { of_run: PER_RUN, of_route: PER_ROUTE }
    }
}

impl Budget {
    /// Begins with another route.
    pub(super) fn next_route(&mut self) {
        self.of_route = PER_ROUTE.min(self.of_run);
    }

    /// Takes some steps for a route; false: there are not so many left.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        let steps = steps as u64;
        let is_enough = self.of_route >= steps;
        self.of_route = self.of_route.saturating_sub(steps);
        self.of_run = self.of_run.saturating_sub(steps);
        is_enough
    }

    /// Takes some steps for all routes.
    pub(super) fn spend_for_all(&mut self, steps: usize) {
        self.of_run = self.of_run.saturating_sub(steps as u64);
    }

    /// Whether nothing is left for further routes.
    pub fn is_spent(&self) -> bool {
        self.of_run == 0
    }
}
