//! What kustomizations say of other files: which ones they are built from, which hold patches, what patches and
//! replacements change, and which namespaces they give; and which Secrets they generate. Nothing is built.

mod namespaces;
mod read;
mod secrets;

use rustc_hash::{FxHashMap, FxHashSet};

use self::read::{kustomization, targets};
use crate::text::{SourceId, folder};
use crate::yaml::{Kind, Node};

pub use namespaces::Given;
pub use secrets::GeneratedSecret;

/// The kustomizations of an input.
#[derive(Debug, Default)]
pub struct Kustomizations {
    all: Vec<Kustomization>,
    /// By folder.
    by_folder: FxHashMap<String, usize>,
    /// Which ones name a file or folder to be built from it.
    built_from: FxHashMap<String, Vec<usize>>,
    /// Files that hold patches and nothing else.
    patches: FxHashSet<String>,
    /// Whether one that generates Secrets cannot be read.
    hides_secrets: bool,
}

/// One kustomization.
#[derive(Debug, Default)]
struct Kustomization {
    folder: String,
    /// Files and folders that it is built from.
    resources: Vec<String>,
    /// Those of them that are components.
    components: Vec<String>,
    /// The namespace that it gives.
    namespace: Option<String>,
    secrets: Vec<GeneratedSecret>,
    /// Whether something is put into the names of some resources later.
    is_open: bool,
    /// Whether objects get another name or namespace.
    renames: bool,
    changes: Vec<Change>,
}

/// What a patch or a replacement changes.
#[derive(Debug)]
struct Change {
    target: Target,
    /// The file of a patch that itself names what it changes.
    file: Option<String>,
    /// The fields of a replacement; none: a patch, which changes anything.
    fields: Vec<String>,
}

/// The objects that are changed. What is absent is not asked for.
#[derive(Clone, Debug, Default)]
struct Target {
    kind: Option<String>,
    name: Option<String>,
}

/// The objects of a file to which changes apply.
#[derive(Debug, Default)]
pub struct Changes<'k>(Vec<&'k Change>);

impl Kustomizations {
    /// Reads kustomizations, each a path and a text. Of what cannot be read nothing is known.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let (mut all, mut hides_secrets) = (Vec::new(), false);
        for (name, text) in files {
            match kustomization(name, text) {
                Ok(read) => all.extend(read),
                Err(_) => hides_secrets |= text.contains("secretGenerator"),
            }
        }
        let of_patches = all.iter().flat_map(|one: &Kustomization| &one.changes);
        let mut patches: FxHashSet<String> =
            of_patches.filter_map(|change| change.file.clone()).collect();
        // What is built from a file needs it to hold objects.
        let mut built_from: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, one) in all.iter().enumerate() {
            for resource in &one.resources {
                patches.remove(resource);
                built_from.entry(resource.clone()).or_default().push(at);
            }
        }
        let by_folder = all.iter().zip(0..).map(|(one, at)| (one.folder.clone(), at)).collect();
        Self { all, by_folder, built_from, patches, hides_secrets }
    }

    /// Whether a file holds patches, and so no objects.
    pub fn is_patch(&self, file: &str) -> bool {
        self.patches.contains(file)
    }

    /// Whether the folder of a file has a kustomization, and neither that one nor another one names the file: it is
    /// applied in some other way, or not at all.
    pub fn leave_out(&self, file: &str) -> bool {
        let own = self.by_folder.get(folder(file));
        own.is_some_and(|&at| !self.all[at].is_open) && !self.built_from.contains_key(file)
    }

    /// Whether one kustomization is built from both files, by itself or by others that it names, and no object of them
    /// gets another name on the way.
    pub fn build_together(&self, a: &str, b: &str) -> bool {
        !self.all.is_empty() && !self.builders(a).is_disjoint(&self.builders(b))
    }

    /// The kustomizations in which the objects of a file have the names that are written.
    fn builders(&self, file: &str) -> FxHashSet<usize> {
        let naming = |path: &str| self.built_from.get(path).into_iter().flatten().copied();
        let mut found = FxHashSet::default();
        let mut pending: Vec<usize> = naming(file).collect();
        while let Some(at) = pending.pop() {
            // Objects of one kustomization are renamed alike; what others make of them are other objects.
            if found.insert(at) && !self.all[at].renames {
                pending.extend(naming(&self.all[at].folder));
            }
        }
        found
    }

    /// Which patches of files change what, by the texts of these files.
    pub fn look_into_patches<'f>(&mut self, text_of: impl Fn(&str) -> Option<&'f str>) {
        for one in &mut self.all {
            let mut found = Vec::new();
            for change in &one.changes {
                let Some(file) = change.file.as_deref().filter(|_| change.target.is_any()) else {
                    continue;
                };
                let targets = text_of(file).map(targets).unwrap_or_default();
                found.extend(targets.into_iter().map(Change::patch));
            }
            one.changes.extend(found);
            // A patch that names nothing here is one of objects of no interest.
            one.changes.retain(|change| !change.target.is_any());
        }
    }

    /// The changes of each file's objects, by the name of the file.
    pub fn changes(&self) -> FxHashMap<&str, Changes<'_>> {
        let mut by_file: FxHashMap<&str, Changes<'_>> = FxHashMap::default();
        for (at, one) in self.all.iter().enumerate().filter(|(_, one)| !one.changes.is_empty()) {
            let (mut pending, mut seen) = (vec![at], FxHashSet::default());
            while let Some(at) = pending.pop() {
                if !seen.insert(at) {
                    continue;
                }
                for resource in &self.all[at].resources {
                    match self.by_folder.get(resource) {
                        Some(&folder) => pending.push(folder),
                        None => by_file.entry(resource).or_default().0.extend(&one.changes),
                    }
                }
            }
        }
        by_file
    }
}

