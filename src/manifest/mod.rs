//! Kubernetes objects: header, List, identity; what kustomizations change in them. Knows nothing of what stands in `spec`.

mod header;
mod kustomization;
mod objects;
mod time;

pub use header::{Header, Meta, Namespaces};
pub use kustomization::{Changes, GeneratedSecret, Given, Kustomizations};
pub use objects::{Item, objects};
pub use time::{date, parse as seconds};
