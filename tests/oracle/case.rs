//! One recorded case: its input, run through the layers in this process, and what istiod and Envoy made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use gwctl::istio::Version;
use gwctl::mesh::{Front, ProxySpec};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::difference::{first, settle, sort_by_name};
use crate::tables::Question;

/// `case.json`.
#[derive(Deserialize)]
struct Description {
    proxies: Vec<Proxy>,
    /// A MeshConfig as YAML.
    mesh: Option<String>,
    /// The release of Istio, if not the one that the other cases were recorded with.
    #[serde(default, rename = "istioVersion")]
    istio_version: Option<String>,
    /// Where the files are, if not in `input`.
    root: Option<PathBuf>,
    #[serde(default)]
    files: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Proxy {
    name: String,
    namespace: String,
    labels: BTreeMap<String, String>,
}

/// `expected.json`.
#[derive(Deserialize)]
struct Expected {
    #[serde(default)]
    proxies: Vec<Value>,
    /// istiod itself failed: there is no table.
    failure: Option<Value>,
}

/// What Envoy refused, from `../envoy/SET/CASE.json`.
#[derive(Deserialize)]
struct Envoy {
    proxies: Vec<EnvoyProxy>,
}

#[derive(Deserialize)]
struct EnvoyProxy {
    name: String,
    rejected: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// A recorded case.
pub(crate) struct Case {
    folder: PathBuf,
    description: Description,
    expected: Expected,
    envoy: Option<Envoy>,
}

impl Case {
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let (set, name) = (folder.parent(), folder.file_name());
        let envoy = set.and_then(|set| {
            let folder = set.parent()?.join("envoy").join(set.file_name()?);
            Some(folder.join(format!("{}.json", name?.to_str()?)))
        });
        Ok(Self {
            description: json(&folder.join("case.json"))?,
            expected: json(&folder.join("expected.json"))?,
            envoy: envoy.filter(|path| path.is_file()).map(|path| json(&path)).transpose()?,
            folder: folder.to_owned(),
        })
    }

    /// How our tables differ from the recorded ones.
    pub(crate) fn difference(&self) -> Result<Option<String>, String> {
        let got = crate::tables::tables(self.question()?)?;
        if self.expected.failure.is_some() {
            return Ok(None);
        }
        let got = got["proxies"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(self.expected.proxies.iter().find_map(|want| self.proxy(want, got)))
    }

    /// The input as the commands read it.
    pub(crate) fn question(&self) -> Result<Question<'_>, String> {
        let version = match self.description.istio_version.as_deref() {
            Some(text) => text.parse().map_err(|()| format!("unknown release {text}"))?,
            None => Version::default(),
        };
        Ok(Question {
            paths: self.paths(),
            mesh: self.description.mesh.as_deref(),
            proxies: self.description.proxies.iter().map(Proxy::spec).collect(),
            version,
        })
    }

    fn proxy(&self, want: &Value, got: &[Value]) -> Option<String> {
        let name = want["name"].as_str().unwrap_or_default();
        let same =
            |got: &&Value| got["namespace"] == want["namespace"] && got["labels"] == want["labels"];
        let Some(got) = got.iter().find(same) else {
            return Some(format!("proxy {name} is absent"));
        };
        let parts = ["listeners", "routes"].into_iter().find_map(|part| {
            let (mut want, mut got) = (want[part].clone(), got[part].clone());
            for value in [&mut want, &mut got] {
                sort_by_name(value);
                settle(value);
            }
            first(&want, &got, part)
        });
        parts
            .or_else(|| {
                let want = self.refused(name)?;
                let got: BTreeSet<_> = got["rejected"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|rejected| rejected["name"].as_str())
                    .collect();
                let same = want == got;
                (!same).then(|| format!("refused by Envoy: want {want:?}, got {got:?}"))
            })
            .map(|difference| format!("proxy {name}: {difference}"))
    }

    /// Listeners and route configurations that Envoy refused, where that is recorded.
    fn refused(&self, proxy: &str) -> Option<BTreeSet<&str>> {
        let envoy = self.envoy.as_ref()?.proxies.iter().find(|recorded| recorded.name == proxy)?;
        Some(envoy.rejected.iter().map(|rejected| rejected.name.as_str()).collect())
    }

    /// What Envoy refused, by proxy, where that is recorded.
    pub(crate) fn all_refused(&self) -> Option<BTreeSet<(String, String)>> {
        let proxies = &self.envoy.as_ref()?.proxies;
        let names = |proxy: &EnvoyProxy| {
            let named = |one: &Named| (proxy.name.clone(), one.name.clone());
            proxy.rejected.iter().map(named).collect::<Vec<_>>()
        };
        Some(proxies.iter().flat_map(names).collect())
    }

    /// The folder that names of files begin at.
    pub(crate) fn root(&self) -> PathBuf {
        match &self.description.root {
            Some(root) => self.folder.join(root),
            None => self.folder.join("input"),
        }
    }

    fn paths(&self) -> Vec<String> {
        let paths = match &self.description.root {
            Some(root) => {
                let root = self.folder.join(root);
                self.description.files.iter().map(|file| root.join(file)).collect()
            }
            None => vec![self.folder.join("input")],
        };
        paths.into_iter().map(|path: PathBuf| path.to_string_lossy().into_owned()).collect()
    }
}

impl Proxy {
    /// As `--proxy NAMESPACE/KEY=VALUE,...` gives it.
    fn spec(&self) -> ProxySpec {
        ProxySpec {
            name: self.name.clone(),
            namespace: self.namespace.clone(),
            labels: self.labels.clone(),
            front: Front::Selecting,
        }
    }
}

pub(crate) fn json<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))
}
