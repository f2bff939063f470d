//! The seam between the commands and the layers below: reads the input, and asks the engines.

use std::io;

use super::args::InputArgs;
use super::error::Error;
use super::spelling;
use crate::analysis::{LoadOptions, Loaded, load};
use crate::envoy::Detail;
use crate::input::{self, Input};
use crate::istio::mesh_config::MeshConfig;
use crate::mesh::ProxySpec;

/// Reads what the arguments name and makes the tables; `first` comes before their paths.
pub(super) fn read(
    args: &InputArgs,
    first: Option<&String>,
    jobs: usize,
) -> Result<&'static Loaded, Error> {
    read_with(load, args, first, jobs)
}

/// Reads by a function that says how much of the tables is made. The process ends with the command, so nothing of this
/// is ever freed: that would take as long as making it.
pub(super) fn read_with<R: Detail>(
    load: fn(Input, &LoadOptions) -> Loaded<R>,
    args: &InputArgs,
    first: Option<&String>,
    jobs: usize,
) -> Result<&'static Loaded<R>, Error> {
    // This thread works, too, instead of waiting for others.
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .use_current_thread()
        .build_global()
        .map_err(io::Error::other)?;
    let options = input::Options {
        paths: args.all_paths(first).into_iter().map(str::to_owned).collect(),
        exclude: args.exclude.clone(),
        force_exclude: args.force_exclude,
        no_gitignore: args.no_gitignore,
        hidden: args.hidden,
        follow: args.follow,
        stdin_name: args.stdin_filename.clone(),
        jobs,
    };
    let (given, named): (Vec<_>, Vec<_>) = args.proxies.iter().partition(|text| text.contains('='));
    let proxies = given.into_iter().map(|text| proxy(text)).collect::<Result<_, _>>()?;
    let (mesh_config, mesh_notes) = match args.mesh_config.as_deref().map(read_mesh).transpose()? {
        Some((config, notes)) => (Some(config), notes),
        None => (None, Vec::new()),
    };
    let load_options = LoadOptions {
        namespace: args.namespace.clone(),
        mesh_config,
        proxies,
        include_rejected: args.include_rejected,
        version: args.istio_version.parse().expect("clap lets known versions pass alone"),
    };
    let input = input::collect(&options, &mut io::stdin().lock())?;
    let mut loaded = load(input, &load_options);
    loaded.notes.extend(mesh_notes);
    if !named.is_empty() {
        keep_named(&mut loaded, &named)?;
    }
    Ok(Box::leak(Box::new(loaded)))
}

/// Keeps the proxies that were asked for by name.
fn keep_named<R: Detail>(loaded: &mut Loaded<R>, names: &[&String]) -> Result<(), Error> {
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
    loaded.tables.retain(|table| names.contains(&&table.proxy.name));
    Ok(())
}

/// Reads the labels of `--proxy`.
fn proxy(text: &str) -> Result<ProxySpec, Error> {
    ProxySpec::parse(text).ok_or_else(|| {
        Error::usage(format!("`--proxy {text}` has an item without `=`"))
            .with_help("write labels as `[NAMESPACE/]key=value,...`")
    })
}

/// Reads the file of `--mesh-config`: a MeshConfig, or the ConfigMap that holds one; and what is to be noted of it.
fn read_mesh(path: &std::path::Path) -> Result<(MeshConfig, Vec<String>), Error> {
    let name = path.to_string_lossy().into_owned();
    let text = input::read_text(&name)?;
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
        Err(error) => Err(Error::mesh_config(name, text, &error, shift.is_some())),
    }
}
