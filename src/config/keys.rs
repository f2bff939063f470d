//! The keys of a config file: what they are called, what they hold, what they are for.

/// A key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// What it is called: as the long flag, where there is one.
    pub name: &'static str,
    /// What it holds.
    pub holds: Type,
    /// What it is for.
    pub about: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text.
    Text,
    /// A release of Istio.
    IstioVersion,
    /// `true` or `false`.
    Bool,
    /// Texts: a list, or one alone.
    Texts,
    /// Kinds of objects.
    Kinds,
    /// Words that mean rules.
    RuleWords,
    /// Severities by rule.
    Levels,
    /// `ignore` and `severity` by pattern.
    Overrides,
    /// Options by rule.
    RuleOptions,
    /// A severity.
    Severity,
    /// A severity, or `never`.
    FailOn,
    /// `FORMAT[=FILE]`: a list, or one alone.
    Outputs,
    /// Proxies by name.
    Proxies,
    /// Clusters by name.
    Clusters,
}

impl Key {
    /// What holds where nobody says anything, as written in YAML; none: nothing.
    pub fn default(&self) -> Option<&'static str> {
        Some(match self.name {
            "istio-version" => "1.31",
            "namespace" => "default",
            "paths" => "[\".\"]",
            "gitignore" => "true",
            "hidden" | "follow" | "kustomize-namespace" => "false",
            "root-namespace" => "istio-system",
            "domain-suffix" => "cluster.local",
            "select" => "[default]",
            "min-severity" => "info",
            "fail-on" => "error",
            "output" => "[full]",
            "required-version" | "mesh-config" | "baseline" => return None,
            _ if matches!(self.holds, Type::Texts | Type::Kinds | Type::RuleWords) => "[]",
            _ => "{}",
        })
    }
}

const fn key(name: &'static str, holds: Type, about: &'static str) -> Key {
    Key { name, holds, about }
}

/// All keys.
pub const KEYS: &[Key] = &[
    key(
        "required-version",
        Type::Text,
        "Versions of gwctl that may read this file, such as \">=0.1, <2\"",
    ),
    key("istio-version", Type::IstioVersion, "Istio version to follow"),
    key("namespace", Type::Text, "Namespace of objects that state none"),
    key("mesh-config", Type::Text, "The MeshConfig, as a YAML file"),
    key("paths", Type::Texts, "What to read where no PATH is named"),
    key("exclude", Type::Texts, "Paths to leave out; patterns with `/` are relative to this file"),
    key("gitignore", Type::Bool, "Leave out what git ignores"),
    key("hidden", Type::Bool, "Read hidden files"),
    key("follow", Type::Bool, "Follow symbolic links"),
    key(
        "kustomize-namespace",
        Type::Bool,
        "Give objects the `namespace` of the kustomization that lists their file",
    ),
    key(
        "clusters",
        Type::Clusters,
        "What belongs together, by name; each cluster is read and checked by itself",
    ),
    key(
        "proxies",
        Type::Proxies,
        "The ingress proxies by name, each with `labels`, perhaps `namespace`, and `ports` or `service`",
    ),
    key("complete", Type::Kinds, "Kinds of which the input holds every object"),
    key(
        "root-namespace",
        Type::Text,
        "Namespace of mesh-wide objects, where the MeshConfig names none",
    ),
    key("domain-suffix", Type::Text, "Domain of cluster-local names"),
    key("select", Type::RuleWords, "Rules to check"),
    key("extend-select", Type::RuleWords, "Rules to check besides"),
    key("ignore", Type::RuleWords, "Rules not to check"),
    key("severity", Type::Levels, "Severities of rules: error, warning, info, off"),
    key("rules", Type::RuleOptions, "Options of rules, by rule"),
    key(
        "per-path",
        Type::Overrides,
        "`ignore` and `severity` for the files that a pattern matches",
    ),
    key(
        "per-object",
        Type::Overrides,
        "`ignore` and `severity` for objects, such as \"VirtualService shop/*\"",
    ),
    key("min-severity", Type::Severity, "Print from here up: error, warning, info"),
    key("fail-on", Type::FailOn, "Exit 1 from here up: error, warning, info, never"),
    key("output", Type::Outputs, "How `gwctl lint` prints: FORMAT or FORMAT=FILE"),
    key("baseline", Type::Text, "The file whose findings are not reported"),
];

/// The keys of a cluster.
pub(super) const OF_CLUSTER: &[&str] =
    &["paths", "namespace", "istio-version", "mesh-config", "complete"];

/// The keys of a proxy.
pub(super) const OF_PROXY: &[&str] = &["namespace", "labels", "ports", "service"];

/// The keys of an entry of `per-path` and `per-object`.
pub(super) const OF_OVERRIDE: &[&str] = &["ignore", "severity"];

/// What `fail-on` may be.
pub(super) const FAIL_ON: &[&str] = &["error", "warning", "info", "never"];

/// What `min-severity` may be.
pub(super) const SEVERITIES: &[&str] = &["error", "warning", "info"];

/// What a severity may be.
pub(super) const LEVELS: &[&str] = &["error", "warning", "info", "off"];
