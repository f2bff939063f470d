//! Files that tests of operators compare with what is there: parts of objects, which nobody applies. chainsaw's tests name
//! them, kuttl knows them by their own names.

use std::collections::BTreeSet;

use super::{Contents, File, Glob};
use crate::text::{SourceId, folder, joined};
use crate::yaml::{self, Node};

/// How chainsaw calls the file of a test, unless it is told otherwise.
const TESTS: &[&str] = &["chainsaw-test.yaml", "chainsaw-test.yml"];

/// The operations of chainsaw whose files hold parts of objects: what is compared, and patches.
const OF_PARTS: &[&str] = &["assert", "error", "patch"];

/// Those whose files hold whole objects; or what changes one that is there: labels alone are merged into it.
const OF_OBJECTS: &[&str] = &["apply", "create", "update"];

/// How deep the steps of a test may be nested.
const DEPTH: usize = 16;

/// Whether a file is a test of chainsaw, which names others.
pub(super) fn is_test(name: &str) -> bool {
    TESTS.contains(&base(name))
}

/// Takes the files that hold parts of objects out of those of a walk; `tests` are names and texts of tests. Their names.
pub(super) fn take_out(files: &mut Vec<File>, tests: &[(String, String)]) -> Vec<String> {
    let mut named = Named::default();
    for (name, text) in tests {
        named.read(name, text);
    }
    // What one test compares with another one may apply.
    let is_part = |file: &File| match (named.parts.has(&file.name), named.objects.has(&file.name)) {
        (_, true) => is_merged(file),
        (is_part, false) => is_part || is_of_kuttl(&file.name),
    };
    let (parts, objects): (Vec<File>, Vec<File>) =
        std::mem::take(files).into_iter().partition(|file| !file.named && is_part(file));
    *files = objects;
    parts.into_iter().map(|file| file.name).collect()
}

/// The files that tests of chainsaw name.
#[derive(Default)]
struct Named {
    parts: Names,
    objects: Names,
}

/// Names of files, and patterns of them.
#[derive(Default)]
struct Names {
    names: BTreeSet<String>,
    patterns: Vec<Glob>,
}

impl Named {
    fn read(&mut self, name: &str, text: &str) {
        for chunk in yaml::split(text) {
            // Nothing points into the text, so it needs no number of its own.
            let Ok(tree) = yaml::parse(SourceId::new(0), text, &chunk) else { continue };
            let Some(root) = tree.root() else { continue };
            let version = root.get("apiVersion").and_then(Node::text).unwrap_or_default();
            if version.starts_with("chainsaw.kyverno.io/") {
                self.steps(root, folder(name), DEPTH);
            }
        }
    }

    /// The operations at any depth: of steps, of what follows them, of what is done in case of failure.
    fn steps(&mut self, node: Node<'_>, folder: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for item in node.items() {
            self.steps(item, folder, depth);
        }
        for (key, value) in node.entries() {
            let operation = key.text().unwrap_or_default();
            if let Some(file) = value.get("file").and_then(Node::text) {
                if OF_PARTS.contains(&operation) {
                    self.parts.add(&joined(folder, file));
                } else if OF_OBJECTS.contains(&operation) {
                    self.objects.add(&joined(folder, file));
                }
            }
            self.steps(value, folder, depth);
        }
    }
}

impl Names {
    fn add(&mut self, name: &str) {
        if name.contains(['*', '?', '[']) {
            self.patterns.extend(Glob::new(name));
        } else {
            self.names.insert(name.to_owned());
        }
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(name) || self.patterns.iter().any(|pattern| pattern.is(name))
    }
}

/// Whether a file that chainsaw applies holds objects of Istio that have nothing but a name and labels.
fn is_merged(file: &File) -> bool {
    let Contents::Text(text) = &file.contents else { return false };
    let mut is_any = false;
    for chunk in yaml::split(text) {
        // What cannot be read, or is a list, is left to those who say what is wrong with it.
        let Ok(tree) = yaml::parse(SourceId::new(0), text, &chunk) else { return false };
        let Some(root) = tree.root() else { continue };
        let version = root.get("apiVersion").and_then(Node::text).unwrap_or_default();
        let mut fields = root.entries().filter_map(|(key, _)| key.text());
        if !fields.all(|field| ["apiVersion", "kind", "metadata"].contains(&field)) {
            return false;
        }
        is_any |= version.contains("istio.io/");
    }
    is_any
}

