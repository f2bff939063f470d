//! Know what an Istio ingress will do before it is applied.
//!
//! The layers, from the bottom up (a module imports only from layers below its own; see ARCHITECTURE.md):
//! `text` → `certificate`, `finding`, `pattern`, `yaml` → `input`, `config`, `manifest` → `istio` → `validation`, `mesh` → `envoy` → `rules` → `analysis` →
//! `explain` → `report` → `cli`.
//!
//! The library has no stable API: it exists for the binary and its tests.

pub mod analysis;
pub mod certificate;
pub mod cli;
pub mod config;
pub mod envoy;
pub mod explain;
pub mod finding;
pub mod input;
pub mod istio;
pub mod manifest;
pub mod mesh;
pub mod pattern;
pub mod report;
pub mod rules;
pub mod suppression;
pub mod text;
pub mod validation;
pub mod yaml;

/// Runs the command line of this process.
pub fn run() -> std::process::ExitCode {
    cli::run().into()
}
