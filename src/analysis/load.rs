//! From files to tables: the one way that all commands go.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::document::{Broken, BrokenReason, Kustomized, RepeatedKey, documents, kinds};
use super::judge::Objected;
use super::{notes, patches};
use crate::envoy::route::{Outline, Route};
use crate::envoy::{self, Detail, Table};
use crate::finding::Subject;
use crate::input::{Contents, Input, MAX_FILE_BYTES};
use crate::istio::mesh_config::MeshConfig;
use crate::istio::{Resource, Version};
use crate::manifest::{Given, Kustomizations};
use crate::mesh::{self, Duplicate, Mesh, Proxy, ProxySpec, Store};
use crate::suppression::Suppression;
use crate::text::{Source, SourceId, Sources, Span};
use crate::yaml;

/// How the input is to be read.
#[derive(Clone, Debug)]
pub struct LoadOptions {
    /// Namespace of objects that state none.
    pub namespace: String,
    /// Whether kustomizations give their namespace to the objects of the files that they are built from.
    pub kustomize_namespace: bool,
    /// MeshConfig of `--mesh-config`.
    pub mesh_config: Option<MeshConfig>,
    /// Proxies of `--proxy`; they end discovery.
    pub proxies: Vec<ProxySpec>,
    /// Release of Istio to follow.
    pub version: Version,
    /// Namespace of mesh-wide objects where the MeshConfig names none.
    pub root_namespace: Option<String>,
    /// Domain of cluster-local names, if it is another than usual.
    pub domain: Option<String>,
    /// Whether the input is said to be one cluster, whatever its folders look like.
    pub is_cluster: bool,
    /// Whether objects that Istio or the API server would refuse take part.
    pub include_rejected: bool,
    /// The time, in seconds since 1970, by which certificates hold or not; none: nobody knows.
    pub now: Option<i64>,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            namespace: "default".to_owned(),
            kustomize_namespace: false,
            mesh_config: None,
            proxies: Vec::new(),
            version: Version::default(),
            root_namespace: None,
            domain: None,
            is_cluster: false,
            include_rejected: false,
            now: None,
        }
    }
}

/// The input, read and resolved.
#[derive(Debug)]
pub struct Loaded<R: Detail = Route> {
    /// All texts.
    pub sources: Sources,
    /// All objects.
    pub mesh: Mesh,
    /// What is said of the cluster beside them.
    pub settings: mesh::Settings,
    /// The time, in seconds since 1970.
    pub now: Option<i64>,
    /// One table for each proxy.
    pub tables: Vec<Table<R>>,
    /// What cannot be read.
    pub broken: Vec<Broken>,
    /// What stands against objects, those that take part among them.
    pub objected: Vec<Objected>,
    /// Objects that are defined twice.
    pub duplicates: Vec<Duplicate>,
    /// Keys that are written twice.
    pub repeated_keys: Vec<RepeatedKey>,
    /// Comments and annotations that suppress findings.
    pub suppressions: Vec<Suppression>,
    /// Names of the kustomizations that were met.
    pub kustomizations: Vec<String>,
    /// What these say of other files.
    pub built: Kustomizations,
    /// Whether the input is said to be one cluster.
    pub is_cluster: bool,
    /// Kinds named by documents that were not read.
    pub unread_kinds: BTreeSet<String>,
    /// What the user should know, one sentence each.
    pub notes: Vec<String>,
    /// What only those who ask for more want to know, one sentence each.
    pub details: Vec<String>,
    /// Work that could not be done.
    pub problems: Vec<String>,
    /// Files that were looked into.
    pub files: usize,
    /// Objects of kinds that matter, those that have no part among them.
    pub objects: usize,
    /// The files as hashes of their names, and the objects; nothing unless the input is said to be one cluster of several.
    pub counted: (Vec<u64>, Vec<Subject>),
}

/// Reads and resolves an input.
pub fn load(input: Input, options: &LoadOptions) -> Loaded {
    load_with(input, options, envoy::build)
}

/// Reads and resolves an input as far as rules look into it: its tables tell of each route where it is written, not what
/// it does.
pub fn outline(input: Input, options: &LoadOptions) -> Loaded<Outline> {
    load_with(input, options, envoy::outline)
}

