//! What `gwctl explain host` says: commands and their texts, in `testdata/explain`. `UPDATE=1 cargo test` rewrites them.
//!
//! A file `NAME.yaml` holds manifests and, in comments that begin with `# $ gwctl explain host`, what is asked of them;
//! `NAME.txt` holds the answers.
#![expect(clippy::disallowed_methods, reason = "tests read their own files")]

use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;

use crate::common::{compare, names, root};
use crate::schema::violations;

const FOLDER: &str = "testdata/explain";

/// The commands that are asked of the folder `shop`.
const SHOP: [&str; 13] = [
    "https://shop.example.com/cart --trace",
    "https://shop.example.com/cart -H x-beta:1",
    "https://shop.example.com/old/",
    "https://shop.example.com/old",
    "https://shop.example.com/CART/1",
    "https://shop.example.com/health",
    "shop.example.com",
    "shop.example.com:8443",
    "https://shpo.example.com/",
    "https://blog.example.com/",
    "http://example.com/",
    "http://shop.example.com:443/",
    "https://shop.example.com/a%00b",
];

/// What a command prints to stdout and to stderr, and its exit code.
fn run(folder: &str, words: &[&str]) -> (String, String, i32) {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "COLUMNS"] {
        command.env_remove(variable);
    }
    command.current_dir(root().join(folder)).args(["explain", "host"]).args(words);
    let output = command.output().expect("the binary runs");
    let code = output.status.code().expect("the binary ends by itself");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    (text(output.stdout), text(output.stderr), code)
}

fn explain(folder: &str, words: &str, file: Option<&str>) -> String {
    let args: Vec<&str> = words.split(' ').chain(file).collect();
    let (stdout, stderr, code) = run(folder, &args);
    if file.is_some() {
        begins_well(&stdout).unwrap_or_else(|wrong| panic!("{words}: {wrong}\n{stdout}{stderr}"));
    }
    format!("$ gwctl explain host {words}\n{stdout}{stderr}[exit {code}]\n")
}

/// Whether every answer has the outcome, what decided it and where in its first three lines, and a near miss where
/// nothing answers.
fn begins_well(text: &str) -> Result<(), String> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> =
        (0..lines.len()).filter(|&at| lines[at].contains("  →  proxy ")).collect();
    if starts.is_empty() {
        return Err("there is no answer".to_owned());
    }
    for (at, &start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(lines.len());
        let block = &lines[start..end];
        let is_placed = |line: &str| {
            let (_, place) = line.rsplit_once("  ")?;
            place.rsplit_once(".yaml:")?.1.parse::<u32>().ok()
        };
        match block {
            [_, result, by, ..] if result.starts_with("result ") && by.starts_with("by ") => {
                if is_placed(by).is_none() && !by.contains("no Gateway selects it") {
                    return Err(format!("no place in `{by}`"));
                }
                let refused = ["404  ", "503  ", "400  ", "connection ", "TLS handshake rejected"];
                let outcome = result.trim_start_matches("result").trim_start();
                let is_refused = refused.iter().any(|word| outcome.starts_with(word))
                    && !outcome.ends_with("an injected fault");
                if is_refused && !block.contains(&"near") && is_placed(by).is_some() {
                    return Err(format!("nothing is near `{result}`"));
                }
            }
            _ => return Err("the first lines are others".to_owned()),
        }
    }
    Ok(())
}

#[test]
fn answers_are_told_step_by_step_and_refusals_with_what_is_near() {
    let text = SHOP.map(|words| explain("testdata/explain/shop", words, None)).join("\n");
    compare("testdata/explain/shop.txt", &text).unwrap();
}

/// The files with their questions.
fn cases() -> Vec<(String, Vec<String>)> {
    let files = names(&root().join(FOLDER));
    let cases = files.iter().filter_map(|name| name.strip_suffix(".yaml"));
    cases
        .map(|name| {
            let text = std::fs::read_to_string(root().join(format!("{FOLDER}/{name}.yaml")));
            let text = text.expect("the file was just listed");
            let asked =
                text.lines().filter_map(|line| line.strip_prefix("# $ gwctl explain host "));
            (name.to_owned(), asked.map(str::to_owned).collect())
        })
        .collect()
}

#[test]
fn each_thread_is_answered_as_its_file_says() {
    let cases = cases();
    assert!(cases.len() >= 40);
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(name, asked)| {
            assert!(!asked.is_empty(), "{name}.yaml asks nothing");
            let file = format!("{name}.yaml");
            let texts: Vec<_> =
                asked.iter().map(|words| explain(FOLDER, words, Some(&file))).collect();
            compare(&format!("{FOLDER}/{name}.txt"), &texts.join("\n")).err()
        })
        .collect();
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n"));
}

#[test]
fn json_follows_its_schema_and_yaml_says_the_same() {
    let schema = std::fs::read_to_string(root().join("schema/explain.schema.json"));
    let schema: Value = serde_json::from_str(&schema.expect("the schema is there")).expect("JSON");
    for (name, asked) in cases() {
        let file = format!("{name}.yaml");
        for words in asked {
            let args: Vec<&str> = words.split(' ').chain([&*file, "-o"]).collect();
            let (json, stderr, _) = run(FOLDER, &[&args[..], &["json"]].concat());
            let value: Value = serde_json::from_str(&json).expect(&stderr);
            let wrong = violations(&schema, &value);
            assert!(wrong.is_empty(), "{name}, {words}: {}\n{json}", wrong.join("\n"));
            if name == "effects" {
                let (yaml, _, _) = run(FOLDER, &[&args[..], &["yaml"]].concat());
                let same: Value = serde_yaml::from_str(&yaml).expect("YAML");
                assert_eq!(same, value, "{words}");
            }
        }
    }
}

#[test]
fn requests_are_answered_line_by_line() {
    let folder = root().join("testdata/explain/shop");
    let run = |input: &str| {
        let mut command = assert_cmd::Command::cargo_bin("gwctl").expect("the binary is built");
        command.current_dir(&folder).args([
            "explain",
            "host",
            "--requests",
            "-",
            "-o",
            "jsonl",
            ".",
        ]);
        command.write_stdin(input).output().expect("the binary runs")
    };
    let line = r#"{"port":8443,"tls":true,"sni":"shop.example.com","clientCertificate":true,"host":"shop.example.com","path":"/old/"}"#;
    let output = run(&format!("{line}\n\n{line}\n"));
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(r#""location":"https://shop.example.com/new""#), "{text}");
    let output = run("\n{\n");
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("{\"error\":") && text.ends_with(",\"line\":2}\n"), "{text}");
}
