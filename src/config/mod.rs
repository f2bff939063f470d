//! The config file, `.gwctl.yaml`: its keys, and its text read into settings as they are written there. Knows neither
//! where the file is nor what flags say.

mod baseline;
mod cluster;
mod error;
mod keys;
mod node;
mod overrides;
mod proxy;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod version;

use std::collections::BTreeMap;

use crate::finding::{Rule, RuleOptions, Severity};
use crate::text::Spanned;

pub use baseline::{Accepted, Entries, read_baseline, write_baseline};
pub use error::Error;
pub use keys::{KEYS, Key, Type};
pub use read::{read, read_into};
pub use schema::{schema, starter};

/// What may be written in a config file, where that is known elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'v> {
    /// All rules.
    pub rules: &'v [&'static Rule],
    /// Releases of Istio that can be followed.
    pub versions: &'v [&'v str],
    /// Formats of `gwctl lint`.
    pub formats: &'v [&'v str],
    /// Kinds of objects.
    pub kinds: &'v [&'v str],
    /// The version of gwctl.
    pub gwctl: &'v str,
    /// Reads `Kind` or `Kind@namespace`, or says what is wrong.
    pub kind: fn(&str) -> Result<String, String>,
    /// Says what is wrong with `FORMAT[=FILE]`.
    pub output: fn(&str) -> Result<(), String>,
}

/// What a config file says. A key that is not written is `None`, or an empty list where that is the same.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The keys that are written, each with the place from its start to the end of its value.
    pub written: Vec<Spanned<String>>,
    /// `istio-version`.
    pub istio_version: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `mesh-config`, relative to the config file.
    pub mesh_config: Option<String>,
    /// `paths`, relative to the config file.
    pub paths: Option<Vec<String>>,
    /// `exclude`.
    pub exclude: Vec<Spanned<String>>,
    /// `gitignore`.
    pub gitignore: Option<bool>,
    /// `hidden`.
    pub hidden: Option<bool>,
    /// `follow`.
    pub follow: Option<bool>,
    /// `kustomize-namespace`.
    pub kustomize_namespace: Option<bool>,
    /// `clusters`, in their order.
    pub clusters: Vec<Cluster>,
    /// `proxies`, in their order.
    pub proxies: Vec<Proxy>,
    /// `complete`.
    pub complete: Option<Vec<String>>,
    /// `root-namespace`.
    pub root_namespace: Option<String>,
    /// `domain-suffix`.
    pub domain_suffix: Option<String>,
    /// `select`: words that mean rules.
    pub select: Option<Vec<String>>,
    /// `extend-select`: words that mean rules.
    pub extend_select: Vec<String>,
    /// `ignore`: words that mean rules.
    pub ignore: Vec<String>,
    /// `severity`.
    pub severity: Levels,
    /// `rules`: options of rules.
    pub options: RuleOptions,
    /// `per-path`, in their order.
    pub per_path: Vec<Override>,
    /// `per-object`, in their order.
    pub per_object: Vec<Override>,
    /// `min-severity`.
    pub min_severity: Option<String>,
    /// `fail-on`.
    pub fail_on: Option<String>,
    /// `output`: `FORMAT` or `FORMAT=FILE`, the file relative to the config file.
    pub output: Option<Vec<String>>,
    /// `baseline`, relative to the config file.
    pub baseline: Option<String>,
}

/// Severities of rules; none: off.
pub type Levels = Vec<(&'static Rule, Option<Severity>)>;

/// What holds for some files or objects alone.
#[derive(Clone, Debug)]
pub struct Override {
    /// For which.
    pub pattern: Spanned<String>,
    /// Rules of which no finding is wanted there.
    pub ignore: Vec<&'static Rule>,
    /// Severities there.
    pub severity: Levels,
}

/// Manifests that belong together, and what holds for them alone. What a cluster does not say, the file says for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// What it is called.
    pub name: String,
    /// `paths`, relative to the config file.
    pub paths: Option<Vec<String>>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `istio-version`.
    pub istio_version: Option<String>,
    /// `mesh-config`, relative to the config file.
    pub mesh_config: Option<String>,
    /// `complete`.
    pub complete: Option<Vec<String>>,
}

/// An ingress proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// What it is called.
    pub name: String,
    /// Namespace of its Pods.
    pub namespace: Option<String>,
    /// Labels of its Pods, at least one.
    pub labels: BTreeMap<String, String>,
    /// Ports that clients dial, each with the port of the Pods.
    pub ports: Option<Vec<(u32, u32)>>,
    /// Namespace and name of the Service whose ports translate.
    pub service: Option<(String, String)>,
}
