//! The layer as a whole, on directories made for each test.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

const SERVICE: &str = "apiVersion: v1\nkind: Service\n";

/// A directory with files, gone at the end of the test.
struct Tree(PathBuf);

impl Tree {
    fn new(files: &[&str]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = env::temp_dir().join(format!("gwctl-input-{}-{number}", process::id()));
        let tree = Self(root);
        fs::create_dir_all(&tree.0).unwrap();
        for file in files {
            tree.write(file, SERVICE);
        }
        tree
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn path(&self, file: &str) -> String {
        self.0.join(file).to_str().unwrap().to_owned()
    }

    fn options(&self, paths: &[&str]) -> Options {
        Options { paths: paths.iter().map(|path| self.path(path)).collect(), ..Options::default() }
    }

    /// Names of the files of a run, below the directory.
    fn names(&self, options: &Options) -> Vec<String> {
        let names = collected(options).files.into_iter().map(|file| file.name);
        names.map(|name| name.strip_prefix(&self.path("")).unwrap_or(&name).to_owned()).collect()
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn collected(options: &Options) -> Input {
    collect(options, &mut io::empty()).unwrap()
}

fn error(options: &Options) -> String {
    collect(options, &mut io::empty()).unwrap_err().to_string()
}

#[test]
fn a_directory_gives_its_manifests_in_order() {
    let tree = Tree::new(&[
        "b/x.yaml",
        "a.json",
        "b.yml",
        "b-c/x.yaml",
        "notes.txt",
        "x.yaml.orig",
        "Z.yaml",
    ]);
    let input = collected(&tree.options(&[""]));
    assert_eq!(
        tree.names(&tree.options(&[""])),
        ["Z.yaml", "a.json", "b-c/x.yaml", "b.yml", "b/x.yaml"]
    );
    assert_eq!(input.considered, 5);
    assert_eq!(input.bytes_read, 5 * SERVICE.len() as u64);
}

#[test]
fn many_files_are_read_by_many_threads_in_the_same_order() {
    let names: Vec<String> =
        (0..100).map(|number| format!("{:02}/{number:03}.yaml", number % 7)).collect();
    let tree = Tree::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut sorted = names;
    sorted.sort();
    for jobs in [0, 1, 3] {
        assert_eq!(tree.names(&Options { jobs, ..tree.options(&[""]) }), sorted);
    }
}

#[test]
fn relative_paths_are_printed_as_given_but_tidy() {
    let input = collect(
        &Options { paths: vec!["./src//input/mod.rs".to_owned()], ..Options::default() },
        &mut io::empty(),
    )
    .unwrap();
    assert_eq!(input.considered, 1);
    let found = walk::walk(&Options { paths: vec![".".to_owned()], ..Options::default() }).unwrap();
    assert!(found.candidates.iter().all(|file| !file.name.starts_with('.')), "{found:?}");
    let missing = Options { paths: vec!["./no/such.yaml".to_owned()], ..Options::default() };
    assert_eq!(error(&missing), "cannot read `./no/such.yaml`: no such file or directory");
}

#[test]
fn a_named_file_is_read_whatever_its_name() {
    let tree = Tree::new(&[".hidden/manifest.txt", "a.yaml"]);
    let options =
        Options { exclude: vec!["*.txt".to_owned()], ..tree.options(&[".hidden/manifest.txt"]) };
    assert_eq!(tree.names(&options), [".hidden/manifest.txt"]);
}

#[test]
fn git_ignore_rules_hold_in_a_repository() {
    let tree = Tree::new(&[
        "a.yaml",
        "out/b.yaml",
        "c.gen.yaml",
        "keep.gen.yaml",
        "d.yaml",
        ".git/e.yaml",
    ]);
    tree.write(".gitignore", "out/\n*.gen.yaml\n!keep.gen.yaml\n");
    tree.write(".git/info/exclude", "d.yaml\n");
    let options = tree.options(&[""]);
    assert_eq!(tree.names(&options), ["a.yaml", "keep.gen.yaml"]);
    assert_eq!(tree.names(&tree.options(&["out"])), ["out/b.yaml"]);
    let all = ["a.yaml", "c.gen.yaml", "d.yaml", "keep.gen.yaml", "out/b.yaml"];
    assert_eq!(tree.names(&Options { no_gitignore: true, ..options.clone() }), all);
    assert_eq!(tree.names(&Options { no_gitignore: true, hidden: true, ..options }), all);
}

#[test]
fn own_ignore_file_and_excludes_hold_everywhere() {
    let tree = Tree::new(&["a.yaml", "b/vendor/c.yaml", "b/d.yaml", "e/f.yaml"]);
    tree.write(".gwctlignore", "e/\n");
    let options = Options { no_gitignore: true, ..tree.options(&[""]) };
    assert_eq!(tree.names(&options), ["a.yaml", "b/d.yaml", "b/vendor/c.yaml"]);
    let exclude = vec!["vendor".to_owned(), "**/a.yaml".to_owned()];
    assert_eq!(tree.names(&Options { exclude, ..options }), ["b/d.yaml"]);
}

#[test]
fn excludes_and_ignore_files_hold_for_named_paths_where_that_is_forced() {
    let all = ["a.gen.yaml", "b/vendor/c.yaml", "b/d.yaml", "e/f.yaml", "g/h.yaml", ".i.yaml"];
    let tree = Tree::new(&all);
    tree.write(".gwctlignore", "e/\n");
    tree.write(".gitignore", "*.gen.yaml\n");
    tree.write(".git/info/exclude", "");
    let exclude = vec!["vendor".to_owned(), "**/h.yaml".to_owned()];
    let named = Options { exclude, ..tree.options(&all) };
    assert_eq!(tree.names(&named).len(), all.len());
    let forced = Options { force_exclude: true, ..named };
    assert_eq!(tree.names(&forced), [".i.yaml", "b/d.yaml"]);
    let lax = Options { no_gitignore: true, ..forced.clone() };
    assert_eq!(tree.names(&lax), [".i.yaml", "a.gen.yaml", "b/d.yaml"]);
    let directories =
        |paths: &[&str]| Options { paths: tree.options(paths).paths, ..forced.clone() };
    assert_eq!(tree.names(&directories(&["e", "b/vendor", "b"])), ["b/d.yaml"]);
    assert!(tree.names(&directories(&["e/*.yaml"])).is_empty());
}

#[test]
fn a_pattern_that_leaves_nothing_out_of_a_walk_is_noted() {
    let tree = Tree::new(&["a.yaml", "b/c.yaml"]);
    let exclude = ["b", "x.yaml", "**/y/z"].map(str::to_owned).to_vec();
    let options = Options { exclude, ..tree.options(&[""]) };
    let useless = |pattern: &str| Note::UselessExclude { pattern: pattern.to_owned() };
    assert_eq!(collected(&options).notes, [useless("**/y/z"), useless("x.yaml")]);
    let named = Options { paths: tree.options(&["a.yaml"]).paths, ..options };
    assert_eq!(collected(&named).notes, []);
}

#[test]
fn hidden_names_are_skipped_unless_asked_for() {
    let tree = Tree::new(&["a.yaml", ".b.yaml", ".c/d.yaml"]);
    assert_eq!(tree.names(&tree.options(&[""])), ["a.yaml"]);
    assert_eq!(tree.names(&tree.options(&[".c", ".b.yaml"])), [".b.yaml", ".c/d.yaml"]);
    assert_eq!(
        tree.names(&Options { hidden: true, ..tree.options(&[""]) }),
        [".b.yaml", ".c/d.yaml", "a.yaml"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_when_asked_for_and_read_once() {
    use std::os::unix::fs::symlink;
    let tree = Tree::new(&["in/real/a.yaml", "in/b.yaml", "out/c.yaml", "out/deep/d.yaml"]);
    let link = |target: &str, name: &str| symlink(target, tree.0.join(name)).unwrap();
    link("real", "in/again");
    link("..", "in/loop");
    link("loop", "in/loop-of-loop");
    link("b.yaml", "in/b-again.yaml");
    assert_eq!(tree.names(&tree.options(&["in"])), ["in/b.yaml", "in/real/a.yaml"]);
    let follow = Options { follow: true, ..tree.options(&["in"]) };
    let all = ["in/b.yaml", "in/loop/out/c.yaml", "in/loop/out/deep/d.yaml", "in/real/a.yaml"];
    assert_eq!(tree.names(&follow), all);
    link("../nowhere", "in/broken");
    let input = collected(&follow);
    assert_eq!(input.files.len(), 4);
    let reason = "no such file or directory".to_owned();
    assert_eq!(input.problems, [Problem { path: tree.path("in/broken"), reason }]);
    assert_eq!(tree.names(&tree.options(&["in/again"])), ["in/again/a.yaml"]);
}

#[test]
fn a_file_named_twice_is_read_once() {
    let tree = Tree::new(&["k8s/a.yaml", "k8s/b.yaml"]);
    let options =
        tree.options(&["k8s", "k8s/a.yaml", "./k8s//a.yaml", "k8s/../k8s", "", "k8s/*.yaml"]);
    let input = collected(&options);
    assert_eq!(input.considered, 2);
    let reversed =
        Options { paths: options.paths.iter().rev().cloned().collect(), ..options.clone() };
    assert_eq!(tree.names(&options), tree.names(&reversed));
}

#[test]
fn patterns_are_expanded() {
    let tree = Tree::new(&[
        "k8s/a.yaml",
        "k8s/shop/b.yaml",
        "k8s/shop/c.yml",
        "k8s/.d/e.yaml",
        "k8s/x[1].yaml",
    ]);
    let names = |pattern: &str| tree.names(&tree.options(&[pattern]));
    assert_eq!(names("k8s/**/*.yaml"), ["k8s/a.yaml", "k8s/shop/b.yaml", "k8s/x[1].yaml"]);
    assert_eq!(names("k8s/*.yaml"), ["k8s/a.yaml", "k8s/x[1].yaml"]);
    assert_eq!(names("k*/shop"), ["k8s/shop/b.yaml", "k8s/shop/c.yml"]);
    assert_eq!(names("k8s/{a,shop/b}.yaml"), ["k8s/a.yaml", "k8s/shop/b.yaml"]);
    assert_eq!(names("k8s/x[1].yaml"), ["k8s/x[1].yaml"]);
    for pattern in ["k8s/*.txt", "no/*.yaml"] {
        let pattern = tree.path(pattern);
        let options = Options { paths: vec![pattern.clone()], ..Options::default() };
        assert_eq!(error(&options), format!("no file matches `{pattern}`"));
    }
}

#[test]
fn standard_input_takes_its_place_among_the_files() {
    let tree = Tree::new(&["a.yaml", "c.yaml"]);
    let mut options = tree.options(&[""]);
    options.paths.extend(["-".to_owned(), "-".to_owned()]);
    options.stdin_name = tree.path("b.yaml");
    let input = collect(&options, &mut SERVICE.as_bytes()).unwrap();
    let names: Vec<_> =
        input.files.iter().map(|file| Path::new(&file.name).file_name().unwrap()).collect();
    assert_eq!(names, ["a.yaml", "b.yaml", "c.yaml"]);
    assert_eq!(input.considered, 3);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_a_problem_in_a_walk_and_an_error_when_named() {
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    let tree = Tree::new(&["a.yaml", "b.yaml", "c/d.yaml"]);
    for name in ["b.yaml", "c"] {
        fs::set_permissions(tree.0.join(name), fs::Permissions::from_mode(0o000)).unwrap();
    }
    if fs::read_dir(tree.0.join("c")).is_ok() {
        // Not captured, so that it shows.
        writeln!(io::stderr(), "skipped: unreadable files; this user may read everything").unwrap();
        return;
    }
    let input = collected(&tree.options(&[""]));
    assert_eq!(input.files.len(), 1);
    let problem =
        |path: &str| Problem { path: tree.path(path), reason: "permission denied".to_owned() };
    assert_eq!(input.problems, [problem("b.yaml"), problem("c")]);
    for name in ["b.yaml", "c"] {
        let options = tree.options(&[name]);
        assert_eq!(
            error(&options),
            format!("cannot read `{}`: permission denied", tree.path(name))
        );
    }
    fs::set_permissions(tree.0.join("c"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_vanished_file_is_a_note() {
    let mut input = Input::default();
    let candidate =
        |named| Candidate { name: "a.yaml".to_owned(), path: PathBuf::from("no/a.yaml"), named };
    let reader = Reader::new(LIMITS);
    let gone = reader.file(&candidate(false).path).unwrap_err();
    input.unreadable(candidate(false), &gone).unwrap();
    assert_eq!(input.notes, [Note::Vanished { path: "a.yaml".to_owned() }]);
    let denied = io::Error::from(io::ErrorKind::PermissionDenied);
    input.unreadable(candidate(false), &denied).unwrap();
    assert_eq!(
        input.problems,
        [Problem { path: "a.yaml".to_owned(), reason: "permission denied".to_owned() }]
    );
    assert!(input.unreadable(candidate(true), &gone).is_err());
}

#[test]
fn limits_hold_for_one_file_and_for_all() {
    let tree = Tree::new(&["a.yaml", "b.yaml"]);
    let options = tree.options(&[""]);
    let size = SERVICE.len() as u64;
    let within = |file, total| collect_within(&options, &mut io::empty(), Limits { file, total });
    let large = within(size - 1, 100).unwrap();
    assert!(large.files.iter().all(|file| file.contents == Contents::TooLarge { bytes: size }));
    assert_eq!(within(size, 2 * size).unwrap().files.len(), 2);
    assert!(matches!(within(size, 2 * size - 1), Err(InputError::TooMuch { .. })));
    assert_eq!((MAX_FILE_BYTES, MAX_TOTAL_BYTES), (64 * 1024 * 1024, 4 * 1024 * 1024 * 1024));
}

#[test]
fn templates_of_a_chart_and_kustomizations_are_told() {
    let tree = Tree::new(&["chart/templates/sub/a.yaml", "templates/b.yaml", "chart/c.yaml"]);
    tree.write("chart/Chart.yaml", "name: shop\n");
    tree.write("k/kustomization.yaml", "resources: []\n");
    tree.write("k/sub/Kustomization", "resources: []\n");
    let input = collected(&tree.options(&[""]));
    let templates: Vec<_> = input.files.iter().filter(|file| file.chart_template).collect();
    assert_eq!(templates.len(), 1);
    assert_eq!(templates[0].name, tree.path("chart/templates/sub/a.yaml"));
    assert_eq!(
        input.kustomizations,
        [tree.path("k/kustomization.yaml"), tree.path("k/sub/Kustomization")]
    );
    assert_eq!(collected(&tree.options(&["k/kustomization.yaml"])).kustomizations.len(), 1);
}

#[test]
fn what_tests_compare_with_is_left_out() {
    let tree = Tree::new(&["t/app.yaml", "t/app-assert.yaml", "k/00-app.yaml", "k/00-assert.yaml"]);
    let steps = "[{try: [{apply: {file: app.yaml}}, {assert: {file: app-assert.yaml}}]}]";
    let test =
        format!("apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nspec: {{steps: {steps}}}\n");
    tree.write("t/chainsaw-test.yaml", &test);
    let input = collected(&tree.options(&[""]));
    assert_eq!(input.compared, [tree.path("k/00-assert.yaml"), tree.path("t/app-assert.yaml")]);
    let all = tree.options(&[""]);
    assert_eq!(tree.names(&all), ["k/00-app.yaml", "t/app.yaml"]);
    // Who names a file means it.
    assert_eq!(tree.names(&tree.options(&["k/00-assert.yaml"])), ["k/00-assert.yaml"]);
    let named = tree.options(&["", "t/app-assert.yaml"]);
    assert_eq!(tree.names(&named), ["k/00-app.yaml", "t/app-assert.yaml", "t/app.yaml"]);
}

#[test]
fn foreign_files_are_considered_but_not_kept() {
    let tree = Tree::new(&["a.yaml"]);
    tree.write("values.yaml", "gateway: networking.istio.io/v1\n");
    tree.write("latin1.yaml", b"caf\xe9: 1\n");
    let input = collected(&tree.options(&[""]));
    assert_eq!((input.files.len(), input.considered), (1, 3));
}

#[test]
fn a_single_text_is_read_whole() {
    let tree = Tree::new(&[]);
    tree.write("mesh.yaml", "\u{feff}rootNamespace: istio-config\n");
    tree.write("latin1.yaml", b"caf\xe9\n");
    assert_eq!(read_text(&tree.path("mesh.yaml")).unwrap(), "rootNamespace: istio-config\n");
    let path = tree.path("latin1.yaml");
    let message = format!("`{path}` is not UTF-8: first invalid byte at offset 3");
    assert_eq!(read_text(&path).unwrap_err().to_string(), message);
    assert!(matches!(read::text(&path, 4), Err(InputError::TooLarge { limit: 4, .. })));
    assert!(matches!(read_text(&tree.path("no.yaml")), Err(InputError::Unreadable { .. })));
}
