//! `--rev` and `--new-since` on repositories of git that are made for each test: what a change brings, and that a revision
//! is read as its files would be read in a work tree.
#![expect(clippy::disallowed_methods, reason = "tests make their own repositories")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;

use crate::common::root;

/// A repository, which is gone when the test ends.
struct Repository(PathBuf);

impl Repository {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("revisions-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder can be made");
        let repository = Self(folder.canonicalize().expect("the folder is there"));
        repository.git("init -q -b main");
        repository
    }

    /// One with the example in its first commit.
    fn of_example(name: &str) -> Self {
        let repository = Self::new(name);
        for file in ["apps/blog.yaml", "apps/shop.yaml", "infra/gateway.yaml", "infra/ingress.yaml"]
        {
            let text = fs::read(root().join("testdata/example").join(file)).expect("an example");
            repository.write(file, text);
        }
        repository.commit();
        repository
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().expect("a file has a folder"))
            .expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.text(file);
        assert!(text.contains(old), "{file} has `{old}`");
        self.write(file, text.replacen(old, new, 1));
    }

    #[track_caller]
    fn git(&self, line: &str) -> String {
        let mut command = alone(Command::new("git"));
        command.args(["-c", "protocol.file.allow=always"]).args(line.split_whitespace());
        let output = command.current_dir(&self.0).output().expect("git is there");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {line}: {complaint}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn commit(&self) {
        self.git("add -A");
        self.git("commit -q --allow-empty -m change");
    }

    fn command(&self, folder: &str, line: &str) -> Command {
        let gwctl = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
        let mut command = alone(gwctl);
        command.args(line.split_whitespace()).current_dir(self.0.join(folder)).stdin(Stdio::null());
        command
    }

    fn run(&self, line: &str) -> Output {
        self.command("", line).output().expect("the binary runs")
    }

    fn stdout(&self, line: &str) -> String {
        String::from_utf8_lossy(&self.run(line).stdout).into_owned()
    }

    /// What `lint` finds, as `CODE FILE:LINE`.
    fn found(&self, flags: &str) -> Vec<String> {
        let output = self.stdout(&format!("lint -o concise {flags}"));
        let finding = |line: &str| {
            let (place, rest) = line.split_once(": ").expect("a place");
            let (_, rest) = rest.split_once('[').expect("a code");
            let (place, _) = place.rsplit_once(':').expect("a column");
            format!("{} {place}", &rest[..5])
        };
        output.lines().map(finding).collect()
    }

    #[track_caller]
    fn fails(&self, line: &str, expected: &str) {
        check_failure(self.command("", line), expected);
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A command that knows nothing of the repository around these tests nor of whoever runs them.
fn alone(mut command: Command) -> Command {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GWCTL_OUTPUT"] {
        command.env_remove(name);
    }
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Someone");
        command.env(format!("GIT_{who}_EMAIL"), "someone@example.com");
        command.env(format!("GIT_{who}_DATE"), "2026-01-01T00:00:00Z");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

#[track_caller]
fn check_failure(mut command: Command, expected: &str) {
    let output = command.output().expect("the binary runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    let stderr = stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(output.status.code(), Some(2), "{command:?}: {stderr}");
    assert!(output.stdout.is_empty(), "{command:?}");
    assert!(stderr.contains(expected), "{command:?}: {stderr}");
}

/// A change, what it does to the files, and the findings that it brings.
type Change = (&'static str, fn(&Repository), &'static [&'static str]);

const GATEWAY: &str = "infra/gateway.yaml";
const STORE: &str = "apps/store.yaml";

/// The brackets are open at the end.
const BROKEN: &str = "apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: [\n";

const CHANGES: &[Change] = &[
    (
        "the gateway serves one host instead of all: two files that are as before are hit",
        |r| r.replace(GATEWAY, "shop/*.shop.example.com", "shop/api.shop.example.com"),
        &["GW305 apps/blog.yaml:9", "GW304 apps/shop.yaml:8", "GW112 infra/gateway.yaml:16"],
    ),
    (
        "back to all: what this mends is gone, and what it breaks is there again",
        |r| r.replace(GATEWAY, "shop/api.shop.example.com", "shop/*.shop.example.com"),
        &["GW307 apps/blog.yaml:9"],
    ),
    ("a file gets another name", |r| drop(r.git("mv apps/shop.yaml apps/store.yaml")), &[]),
    (
        "a file is split",
        |r| {
            let text = r.text(STORE);
            let (routes, services) =
                text.split_at(text.find("---\napiVersion: v1").expect("Services"));
            r.write(STORE, routes);
            r.write("apps/services/all.yaml", services);
        },
        &[],
    ),
    (
        "the name of a Service is misspelt",
        |r| r.replace(STORE, "host: web-next", "host: web-nxt"),
        &["GW601 apps/store.yaml:25"],
    ),
    ("all lines move down", |r| r.write(STORE, format!("# Routes\n\n\n{}", r.text(STORE))), &[]),
    (
        "a Service goes: the file that names it is as before",
        |r| r.replace("apps/services/all.yaml", "name: checkout\n", "name: payment\n"),
        &["GW601 apps/store.yaml:21"],
    ),
    (
        "a finding is accepted",
        |r| r.replace(STORE, "host: web-nxt", "host: web-nxt # gwctl: ignore[GW601] soon"),
        &[],
    ),
    (
        "it is accepted no longer, and a file that is no YAML comes",
        |r| {
            r.replace(STORE, " # gwctl: ignore[GW601] soon", "");
            r.write("apps/broken.yaml", BROKEN);
        },
        &["GW001 apps/broken.yaml:3", "GW601 apps/store.yaml:28"],
    ),
    (
        "another such file: of two findings that are alike, the one about the new file is new",
        |r| r.write("apps/aaa.yaml", BROKEN),
        &["GW001 apps/aaa.yaml:3"],
    ),
    (
        "one is mended, another one breaks in another way",
        |r| {
            fs::remove_file(r.0.join("apps/broken.yaml")).expect("it is there");
            r.write("infra/broken.yaml", BROKEN.replace('[', "{"));
        },
        &["GW001 infra/broken.yaml:3"],
    ),
    (
        "what cannot be read goes, which might have been any Gateway",
        |r| {
            for file in ["apps/aaa.yaml", "infra/broken.yaml"] {
                fs::remove_file(r.0.join(file)).expect("it is there");
            }
        },
        &[],
    ),
    (
        "the gateway gets another name: all that refer to it are as before",
        |r| r.replace(GATEWAY, "name: public", "name: edge"),
        &["GW301 apps/blog.yaml:11", "GW301 apps/store.yaml:13", "GW301 apps/store.yaml:40"],
    ),
];

#[test]
fn new_since_tells_what_each_change_brings() {
    let repository = Repository::of_example("changes");
    assert_eq!(repository.found(""), ["GW307 apps/blog.yaml:9", "GW304 apps/shop.yaml:35"]);
    for (change, make, brings) in CHANGES {
        make(&repository);
        // Before the commit, against the last one; staged; and afterwards, against the one before.
        assert_eq!(repository.found("--new-since HEAD"), *brings, "{change}");
        repository.git("add -A");
        assert_eq!(repository.found("--rev : --new-since HEAD"), *brings, "{change}: staged");
        repository.commit();
        assert_eq!(repository.found("--new-since HEAD~1"), *brings, "{change}: committed");
        assert_eq!(repository.found("--rev HEAD --new-since HEAD^"), *brings, "{change}: at REV");
        assert_eq!(repository.found("--new-since HEAD"), [""; 0], "{change}: nothing since");
        // All others are counted, none is lost.
        let old = repository.found("").len() - brings.len();
        let summary = repository.run("lint -o concise --new-since HEAD~1").stderr;
        let said = format!("{old} not new since `HEAD~1`)");
        assert!(String::from_utf8_lossy(&summary).contains(&said), "{change}: {said}");
        // A revision is found to be what its work tree is.
        let (here, there) =
            (repository.stdout("lint -o json"), repository.stdout("lint -o json --rev HEAD"));
        assert_eq!(here, there, "{change}");
    }
    let exit = |line: &str| repository.run(line).status.code();
    assert_eq!(exit("lint --new-since HEAD"), Some(0));
    assert_eq!(exit("lint --new-since HEAD~1"), Some(1));
    assert_eq!(repository.git("status --porcelain"), "");
}

/// What `--show-files` says in the work tree and at a revision, which has to be the same.
#[track_caller]
fn is_read_alike(repository: &Repository, folder: &str, line: &str) -> String {
    let files = |rev: &str| {
        let mut command = repository.command(folder, &format!("lint --show-files {rev} {line}"));
        let output = command.output().expect("the binary runs");
        (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
    };
    let here = files("");
    for rev in ["--rev HEAD", "--rev :"] {
        assert_eq!(files(rev), here, "in `{folder}`: {rev} {line}");
    }
    here.0
}

#[test]
fn a_revision_is_read_as_a_work_tree_is() {
    let repository = Repository::of_example("alike");
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
    for file in [
        ".hidden/a.yaml",
        "a b/ä\t.yaml",
        "apps.yaml",
        "chart/templates/deep/a.yaml",
        "chart/values.yaml",
        "infra/kustomization.yaml",
        "infra/notes.txt",
        "infra/out/a.yaml",
        "infra/out/b.gen.yaml",
        "infra/out/keep.gen.yaml",
        "vendor/own.yaml",
        "vendor/x.json",
        ".github/keep.yaml",
    ] {
        repository.write(file, service);
    }
    for file in ["tests/gateway.yaml", "tests/made.yaml", "tests/01-assert.yaml"] {
        repository.write(file, service);
    }
    repository.write(
        "tests/chainsaw-test.yaml",
        "apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nspec: {steps: [{try: [{assert: {file: made.yaml}}]}]}\n",
    );
    repository.write("chart/Chart.yaml", "name: chart\n");
    repository.write("large.yaml", format!("{service}{}", "# -\n".repeat(100_000)));
    repository.write("job.yaml", "apiVersion: batch/v1\nkind: Job\n");
    repository.write(".gitignore", "*.gen.yaml\n!.github\n");
    repository.write("infra/.gitignore", "/out/a.yaml\n!keep.gen.yaml\n");
    repository.write(".gwctlignore", "own.yaml\n");
    repository.git("add -A -f");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("../infra", repository.0.join("apps/infra")).expect("a link");
        symlink("../job.yaml", repository.0.join("apps/job-link.yaml")).expect("a link");
        symlink("gateway.yaml", repository.0.join("infra/link.yaml")).expect("a link");
        symlink("loop", repository.0.join("loop")).expect("a link");
        repository.git("add -A");
    }
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"apps/caf\xe9.yaml");
        fs::write(repository.0.join(name), service).expect("a file");
    }
    repository.commit();
    let whole = is_read_alike(&repository, "", "");
    for (file, what) in [
        ("apps/shop.yaml", "read"),
        (".github/keep.yaml", "read"),
        ("infra/out/keep.gen.yaml", "read"),
        ("infra/out/b.gen.yaml", "skipped: ignored by git; --no-gitignore reads it"),
        ("vendor/own.yaml", "skipped: ignored by .gwctlignore"),
        (".hidden/", "skipped: hidden; --hidden reads it"),
        ("infra/notes.txt", "skipped: not .yaml, .yml or .json"),
        ("chart/templates/deep/a.yaml", "skipped: template of a Helm chart"),
        ("tests/made.yaml", "skipped: a test compares with it"),
    ] {
        let line = whole.lines().find(|line| line.starts_with(&format!("{file} ")));
        assert!(line.is_some_and(|line| line.ends_with(&format!("  {what}"))), "{file}\n{whole}");
    }
    for line in [
        "--hidden",
        "--no-gitignore",
        "--exclude vendor,apps/*",
        "--exclude infra/out --hidden",
        "apps infra/gateway.yaml infra/notes.txt .",
        "./apps/ ./apps/../apps",
        "infra/out/b.gen.yaml chart/templates",
        "infra/out/b.gen.yaml vendor/x.json --force-exclude --exclude *.json",
        "vendor infra --force-exclude --exclude vendor",
        "*/*.yaml",
        "**/*.gen.yaml --no-gitignore",
        "infra/o?t",
        "infra/kustomization.yaml",
        "tests/made.yaml",
    ] {
        is_read_alike(&repository, "", line);
    }
    for line in ["", "..", "../apps gateway.yaml", "../*/blog.yaml", "--exclude out"] {
        is_read_alike(&repository, "infra", line);
    }
    is_read_alike(&repository, "chart/templates", "");
    is_read_alike(&repository, "", &repository.0.join("apps").display().to_string());
    if cfg!(unix) {
        let followed = is_read_alike(&repository, "infra", ".. -L");
        assert!(followed.contains("link.yaml") || followed.contains("infra"), "{followed}");
        for line in ["apps -L", "apps/infra", "apps/infra/gateway.yaml", "infra/link.yaml"] {
            is_read_alike(&repository, "", line);
        }
    }
}

#[test]
fn every_command_reads_revisions() {
    let repository = Repository::of_example("commands");
    let before = repository.stdout("routes");
    repository.write("mesh.yaml", "ingressControllerMode: \"OFF\"\nrootNamespace: istio-config\n");
    repository.commit();
    repository.replace(GATEWAY, "name: http\n", "name: http-web\n");
    repository.replace("apps/shop.yaml", "prefix: /checkout", "prefix: /pay");
    repository.write("mesh.yaml", "rootNamespace: [\n");
    assert_ne!(repository.stdout("routes"), before);
    assert_eq!(repository.stdout("routes --rev HEAD"), before);
    assert_eq!(repository.stdout("routes --rev :"), before);
    let asked = "explain host https://www.shop.example.com/checkout";
    let answer = repository.stdout(&format!("{asked} --rev HEAD"));
    assert!(answer.contains("checkout.shop:80"), "{answer}");
    assert!(!repository.stdout(asked).contains("checkout.shop:80"));
    // The MeshConfig is that of the revision, where it has one.
    let lint = |flags: &str| repository.run(&format!("lint --exit-zero {flags}")).status.code();
    assert_eq!(lint("--mesh-config mesh.yaml"), Some(2));
    assert_eq!(lint("--mesh-config mesh.yaml --rev HEAD"), Some(0));
    assert_eq!(lint("--mesh-config mesh.yaml --rev HEAD~1"), Some(2));
}

#[test]
fn clusters_of_the_config_file_are_compared_one_by_one() {
    let repository = Repository::of_example("clusters");
    // The config file is that of the work tree, also for the revision that has none.
    repository.write(
        ".gwctl.yaml",
        "clusters:\n  a: {paths: [apps, infra]}\n  b: {paths: [infra, more]}\nignore: [GW112]\n",
    );
    repository.write("more/shop.yaml", repository.text("apps/shop.yaml"));
    let new = repository.found("--new-since HEAD --cluster b");
    assert_eq!(new, ["GW304 more/shop.yaml:35"]);
    assert_eq!(repository.found("--new-since HEAD"), new);
    repository.fails("lint --rev HEAD", "`more` is not in `HEAD`");
    assert_eq!(repository.run("lint --rev HEAD --cluster a -e").status.code(), Some(0));
}

#[test]
fn what_git_cannot_tell_ends_the_run() {
    let repository = Repository::of_example("failures");
    let untouched = fs::read(repository.0.join(".git/index")).expect("an index");
    for command in ["lint --rev", "routes --rev", "lint --new-since"] {
        repository.fails(
            &format!("{command} nowhere"),
            "cannot read the revision `nowhere`: Not a valid object name nowhere",
        );
        repository.fails(&format!("{command} nowhere"), "`git fetch origin nowhere`");
    }
    repository.fails("lint --rev=--help", "a revision does not begin with `-`");
    repository.fails("lint --rev HEAD:apps", "name what is to be read of it as a PATH");
    repository.fails("lint --rev HEAD:apps/shop.yaml", "name what is to be read of it as a PATH");
    repository.fails("lint --rev HEAD:nowhere", "path 'nowhere' does not exist in 'HEAD'");
    repository.fails("lint --rev HEAD apps none.yaml", "`none.yaml` is not in `HEAD`");
    repository.fails("lint --rev : none", "`none` is not in the index");
    repository.fails("lint --rev HEAD none/*.yaml", "no file matches `none/*.yaml`");
    repository.fails("lint --rev HEAD apps/*.json", "no file matches `apps/*.json`");
    repository.fails("lint --rev HEAD - apps", "standard input has no revisions");
    repository.fails("lint --new-since HEAD -", "standard input has no revisions");
    repository.fails("lint --rev HEAD ..", "`..` is not in the work tree");
    let mut without = repository.command("", "lint --rev HEAD");
    without.env("PATH", "/nowhere");
    check_failure(without, "the program `git` cannot be started");
    let mut outside = repository.command("apps", "lint --rev HEAD");
    outside.env("GIT_CEILING_DIRECTORIES", repository.0.join("apps")).env("GIT_DIR", "none");
    check_failure(outside, "not a git repository");
    let bare = repository.command(".git", "lint --rev HEAD");
    check_failure(bare, "this operation must be run in a work tree");
    // A commit may be found by its message.
    assert_eq!(repository.found("--rev :/change").len(), 2);
    assert_eq!(fs::read(repository.0.join(".git/index")).expect("an index"), untouched);
}

#[test]
fn what_is_not_there_yet_is_all_new() {
    let repository = Repository::of_example("new");
    repository
        .write("more/shop.yaml", repository.text("apps/shop.yaml").replace("shop\n", "till\n"));
    assert!(
        repository.found("--new-since HEAD more infra").contains(&"GW304 more/shop.yaml:35".into())
    );
    assert!(
        repository
            .found("--new-since HEAD more/* infra")
            .contains(&"GW304 more/shop.yaml:35".into())
    );
    // The folder may be where one stands.
    let mut command =
        repository.command("more", "lint --new-since HEAD -o concise .. --select GW304");
    let output = command.output().expect("the binary runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn an_index_may_be_empty_or_in_conflict() {
    let repository = Repository::new("index");
    let said = |line: &str| {
        let output = repository.run(line);
        (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
    };
    assert_eq!(said("lint --rev :"), ("no Istio ingress objects in 0 files\n".to_owned(), Some(0)));
    repository.fails("lint --rev HEAD", "cannot read the revision `HEAD`");
    let service =
        |name: &str| format!("apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\n");
    repository.write("a.yaml", service("a"));
    repository.write("b.yaml", service("b"));
    repository.commit();
    repository.git("checkout -q -b other");
    repository.write("a.yaml", service("other"));
    repository.commit();
    repository.git("checkout -q main");
    repository.write("a.yaml", service("ours"));
    repository.commit();
    let merge = alone(Command::new("git"))
        .args(["merge", "-q", "other"])
        .current_dir(&repository.0)
        .output();
    assert!(!merge.expect("git is there").status.success());
    let (text, exit) = said("lint --rev :");
    assert!(
        text.contains("error: cannot read `a.yaml`: it is in conflict and not merged yet"),
        "{text}"
    );
    assert_eq!(exit, Some(2));
    assert_eq!(said("lint --rev : b.yaml").1, Some(0));
    assert_eq!(said("lint --rev HEAD").1, Some(0));
    repository.fails("lint --rev : a.yaml", "it is in conflict and not merged yet");
}

#[test]
fn submodules_are_not_read() {
    let inner = Repository::of_example("inner");
    let outer = Repository::of_example("outer");
    outer.git(&format!("submodule --quiet add {} vendored", inner.0.display()));
    outer.commit();
    let output = outer.run("lint --rev HEAD -o concise");
    let notes = String::from_utf8_lossy(&output.stderr);
    assert!(
        notes.contains(
            "note: `vendored` is a submodule, which has revisions of its own: it is not read"
        ),
        "{notes}"
    );
    assert!(!String::from_utf8_lossy(&output.stdout).contains("vendored"));
    let output = outer.run("lint --new-since HEAD -o concise apps infra");
    assert_eq!(output.status.code(), Some(0));
    let notes = String::from_utf8_lossy(&output.stderr);
    assert!(notes.contains("note: submodules are not read at `HEAD`"), "{notes}");
    outer.fails("lint --rev HEAD vendored", "`vendored` is not in `HEAD`");
    outer.fails("lint --rev HEAD vendored/apps", "`vendored/apps` is not in `HEAD`");
}

#[test]
fn git_finds_the_repository_by_its_variables() {
    let repository = Repository::of_example("variables");
    repository.replace("apps/shop.yaml", "host: checkout", "host: chekout");
    let elsewhere = Repository::new("elsewhere");
    fs::rename(repository.0.join(".git"), elsewhere.0.join("kept")).expect("it can be moved");
    let lint = |folder: &str, line: &str| {
        let mut command = repository.command(folder, line);
        command.env("GIT_DIR", elsewhere.0.join("kept")).env("GIT_WORK_TREE", &repository.0);
        String::from_utf8_lossy(&command.output().expect("the binary runs").stdout).into_owned()
    };
    let new = lint("", "lint -o concise --new-since HEAD");
    assert!(new.starts_with("apps/shop.yaml:18:") && new.lines().count() == 1, "{new}");
    let old = lint("infra", "lint -o concise --rev HEAD ..");
    assert!(old.contains("../apps/shop.yaml:35:") && !old.contains("chekout"), "{old}");
}

/// What is known by the baseline takes no place of what is new, nor does a new name of the file make it new.
#[test]
fn what_the_baseline_allows_is_compared_first() {
    let shop = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\n\
                spec:\n  hosts: [shop.example.com]\n  http:\n  - route: [{destination: {host: web}}]\n  bogus: 1\n";
    let repository = Repository::new("allowed");
    repository.write("shop.yaml", shop);
    repository.run("lint --write-baseline --select GW002");
    repository.commit();
    let flags = "--select GW002,GW814 --baseline .gwctl-baseline.json --new-since HEAD";
    assert!(repository.found(flags).is_empty());
    repository.write("shop.yaml", format!("{shop}---\n{shop}"));
    assert_eq!(repository.found(flags), ["GW002 shop.yaml:17"]);
    repository.git("checkout -q shop.yaml");
    repository.git("mv shop.yaml till.yaml");
    // Whether the baseline was stale at the revision, too, nobody knows.
    assert!(repository.found(&format!("{flags} --deny-warnings")).is_empty());
}
