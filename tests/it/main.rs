//! One crate for all integration tests, so that it links once.

mod architecture;
mod baseline;
mod ci;
mod cli;
mod common;
mod completions;
mod config;
mod examples;
mod explain;
mod fixture;
mod flags;
mod formats;
mod generated;
mod golden;
mod guess;
mod linting;
mod manifests;
mod order;
mod presence;
mod readme;
mod revisions;
mod routes;
mod rules;
mod schema;
mod settings;
mod strength;
