//! The tables of an input, made in this process, as `gwctl routes -o envoy` prints them.

use gwctl::analysis::{LoadOptions, Loaded, Outcome, Selected, lint, load, outline};
use gwctl::envoy::route::Outline;
use gwctl::input::{self, Input, Options};
use gwctl::istio::Version;
use gwctl::istio::mesh_config::MeshConfig;
use gwctl::mesh::ProxySpec;
use gwctl::report;
use gwctl::rules::{self, Complete};
use gwctl::text::Sources;
use serde_json::Value;

/// What an input is, and for whom.
pub(crate) struct Question<'a> {
    pub(crate) paths: Vec<String>,
    /// A MeshConfig as YAML.
    pub(crate) mesh: Option<&'a str>,
    pub(crate) proxies: Vec<ProxySpec>,
    pub(crate) version: Version,
}

pub(crate) fn loaded(question: Question<'_>) -> Result<Loaded, String> {
    let (input, options) = read(question)?;
    Ok(load(input, &options))
}

/// As rules read it.
pub(crate) fn outlined(question: Question<'_>) -> Result<Loaded<Outline>, String> {
    let (input, options) = read(question)?;
    Ok(outline(input, &options))
}

/// What `gwctl lint --select all` finds.
pub(crate) fn findings(question: Question<'_>) -> Result<(Outcome, Sources), String> {
    let loaded = outlined(question)?;
    let selected = Selected::all_of(rules::checks().map(|check| check.rule).collect());
    let outcome = lint(&loaded, &selected, &Complete::default());
    Ok((outcome, loaded.sources))
}

fn read(question: Question<'_>) -> Result<(Input, LoadOptions), String> {
    let Question { paths, mesh, proxies, version } = question;
    let options = Options { paths, jobs: 1, ..Options::default() };
    let input =
        input::collect(&options, &mut std::io::empty()).map_err(|error| error.to_string())?;
    let mesh_config = mesh.map(MeshConfig::parse).transpose().map_err(|error| error.to_string())?;
    Ok((input, LoadOptions { mesh_config, proxies, version, ..LoadOptions::default() }))
}

pub(crate) fn tables(question: Question<'_>) -> Result<Value, String> {
    let version = question.version;
    Ok(report::envoy::proxies(&loaded(question)?.tables, version))
}