impl Changes<'_> {
    /// Whether a patch changes the object: what is missing in it may be there in the end.
    pub fn is_patched(&self, kind: &str, name: &str) -> bool {
        self.0.iter().any(|one| one.fields.is_empty() && one.target.is(kind, name))
    }

    /// The values of the object that are put in by replacements.
    pub fn replaced<'t>(&self, kind: &str, name: &str, object: Node<'t>) -> Vec<Node<'t>> {
        let of_object = self.0.iter().filter(|one| one.target.is(kind, name));
        of_object.flat_map(|one| &one.fields).map(|path| value_at(object, path)).collect()
    }
}

impl Change {
    fn patch(target: Target) -> Self {
        Self { target, file: None, fields: Vec::new() }
    }
}

impl Target {
    /// Whether everything is meant, or nothing yet.
    fn is_any(&self) -> bool {
        self.kind.is_none() && self.name.is_none()
    }

    fn is(&self, kind: &str, name: &str) -> bool {
        may_match(self.kind.as_deref(), kind) && may_match(self.name.as_deref(), name)
    }
}

/// Whether a pattern of a target may match. Patterns are regular expressions for the whole text.
fn may_match(pattern: Option<&str>, text: &str) -> bool {
    let is_word = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    pattern.is_none_or(|pattern| pattern == text || !is_word(pattern))
}

/// The value at a path of a replacement, or what is around it where the path is more than keys and places.
fn value_at<'t>(object: Node<'t>, path: &str) -> Node<'t> {
    let mut node = object;
    for segment in path.split('.') {
        let next = match node.kind() {
            Kind::Map => node.get(segment),
            Kind::Seq => segment.parse().ok().and_then(|at| node.items().nth(at)),
            Kind::Scalar => None,
        };
        let Some(next) = next else { break };
        node = next;
    }
    node
}

/// Texts of kustomizations are no sources: nothing points into them.
const SOURCE: SourceId = SourceId::new(0);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    const OVERLAY: &str = "\
resources: [../base, own.yaml]
patches:
- path: ./patch.yaml
- {path: ops.json, target: {kind: Gateway, name: web}}
- patch: |-
    kind: VirtualService
    metadata: {name: shop}
- {path: absent.yaml}
replacements:
- source: {kind: Service, name: a}
  targets:
  - select: {kind: VirtualService, name: routes}
    fieldPaths: [spec.hosts.1, 'spec.http.[name=x].timeout']
