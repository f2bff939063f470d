//! From input to findings: what a run came to.

mod document;
mod lint;
mod load;
mod outcome;

pub use document::{Broken, BrokenReason, Objected, RepeatedKey, path_at};
pub use lint::{Selected, lint};
pub use load::{LoadOptions, Loaded, Refused, load};
pub use outcome::{Outcome, Skipped, Summary};
