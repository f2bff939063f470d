//! MeshConfig: the settings of a mesh that change what a gateway does.

use serde::Deserialize;

use super::duration::Duration;

/// The fields of MeshConfig that gwctl follows; other fields are ignored.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MeshConfig {
    /// Namespace of mesh-wide objects; `istio-system` unless set.
    pub root_namespace: Option<String>,
    /// `exportTo` of VirtualServices without one.
    pub default_virtual_service_export_to: Vec<String>,
    /// `exportTo` of Services and ServiceEntries without one.
    pub default_service_export_to: Vec<String>,
    /// `exportTo` of DestinationRules without one.
    pub default_destination_rule_export_to: Vec<String>,
    /// Retries of routes without any.
    pub default_http_retry_policy: Option<RetryPolicy>,
    /// Path normalization.
    pub path_normalization: PathNormalization,
    /// TLS settings of servers without them.
    pub tls_defaults: TlsDefaults,
    /// Settings of proxies.
    pub default_config: ProxyConfig,
    /// Providers by name.
    pub extension_providers: Vec<ExtensionProvider>,
}

/// `defaultHttpRetryPolicy`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RetryPolicy {
    /// How often.
    pub attempts: i32,
    /// Time limit of one try.
    pub per_try_timeout: Option<GoDuration>,
    /// When.
    pub retry_on: String,
    /// Also elsewhere.
    pub retry_remote_localities: Option<bool>,
    /// May try the same host again.
    pub retry_ignore_previous_hosts: Option<bool>,
    /// Wait between tries.
    pub backoff: Option<GoDuration>,
}

/// A duration in Go's syntax.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct GoDuration(pub Duration);

impl TryFrom<String> for GoDuration {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Duration::parse(&text)
            .map(Self)
            .ok_or_else(|| format!("expected a duration such as `5s`, got `{text}`"))
    }
}

/// `pathNormalization`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PathNormalization {
    /// Which.
    pub normalization: Normalization,
}

/// `pathNormalization.normalization`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Normalization {
    /// As BASE.
    #[default]
    Default,
    /// Paths stay as they are.
    None,
    /// Dot segments and the like.
    Base,
    /// As BASE, and `//` becomes `/`.
    MergeSlashes,
    /// As `MERGE_SLASHES`, and `%2F` becomes `/` before.
    DecodeAndMergeSlashes,
}

/// `tlsDefaults`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TlsDefaults {
    /// Lowest version, by name.
    pub min_protocol_version: Option<String>,
    /// Cipher suites, not filtered.
    pub cipher_suites: Vec<String>,
    /// Curves.
    pub ecdh_curves: Vec<String>,
}

/// `defaultConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProxyConfig {
    /// What stands in front of gateways.
    pub gateway_topology: GatewayTopology,
    /// Headers that proxies add.
    pub proxy_headers: ProxyHeaders,
}

/// `gatewayTopology`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GatewayTopology {
    /// Trusted proxies in front.
    pub num_trusted_proxies: u32,
    /// `x-forwarded-client-cert`, by name.
    pub forward_client_cert_details: Option<String>,
    /// Connections begin with a PROXY line.
    pub proxy_protocol: Option<serde_yaml::Value>,
}

/// `proxyHeaders`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProxyHeaders {
    /// `x-envoy-attempt-count`.
    pub attempt_count: AttemptCount,
    /// `x-forwarded-host`.
    pub x_forwarded_host: XForwardedHost,
}

/// `attemptCount`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AttemptCount {
    /// Off.
    pub disabled: bool,
}

/// `xForwardedHost`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct XForwardedHost {
    /// On.
    pub enabled: bool,
}

/// An entry of `extensionProviders`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExtensionProvider {
    /// Name.
    pub name: String,
    /// A server of secrets.
    pub sds: Option<Sds>,
}

/// `sds` of a provider.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sds {
    /// Name of the provider.
    pub name: String,
}

/// Why a text is no MeshConfig.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct MeshConfigError {
    /// What is wrong.
    pub message: String,
    /// Byte offset in the text, where it is known.
    pub offset: Option<usize>,
}

impl MeshConfig {
    /// The keys of the top level that gwctl follows.
    pub const KEYS: &[&str] = &[
        "rootNamespace",
        "defaultVirtualServiceExportTo",
        "defaultServiceExportTo",
        "defaultDestinationRuleExportTo",
        "defaultHttpRetryPolicy",
        "pathNormalization",
        "tlsDefaults",
        "defaultConfig",
        "extensionProviders",
    ];

