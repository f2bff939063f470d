//! What `gwctl explain host` says: commands and their texts, in `testdata/explain`.

use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;

use crate::common::{compare, root};

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

fn explain(words: &str) -> String {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "COLUMNS"] {
        command.env_remove(variable);
    }
    let folder = root().join("testdata/explain/shop");
    command.current_dir(folder).args(["explain", "host"]).args(words.split(' '));
    let output = command.output().expect("the binary runs");
    let code = output.status.code().expect("the binary ends by itself");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("the output is UTF-8");
    format!("$ gwctl explain host {words}\n{text}[exit {code}]\n")
}

#[test]
fn answers_are_told_step_by_step_and_refusals_with_what_is_near() {
    let text = SHOP.map(explain).join("\n");
    compare("testdata/explain/shop.txt", &text).unwrap();
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
    let output = run("{\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.starts_with(b"{\"error\":"));
}
