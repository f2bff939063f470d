//! The seam between the commands and the layers below: reads the input, and asks the engines.

use std::io;

use super::error::Error;
use super::phases::Phases;
use super::settings::Settings;
use crate::analysis::{LoadOptions, Loaded, load};
use crate::envoy::Detail;
use crate::input::{self, Input};
use crate::istio::mesh_config::MeshConfig;
use crate::text::spelling;

/// Lets `jobs` threads work; 0: as many as there are cores. This thread works, too, instead of waiting for others.
pub(super) fn start(jobs: usize) -> Result<(), Error> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .use_current_thread()
        .build_global()
        .map_err(io::Error::other)?;
    Ok(())
}

/// Reads what the settings say and makes the tables.
pub(super) fn read(settings: &Settings, phases: &Phases) -> Result<&'static Loaded, Error> {
    read_with(load, settings, phases)
}

/// Reads by a function that says how much of the tables is made. The process ends with the command, so nothing of this
/// is ever freed: that would take as long as making it.
pub(super) fn read_with<R: Detail>(
    load: fn(Input, &LoadOptions) -> Loaded<R>,
    settings: &Settings,
    phases: &Phases,
) -> Result<&'static Loaded<R>, Error> {
    phases.begin("reading files");
    let (mesh_config, mesh_notes) =
        match settings.mesh_config.as_deref().map(|name| read_mesh(settings, name)).transpose()? {
            Some((config, notes)) => (Some(config), notes),
            None => (None, Vec::new()),
        };
    let load_options = LoadOptions {
        namespace: settings.namespace.clone(),
        kustomize_namespace: settings.kustomize_namespace,
        mesh_config,
        proxies: settings.proxies.clone(),
        include_rejected: settings.include_rejected,
        version: settings.version,
        root_namespace: settings.root_namespace.clone(),
        domain: settings.domain.clone(),
        is_cluster: settings.cluster.is_some(),
        now: Some(settings.now.unwrap_or_else(now)),
    };
    let input = input::collect(&settings.input, &mut io::stdin().lock())?;
    phases.begin("making tables");
    let mut loaded = load(input, &load_options);
    loaded.notes.extend(mesh_notes);
    if !settings.named.is_empty() {
        keep_named(&mut loaded, &settings.named)?;
    }
    Ok(Box::leak(Box::new(loaded)))
}

/// Keeps the proxies that were asked for by name.
fn keep_named<R: Detail>(loaded: &mut Loaded<R>, names: &[String]) -> Result<(), Error> {
    let known: Vec<&str> = loaded.tables.iter().map(|table| table.proxy.name.as_str()).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let help = if known.is_empty() {
            "the input has no proxy; define one by labels, as in `--proxy istio-system/istio=ingressgateway`"
                .to_owned()
        } else {
            format!("proxies found: {}", known.join(", "))
        };
        return Err(Error::usage(format!("no proxy is called `{name}`")).with_help(help));
    }
    loaded.tables.retain(|table| names.contains(&table.proxy.name));
    Ok(())
}

/// The time, in seconds since 1970.
pub(super) fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0)
}

/// Reads the file of `--mesh-config`: a MeshConfig, or the ConfigMap that holds one; and what is to be noted of it.
fn read_mesh(settings: &Settings, name: &str) -> Result<(MeshConfig, Vec<String>), Error> {
    let text = input::read_text_of(&settings.input, name)?;
    let embedded = MeshConfig::in_config_map(&text);
    let (text, shift) = match &embedded {
        Some(mesh) => (mesh.as_str(), None),
        None => (text.as_str(), Some(0)),
    };
    let notes = MeshConfig::other_keys(text).into_iter().filter_map(|key| {
        let near = spelling::within(2, &key, MeshConfig::KEYS.iter().copied())?;
        Some(format!("`{name}`: the key `{key}` is not read; did you mean `{near}`?"))
    });
    let notes = notes.collect();
    match MeshConfig::parse(text) {
        Ok(config) => Ok((config, notes)),
        Err(error) => Err(Error::mesh_config(name.to_owned(), text, &error, shift.is_some())),
    }
}