";

    fn overlay() -> Kustomizations {
        let base = ("base/kustomization.yaml", "resources: [web.yaml, ../one.yaml]");
        let mut read = Kustomizations::read([("over/kustomization.yaml", OVERLAY), base]);
        let patch = "kind: Gateway\nmetadata: {name: public}\n---\nkind: Service\nmetadata: {}\n";
        read.look_into_patches(|file| (file == "over/patch.yaml").then_some(patch));
        read
    }

    #[test]
    fn patches_change_what_is_built_from() {
        let read = overlay();
        for file in ["over/patch.yaml", "over/ops.json", "over/absent.yaml"] {
            assert!(read.is_patch(file), "{file}");
        }
        assert!(!read.is_patch("base/web.yaml") && !read.is_patch("patch.yaml"));
        let changes = read.changes();
        for file in ["base/web.yaml", "one.yaml", "over/own.yaml"] {
            let of_file = &changes[file];
            for (kind, name) in [
                ("Gateway", "web"),
                ("Gateway", "public"),
                ("VirtualService", "shop"),
                ("Service", "any"),
            ] {
                assert!(of_file.is_patched(kind, name), "{file} {kind} {name}");
            }
            assert!(!of_file.is_patched("VirtualService", "web"));
            assert!(!of_file.is_patched("VirtualService", "routes"));
        }
        assert!(!changes.contains_key("over/patch.yaml"));
    }

    #[test]
    fn replacements_put_values_into_fields() {
        let text = "spec: {hosts: [a, b], http: [{name: x, timeout: 1s}]}";
        let tree = yaml::parse(SOURCE, text, &yaml::split(text)[0]).unwrap();
        let read = overlay();
        let changes = read.changes();
        let values = changes["one.yaml"].replaced("VirtualService", "routes", tree.root().unwrap());
        let texts: Vec<&str> = values
            .iter()
            .map(|value| &text[value.span().start as usize..value.span().end as usize])
            .collect();
        assert_eq!(texts, ["b", "[{name: x, timeout: 1s}]"]);
    }

    #[test]
    fn a_patch_that_is_a_resource_too_holds_objects() {
        let files = [
            ("a/kustomization.yaml", "patches: [{path: x.yaml}]"),
            ("kustomization.yaml", "resources: [a/x.yaml]"),
        ];
        assert!(!Kustomizations::read(files).is_patch("a/x.yaml"));
        assert!(Kustomizations::read([files[0]]).is_patch("a/x.yaml"));
    }

    #[test]
    fn files_that_no_kustomization_names_are_left_out() {
        let read = Kustomizations::read([
            ("a/kustomization.yaml", "resources: [one.yaml]"),
            ("b/kustomization.yaml", "resources: [../a/two.yaml, '${NAME}.yaml']"),
            ("c/kustomization.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nspec: {}"),
            ("d/kustomization.yaml", "resources: ["),
        ]);
        assert!(read.leave_out("a/three.yaml"));
        for file in
            ["a/one.yaml", "a/two.yaml", "a/below/x.yaml", "b/x.yaml", "c/x.yaml", "d/x.yaml"]
        {
            assert!(!read.leave_out(file), "{file}");
        }
    }

    #[test]
    fn what_one_kustomization_is_built_from_is_together() {
        let read = Kustomizations::read([
            ("kustomization.yaml", "resources: [a, b, c]"),
            ("a/kustomization.yaml", "resources: [x.yaml, y.yaml]\nnamePrefix: a-"),
            ("b/kustomization.yaml", "resources: [x.yaml]"),
            ("c/kustomization.yaml", "resources: [x.yaml]\nnamespace: ''"),
        ]);
        assert!(read.build_together("a/x.yaml", "a/y.yaml"));
        assert!(read.build_together("b/x.yaml", "c/x.yaml"));
        assert!(!read.build_together("a/x.yaml", "b/x.yaml"), "they have different names");
        assert!(!read.build_together("b/x.yaml", "other.yaml"));
    }

    #[test]
    fn kustomizations_that_name_each_other_end() {
        let files = [
            (
                "a/kustomization.yaml",
                "resources: [../b, .]\npatches: [{patch: '', target: {kind: Pod}}]",
            ),
            ("b/kustomization.yaml", "resources: [../a, x.yaml]"),
        ];
        let read = Kustomizations::read(files);
        assert!(read.changes()["b/x.yaml"].is_patched("Pod", "x"));
        assert!(read.build_together("b/x.yaml", "b/x.yaml"));
    }
}