/// Whether kuttl takes the file for what it compares with: `00-assert.yaml`, `01-errors.yaml`, `02-assert-routes.yaml`.
fn is_of_kuttl(name: &str) -> bool {
    let name = base(name);
    let step = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_part = ["-assert", "-errors"].iter().any(|word| {
        step.strip_prefix(word).is_some_and(|rest| rest == ".yaml" || rest.starts_with('-'))
    });
    step.len() < name.len() && is_part
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: &str = "\
apiVersion: chainsaw.kyverno.io/v1alpha1
kind: Test
spec:
  steps:
  - try:
    - apply: {file: application.yaml}
    - assert: {file: application-assert.yaml}
    - error:
        file: ../shared/gone.yaml
    - assert: {file: 'states/*.yaml'}
    - assert: {resource: {kind: Pod}}
    - assert: {file: whole.yaml}
    - patch: {file: patch.yaml}
    finally:
    - create: {file: states/../whole.yaml}
";

    fn taken_out(test: &str, names: &[&str]) -> Vec<String> {
        let file = |name: &&str| File {
            name: (*name).to_owned(),
            contents: Contents::Text(String::new()),
            bom: false,
            chart_template: false,
            named: false,
        };
        let mut files: Vec<File> = names.iter().map(file).collect();
        let tests = [("tests/a/chainsaw-test.yaml".to_owned(), test.to_owned())];
        let taken = take_out(&mut files, &tests);
        assert_eq!(files.len() + taken.len(), names.len());
        taken
    }

    #[test]
    fn what_chainsaw_compares_with_is_taken_out() {
        let parts = [
            "tests/a/application-assert.yaml",
            "tests/a/patch.yaml",
            "tests/a/states/one.yaml",
            "tests/shared/gone.yaml",
        ];
        let objects =
            ["tests/a/application.yaml", "tests/a/states/b/two.yaml", "tests/a/whole.yaml"];
        assert_eq!(taken_out(TEST, &[&parts[..], &objects].concat()), parts);
        assert!(taken_out(&TEST.replace("kyverno", "example"), &parts).is_empty());
        assert!(taken_out("a: [", &parts).is_empty());
    }

    #[test]
    fn labels_that_chainsaw_merges_into_an_object_are_taken_out() {
        const LABELS: &str =
            "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: a\n";
        let tests = [("chainsaw-test.yaml".to_owned(), TEST.to_owned())];
        let json =
            r#"{"apiVersion": "networking.istio.io/v1", "metadata": {"name": "a"}, "spec": {}}"#;
        let list = format!("kind: List\nitems:\n- {}", LABELS.trim_end().replace('\n', "\n  "));
        for (text, is_taken) in [
            (LABELS.to_owned(), true),
            (format!("# labels\n---\n{LABELS}"), true),
            (format!("{LABELS}spec: {{}}\n"), false),
            (json.to_owned(), false),
            (list, false),
            (format!("{LABELS}: ["), false),
        ] {
            let mut files = vec![File {
                name: "application.yaml".to_owned(),
                contents: Contents::Text(text),
                bom: false,
                chart_template: false,
                named: false,
            }];
            assert_eq!(!take_out(&mut files, &tests).is_empty(), is_taken);
        }
    }

    #[test]
    fn what_kuttl_compares_with_is_known_by_name() {
        for name in ["t/00-assert.yaml", "1-errors.yaml", "t/02-assert-routes.yaml"] {
            assert!(is_of_kuttl(name), "{name}");
        }
        for name in ["t/00-install.yaml", "assert.yaml", "-assert.yaml", "00-assertion.yaml"] {
            assert!(!is_of_kuttl(name), "{name}");
        }
    }
}