fn load_with<R: Detail + Send + Sync>(
    input: Input,
    options: &LoadOptions,
    build: fn(&Mesh, &Arc<Proxy>) -> Table<R>,
) -> Loaded<R>
where
    R::Verdict: Send,
{
    let mut notes = Vec::new();
    let mut broken = Vec::new();
    let mut sources = Sources::default();
    let mut readable = Vec::new();
    let mut charts = 0;
    let mut unread_kinds = BTreeSet::new();
    let mut repeated_keys = Vec::new();
    let mut suppressions = Vec::new();
    for file in input.files {
        let (text, unreadable) = match file.contents {
            Contents::Text(text) => (text, None),
            Contents::NotUtf8 { text, offset } => (text, Some((offset, not_utf8()))),
            Contents::Utf16(text) => (text, Some((0, utf16()))),
            Contents::TooLarge { bytes } => (String::new(), Some((0, too_large(bytes)))),
        };
        let id = sources.add(Source::new(file.name, text).with_bom(file.bom).named(file.named));
        match unreadable {
            Some((offset, error)) => broken.push(unreadable_file(id, offset, error)),
            None if file.chart_template => {
                charts += 1;
                unread_kinds.extend(kinds(&sources.get(id).text));
            }
            None => readable.push(id),
        }
    }
    let kustomizations = patches::kustomizations(&input.kustomized, &sources, &readable);
    let changes = kustomizations.changes();
    let namespaces = if options.kustomize_namespace {
        kustomizations.namespaces()
    } else {
        FxHashMap::default()
    };
    let mut patches = patches::take_out(&kustomizations, &sources, &mut readable);
    let read = |id: &SourceId| {
        let source = sources.get(*id);
        let name = source.name.as_str();
        let namespace = match namespaces.get(name) {
            Some(Given::One(namespace)) => Some(*namespace),
            _ => None,
        };
        let kustomized = Kustomized { changes: changes.get(name), namespace };
        documents(*id, &source.text, kustomized, options)
    };
    let mut resources = Vec::new();
    let (mut objected, mut refused) = (Vec::new(), Vec::new());
    let mut templates = 0;
    for file in readable.par_iter().map(read).collect::<Vec<_>>() {
        for (resource, verdict) in file.resources {
            match verdict {
                Some(verdict) if !options.include_rejected => refused.push(verdict),
                _ => resources.push(resource),
            }
        }
        broken.extend(file.broken);
        objected.extend(file.objected);
        templates += file.templates;
        patches += file.patches;
        unread_kinds.extend(file.unread_kinds);
        repeated_keys.extend(file.repeated_keys);
        suppressions.extend(file.suppressions);
    }
    let unreadable = broken.iter().filter(|broken| matches!(broken.reason, BrokenReason::Types));
    let metas = resources.iter().map(Resource::meta).chain(refused.iter().map(|one| &one.meta));
    let all = metas.map(|meta| &meta.subject).chain(unreadable.map(|broken| &broken.subject));
    let objects = all.clone().count();
    let counted = if options.is_cluster {
        (input.looked_into, all.cloned().collect())
    } else {
        (Vec::new(), Vec::new())
    };
    notes::templates(charts, templates, &mut notes);
    notes::kustomizations(&input.kustomizations, options.kustomize_namespace, &mut notes);
    let is_several =
        |id: &SourceId| namespaces.get(sources.get(*id).name.as_str()) == Some(&Given::Several);
    let several = readable.iter().copied().filter(is_several);
    notes::several(several.map(|id| sources.get(id).name.as_str()).collect(), &mut notes);
    notes::patches(patches, &mut notes);
    notes::compared(&input.compared, &mut notes);
    notes.extend(input.notes.iter().map(notes::of_input));
    notes::unmodelled(&resources, &sources, &mut notes);
    let (mut store, duplicates) = Store::new(resources);
    store.refused = refused;
    match kustomizations.generated_secrets() {
        Some(secrets) => store.generated_secrets = secrets,
        None => unread_kinds.extend(["Secret".to_owned()]),
    }
    let settings = mesh::Settings {
        config: options.mesh_config.clone(),
        proxies: options.proxies.clone(),
        version: options.version,
        root_namespace: options.root_namespace.clone(),
        domain: options.domain.clone(),
    };
    let mesh = Mesh::new(store, settings.clone());
    let tables: Vec<_> = mesh.proxies.par_iter().map(|proxy| build(&mesh, proxy)).collect();
    notes::proxies(&mesh, &mut notes);
    notes::unknown_targets(&tables, &sources, &mut notes);
    notes::unknown_servers(&tables, &sources, &mut notes);
    let details = notes::found_proxies(&mesh, &sources).into_iter().collect();
    broken.sort_by(|a, b| a.subject.cmp(&b.subject));
    Loaded {
        sources,
        mesh,
        settings,
        now: options.now,
        tables,
        broken,
        objected,
        duplicates,
        repeated_keys,
        suppressions,
        kustomizations: input.kustomizations,
        built: kustomizations,
        is_cluster: options.is_cluster,
        unread_kinds,
        notes,
        details,
        problems: input
            .problems
            .iter()
            .map(|p| format!("cannot read `{}`: {}", p.path, p.reason))
            .collect(),
        files: input.considered,
        objects,
        counted,
    }
}

fn unreadable_file(source: SourceId, offset: u32, error: (String, String)) -> Broken {
    let (message, help) = error;
    let span = Span::new(source, offset, offset);
    let error = yaml::Error { message, span, related: None, help: Some(help) };
    let subject = Subject { source, document: 0, object: None };
    Broken { subject, reason: BrokenReason::Syntax(error) }
}

fn not_utf8() -> (String, String) {
    ("the file is not UTF-8".to_owned(), "save the file as UTF-8".to_owned())
}

fn utf16() -> (String, String) {
    ("the file looks like UTF-16".to_owned(), "save the file as UTF-8".to_owned())
}

fn too_large(bytes: u64) -> (String, String) {
    let limit = MAX_FILE_BYTES >> 20;
    (
        format!("the file has {bytes} bytes, more than the {limit} MiB that are read"),
        "split the file".to_owned(),
    )
}
