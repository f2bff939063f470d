//! What flags say of the keys of the config file, as it would be written there.

use serde_json::{Map, Value, json};

use super::args::{ConfigShowArgs, Output};
use super::error::Error;
use super::settings::proxy;
use crate::config::Config;

/// What a flag says of a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Given {
    /// The value that holds with it, in one line of YAML.
    pub(super) value: String,
    /// The flag.
    pub(super) flag: &'static str,
    /// Whether what the file says holds, too.
    pub(super) adds: bool,
}

/// What flags say of a key; none: nothing.
pub(super) fn of_key(
    name: &str,
    args: &ConfigShowArgs,
    config: &Config,
) -> Result<Option<Given>, Error> {
    let (input, choice) = (&args.input, &args.choice);
    let text = |value: Option<&str>, flag| value.map(|value| one(&json!(value), flag));
    let is = |wanted: bool, value: bool, flag| wanted.then(|| one(&json!(value), flag));
    let texts = |values: &[String], flag| {
        (!values.is_empty()).then(|| Given { value: list(values), flag, adds: false })
    };
    Ok(match name {
        "namespace" => text(input.namespace.as_deref(), "--namespace"),
        "istio-version" => text(input.istio_version.as_deref(), "--istio-version"),
        "mesh-config" => {
            let path = input.mesh_config.as_ref().map(|path| path.to_string_lossy());
            text(path.as_deref(), "--mesh-config")
        }
        "baseline" => text(args.baseline.as_deref(), "--baseline"),
        "paths" => {
            let paths: Vec<String> = input.all_paths(None).into_iter().map(str::to_owned).collect();
            texts(&paths, "PATH")
        }
        "gitignore" => is(input.no_gitignore, false, "--no-gitignore"),
        "hidden" => is(input.hidden, true, "--hidden"),
        "follow" => is(input.follow, true, "--follow"),
        "complete" => texts(&input.complete, "--complete"),
        "exclude" => {
            let of_file: Vec<String> =
                config.exclude.iter().map(|pattern| pattern.value.clone()).collect();
            added(&of_file, &input.exclude, "--exclude")
        }
        "proxies" => proxies(&input.proxies)?,
        "select" => texts(&choice.select, "--select"),
        // With `--select` these keys do not count.
        "extend-select" | "ignore" if !choice.select.is_empty() => {
            let (values, flag) = match name {
                "ignore" => (&choice.ignore, "--ignore"),
                _ => (&choice.extend_select, "--extend-select"),
            };
            let flag = if values.is_empty() { "--select" } else { flag };
            Some(Given { value: list(values), flag, adds: false })
        }
        "extend-select" => added(&config.extend_select, &choice.extend_select, "--extend-select"),
        "ignore" => added(&config.ignore, &choice.ignore, "--ignore"),
        "min-severity" => choice.min_severity.map(|least| word(least.as_str(), "--min-severity")),
        "fail-on" => choice.failing().map(|(fail_on, flag)| word(fail_on.as_str(), flag)),
        "output" => {
            let outputs: Vec<String> = args.output.iter().map(written).collect();
            texts(&outputs, "--output")
        }
        _ => None,
    })
}

/// A list in one line of YAML.
pub(super) fn list(values: &[String]) -> String {
    json!(values).to_string()
}

fn one(value: &Value, flag: &'static str) -> Given {
    Given { value: value.to_string(), flag, adds: false }
}

/// A word that needs no quotes.
fn word(value: &str, flag: &'static str) -> Given {
    Given { value: value.to_owned(), flag, adds: false }
}

/// A list to which a flag adds.
fn added(of_file: &[String], of_flag: &[String], flag: &'static str) -> Option<Given> {
    let all = [of_file, of_flag].concat();
    (!of_flag.is_empty()).then(|| Given { value: list(&all), flag, adds: true })
}

/// The proxies that `--proxy` defines, under names as a config file may have them; a name only chooses one.
fn proxies(texts: &[String]) -> Result<Option<Given>, Error> {
    let mut all = Map::new();
    for text in texts.iter().filter(|text| text.contains('=')) {
        let spec = proxy(text)?;
        all.insert(
            format!("proxy-{}", all.len() + 1),
            json!({"namespace": spec.namespace, "labels": spec.labels}),
        );
    }
    Ok((!all.is_empty()).then(|| one(&Value::Object(all), "--proxy")))
}

/// `FORMAT[=FILE]`.
fn written(output: &Output) -> String {
    let format = output.format.as_str();
    match &output.file {
        Some(file) => format!("{format}={}", file.display()),
        None => format.to_owned(),
    }
}
