//! The tables of an input, made in this process, as `gwctl routes -o envoy` prints them.

use gwctl::analysis::{LoadOptions, load};
use gwctl::input::{self, Options};
use gwctl::istio::Version;
use gwctl::istio::mesh_config::MeshConfig;
use gwctl::mesh::ProxySpec;
use gwctl::report;
use serde_json::Value;

pub(crate) fn tables(
    paths: Vec<String>,
    mesh: Option<&str>,
    proxies: Vec<ProxySpec>,
    version: Version,
) -> Result<Value, String> {
    let options = Options { paths, jobs: 1, ..Options::default() };
    let input =
        input::collect(&options, &mut std::io::empty()).map_err(|error| error.to_string())?;
    let mesh_config = mesh.map(MeshConfig::parse).transpose().map_err(|error| error.to_string())?;
    let options = LoadOptions { mesh_config, proxies, version, ..LoadOptions::default() };
    Ok(report::envoy::proxies(&load(input, &options).tables, version))
}
