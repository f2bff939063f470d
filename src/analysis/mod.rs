//! From input to findings: what a run came to.

mod alternatives;
mod baseline;
mod clusters;
mod document;
mod doubt;
mod ellipsis;
mod environments;
mod fingerprint;
mod judge;
mod lint;
mod load;
mod notes;
mod order;
mod outcome;
mod overrides;
mod patches;
mod places;
mod since;
mod stale;
mod suffixes;
mod suppress;
#[cfg(test)]
mod tests;
mod variants;
mod versions;

pub use baseline::{Baseline, Compare, Lacking};
pub use clusters::{Part, merge};
pub use document::{Broken, BrokenReason, RepeatedKey, path_at};
pub use judge::Objected;
pub use lint::{Selected, lint};
pub use load::{LoadOptions, Loaded, load, outline};
pub use outcome::{Known, Outcome, Skipped, Summary, Suppressed, SuppressedBy};
pub use overrides::Overrides;
pub use places::Places;
pub use since::keep_new;
pub use suppress::{Ignores, suppress};
pub use versions::{Contested, Version, contested, note_contested, versions};
