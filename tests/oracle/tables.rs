//! The tables of an input, made in this process, as `gwctl routes -o envoy` prints them.

use gwctl::analysis::{LoadOptions, Loaded, load};
use gwctl::input::{self, Options};
use gwctl::istio::Version;
use gwctl::istio::mesh_config::MeshConfig;
use gwctl::mesh::ProxySpec;
use gwctl::report;
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
    let Question { paths, mesh, proxies, version } = question;
    let options = Options { paths, jobs: 1, ..Options::default() };
    let input =
        input::collect(&options, &mut std::io::empty()).map_err(|error| error.to_string())?;
    let mesh_config = mesh.map(MeshConfig::parse).transpose().map_err(|error| error.to_string())?;
    let options = LoadOptions { mesh_config, proxies, version, ..LoadOptions::default() };
    Ok(load(input, &options))
}

pub(crate) fn tables(question: Question<'_>) -> Result<Value, String> {
    let version = question.version;
    Ok(report::envoy::proxies(&loaded(question)?.tables, version))
}