    /// The keys of the top level of a text that are none of [`Self::KEYS`]: those that gwctl does not follow, and typos.
    pub fn other_keys(text: &str) -> Vec<String> {
        let map: Option<serde_yaml::Mapping> = serde_yaml::from_str(text).ok();
        let keys = map.into_iter().flatten().filter_map(|(key, _)| Some(key.as_str()?.to_owned()));
        keys.filter(|key| !Self::KEYS.contains(&key.as_str())).collect()
    }

    /// Reads the YAML text of a MeshConfig; an empty text is an empty configuration.
    pub fn parse(text: &str) -> Result<Self, MeshConfigError> {
        let read: Result<Option<Self>, _> = serde_yaml::from_str(text);
        read.map(Option::unwrap_or_default).map_err(|error| MeshConfigError {
            message: plain(&error.to_string()),
            offset: error.location().map(|location| location.index()),
        })
    }

    /// The text of the MeshConfig in a ConfigMap (`data.mesh`), if the text is one.
    pub fn in_config_map(text: &str) -> Option<String> {
        #[derive(Deserialize)]
        struct ConfigMap {
            kind: String,
            data: Data,
        }
        #[derive(Deserialize)]
        struct Data {
            mesh: String,
        }
        let map: ConfigMap = serde_yaml::from_str(text).ok()?;
        (map.kind == "ConfigMap").then_some(map.data.mesh)
    }

    /// Namespace of mesh-wide objects.
    pub fn root_namespace(&self) -> &str {
        self.root_namespace.as_deref().filter(|name| !name.is_empty()).unwrap_or("istio-system")
    }
}

/// A message of serde's in plain words, without the place at its end.
fn plain(message: &str) -> String {
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    let (path, problem) = message.split_once(": ").unwrap_or(("", message));
    let (path, problem) =
        if path.contains(' ') { (String::new(), message) } else { (format!("{path}: "), problem) };
    let words = if let Some(rest) = problem.strip_prefix("unknown variant ") {
        rest.split_once(", ").map(|(got, expected)| format!("{expected}, got {got}"))
    } else if let Some(rest) = problem.strip_prefix("invalid type: ") {
        rest.split_once(", expected ")
            .map(|(got, expected)| format!("expected {}, got {}", kind(expected), value(got)))
    } else {
        None
    };
    words.map_or_else(|| message.to_owned(), |words| path + &words)
}

/// What serde expects, in words.
fn kind(expected: &str) -> &str {
    match expected {
        "a string" => "a text",
        "a boolean" => "`true` or `false`",
        "a sequence" => "a list",
        "i32" | "u32" => "a whole number",
        _ if expected.starts_with("struct ") => "a mapping",
        _ => expected,
    }
}

/// What serde met, in words: `string "x"`.
fn value(got: &str) -> String {
    match got {
        "sequence" => "a list".to_owned(),
        "map" => "a mapping".to_owned(),
        "unit value" => "nothing".to_owned(),
        _ => match got.split_once(' ') {
            Some(("string", text)) => format!("`{}`", text.trim_matches('"')),
            Some((_, text)) if text.starts_with('`') => text.to_owned(),
            _ => got.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_plain_words() {
        for (text, expected) in [
            (
                "pathNormalization: {normalization: base}",
                "pathNormalization.normalization: expected one of `DEFAULT`, `NONE`, `BASE`, `MERGE_SLASHES`, \
                 `DECODE_AND_MERGE_SLASHES`, got `base`",
            ),
            ("rootNamespace: [a]", "rootNamespace: expected a text, got a list"),
            (
                "defaultHttpRetryPolicy: {attempts: x}",
                "defaultHttpRetryPolicy.attempts: expected a whole number, got `x`",
            ),
            (
                "defaultHttpRetryPolicy: {perTryTimeout: x}",
                "defaultHttpRetryPolicy: expected a duration such as `5s`, got `x`",
            ),
            ("tlsDefaults: 1", "tlsDefaults: expected a mapping, got `1`"),
            ("- a", "expected a mapping, got a list"),
        ] {
            assert_eq!(MeshConfig::parse(text).unwrap_err().message, expected, "{text}");
        }
    }

    #[test]
    fn keys_that_are_not_followed_are_told_apart() {
        let all = MeshConfig::KEYS.join(": ~\n") + ": ~\n";
        assert!(MeshConfig::other_keys(&all).is_empty());
        assert_eq!(
            MeshConfig::other_keys("rootNamespce: a\ntrustDomain: b"),
            ["rootNamespce", "trustDomain"]
        );
    }
}
