//! What README.md and action.yml tell pipelines to run works: each command runs as its system would run it, on the
//! example, with the files that it names.
#![expect(clippy::disallowed_methods, reason = "tests read the documents")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::common::root;

/// A folder with the example in it, which is gone when the test ends.
pub(crate) struct Example(pub(crate) PathBuf);

impl Example {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ci-{name}"));
        let _ = fs::remove_dir_all(&folder);
        for part in ["apps", "infra"] {
            fs::create_dir_all(folder.join(part)).expect("a folder can be made");
            for entry in fs::read_dir(root().join("testdata/example").join(part))
                .expect("the example is there")
            {
                let from = entry.expect("an entry can be read").path();
                let to = folder.join(part).join(from.file_name().expect("a file has a name"));
                fs::copy(&from, to).expect("a file can be copied");
            }
        }
        Self(folder)
    }

    /// Runs a script as a pipeline does, with gwctl on the PATH.
    pub(crate) fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let gwctl = assert_cmd::cargo::cargo_bin!("gwctl");
        let bin = gwctl.parent().expect("a file has a folder").display();
        let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("bash");
        command.args(["-eo", "pipefail", "-c", script]).current_dir(&self.0).stdin(Stdio::null());
        command.env("PATH", path).envs(variables.iter().copied());
        command.output().expect("bash is there")
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The value of `KEY: COMMAND` where it is a command of gwctl, in README.md.
fn commands_of_readme() -> Vec<String> {
    let text = fs::read_to_string(root().join("README.md")).expect("README.md");
    let value = |line: &str| {
        let line = line.trim().trim_start_matches("- ");
        let command = line.strip_prefix("run: ").or_else(|| line.strip_prefix("script: "))?;
        command.starts_with("gwctl ").then(|| command.to_owned())
    };
    text.lines().filter_map(value).collect()
}

/// The script of a step of action.yml.
fn step_of_action(name: &str) -> String {
    let text = fs::read_to_string(root().join("action.yml")).expect("action.yml");
    let step =
        text.split("\n  - name: ").find(|step| step.starts_with(name)).expect("the step is there");
    let (_, script) = step.split_once("run: |\n").expect("the step runs a script");
    script.lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_commands_of_readme_run_in_a_pipeline() {
    let commands = commands_of_readme();
    assert!(commands.len() >= 3, "README.md has the commands of GitHub and GitLab: {commands:?}");
    for (at, command) in commands.iter().enumerate() {
        let example = Example::new(&format!("readme-{at}"));
        let output = example.run(command, &[]);
        let expected = i32::from(!command.contains("--fail-on never"));
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        for (_, file) in command.split_whitespace().filter_map(|word| word.split_once('=')) {
            let text = example.text(file);
            assert!(text.contains("GW304"), "{command}: {file} holds the findings");
        }
    }
}

#[test]
fn the_action_annotates_and_fails_like_the_command() {
    let script = step_of_action("Lint");
    let none = [("PATHS", ""), ("FAIL_ON", ""), ("SARIF", ""), ("ARGS", "")];
    let example = Example::new("action");
    let output = example.run(&script, &none);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let annotations = String::from_utf8(output.stdout).expect("the output is UTF-8");
    assert!(annotations.contains("::error file=apps/shop.yaml,line=35"), "{annotations}");

    let all = [
        ("PATHS", "apps  infra"),
        ("FAIL_ON", "never"),
        ("SARIF", "out.sarif"),
        ("ARGS", "--ignore GW307"),
    ];
    let output = example.run(&script, &all);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let annotations = String::from_utf8(output.stdout).expect("the output is UTF-8");
    assert!(annotations.contains("GW304") && !annotations.contains("GW307"), "{annotations}");
    assert!(example.text("out.sarif").contains("\"GW304\""));

    // An input is text: nothing in it is run.
    let evil = [
        ("PATHS", "$(touch evil) ; touch evil"),
        ("FAIL_ON", "never"),
        ("SARIF", ""),
        ("ARGS", "`touch evil`"),
    ];
    example.run(&script, &evil);
    assert!(!example.0.join("evil").exists());
}

#[test]
fn the_action_puts_gwctl_on_the_path() {
    let script = step_of_action("Build gwctl");
    let example = Example::new("build");
    let folder = example.0.to_str().expect("the path is UTF-8");
    // A cargo that says what it was asked: building is for CI itself.
    let stub = format!("cargo() {{ echo \"$@\" > asked; }}\n{script}");
    let source = root();
    let variables = [
        ("GWCTL_SOURCE", source.to_str().expect("the path is UTF-8")),
        ("RUNNER_TEMP", folder),
        ("GITHUB_PATH", "path"),
    ];
    let output = example.run(&stub, &variables);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(example.text("asked").starts_with("install --locked"));
    assert_eq!(example.text("path").trim(), format!("{folder}/gwctl/bin"));
}
