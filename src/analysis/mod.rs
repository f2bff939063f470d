//! From input to findings: what a run came to.

mod outcome;

pub use outcome::{Outcome, Skipped, Summary};
