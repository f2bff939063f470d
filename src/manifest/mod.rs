//! Kubernetes objects: header, List, identity. Knows nothing of what stands in `spec`.

mod header;
mod objects;
mod time;

pub use header::{Header, Meta};
pub use objects::{Item, objects};
pub use time::{date, parse as seconds};
