//! How a kustomization is read.

use super::{Change, Kustomization, SOURCE, Target, secrets};
use crate::text::{folder, has_substitution, joined};
use crate::yaml::{self, Kind, Node, Scalar};

/// The group of kustomizations, which need not say so.
const GROUP: &str = "kustomize.config.k8s.io/";

/// The kustomization of a file: its first document that is not empty.
pub(super) fn kustomization(name: &str, text: &str) -> Result<Option<Kustomization>, yaml::Error> {
    for chunk in yaml::split(text) {
        let tree = yaml::parse(SOURCE, text, &chunk)?;
        if let Some(root) = tree.root() {
            return Ok(Kustomization::of(root, folder(name).to_owned()));
        }
    }
    Ok(None)
}

impl Kustomization {
    fn of(root: Node<'_>, folder: String) -> Option<Self> {
        // Flux calls what applies a kustomization by the same name.
        let version = root.get("apiVersion").and_then(Node::text).unwrap_or(GROUP);
        if !version.starts_with(GROUP) {
            return None;
        }
        let mut read = Self {
            folder,
            namespace: text_of(root, "namespace").map(str::to_owned),
            secrets: secrets::generated(root),
            ..Self::default()
        };
        let states = |field: &&str| {
            let value = root.get(field).filter(|value| !value.is_null());
            value.is_some_and(|value| value.text() != Some(""))
        };
        read.renames = ["namespace", "namePrefix", "nameSuffix"].iter().any(states);
        for field in ["resources", "bases", "components"] {
            for path in root.get(field).into_iter().flat_map(Node::items).filter_map(Node::text) {
                read.is_open |= has_substitution(path);
                let resource = joined(&read.folder, path);
                if field == "components" {
                    read.components.push(resource.clone());
                }
                read.resources.push(resource);
            }
        }
        read.add_changes(root);
        Some(read)
    }

    fn add_changes(&mut self, root: Node<'_>) {
        for field in ["patches", "patchesJson6902", "patchesStrategicMerge"] {
            for patch in root.get(field).into_iter().flat_map(Node::items) {
                self.add_patch(patch);
            }
        }
        for replacement in root.get("replacements").into_iter().flat_map(Node::items) {
            self.add_replacement(replacement);
        }
    }

    fn add_patch(&mut self, patch: Node<'_>) {
        let target = patch.get("target").map(target).unwrap_or_default();
        // A plain text of `patchesStrategicMerge` is a patch, or the path of one.
        let own = patch.text().filter(|_| patch.kind() == Kind::Scalar);
        let inline = patch.get("patch").and_then(Node::text).or(own.filter(|t| t.contains('\n')));
        let named = patch.get("path").and_then(Node::text).or(own.filter(|t| !t.contains('\n')));
        let file = named.map(|path| joined(&self.folder, path));
        if target.is_any()
            && let Some(text) = inline
        {
            self.changes.extend(targets(text).into_iter().map(Change::patch));
        } else if file.is_some() || !target.is_any() {
            self.changes.push(Change { target, file, fields: Vec::new() });
        }
    }

    fn add_replacement(&mut self, replacement: Node<'_>) {
        for to in replacement.get("targets").into_iter().flat_map(Node::items) {
            let target = to.get("select").map(target).unwrap_or_default();
            let paths = to.get("fieldPaths").into_iter().flat_map(Node::items);
            let fields: Vec<String> = paths.filter_map(Node::text).map(str::to_owned).collect();
            if !fields.is_empty() {
                self.changes.push(Change { target, file: None, fields });
            }
        }
    }
}

fn target(node: Node<'_>) -> Target {
    let field = |key| node.get(key).and_then(Node::text).map(str::to_owned);
    Target { kind: field("kind"), name: field("name") }
}

/// The objects that the documents of a patch name.
pub(super) fn targets(patch: &str) -> Vec<Target> {
    let mut found = Vec::new();
    for chunk in yaml::split(patch) {
        let Ok(tree) = yaml::parse(SOURCE, patch, &chunk) else { continue };
        let Some(root) = tree.root() else { continue };
        let text = |node: Option<Node<'_>>| node.and_then(Node::text).map(str::to_owned);
        let name = text(root.get("metadata").and_then(|metadata| metadata.get("name")));
        found.push(Target { kind: text(root.get("kind")), name });
    }
    found
}

/// A field that is a text with something in it.
pub(super) fn text_of<'t>(node: Node<'t>, field: &str) -> Option<&'t str> {
    match node.get(field)?.scalar()? {
        Scalar::Str(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}
