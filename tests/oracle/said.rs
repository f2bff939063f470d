//! What `gwctl lint` must say of some of the recorded cases, and of which it must say nothing.

use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

/// A finding that a case must have: the code, the object, and a text in the message.
struct Said {
    case: &'static str,
    code: &'static str,
    object: &'static str,
    text: &'static str,
}

const SAID: &[Said] = &[
    Said {
        case: "5-02-bookinfo-mongo",
        code: "GW312",
        object: "bookinfo-namespace/bookinfo-mongo",
        text: "port 27017",
    },
    Said { case: "5-04-namespaced-hosts", code: "GW307", object: "ns3/v", text: "not for `ns3`" },
    Said { case: "5-04-namespaced-hosts", code: "GW307", object: "ns2/w", text: "not for `ns2`" },
];

/// Cases (by prefix) without findings of severity error or warning.
const SILENT: &[&str] =
    &["1-02", "1-03", "1-04", "1-05", "1-06", "1-07", "1-08", "2-01", "3-01", "5-03"];

/// None where the folder is absent.
pub(crate) fn trials(seeds: &Path) -> Option<Vec<Trial>> {
    let cases = crate::cases(seeds)?;
    let said = SAID.iter().map(|said| {
        let folder = seeds.join(said.case);
        Trial::test(format!("said/{}/{}", said.case, said.object), move || is_said(&folder, said))
    });
    let silent = cases.iter().filter(|case| SILENT.iter().any(|prefix| case.starts_with(prefix)));
    let silent = silent.map(|case| {
        let folder = seeds.join(case);
        Trial::test(format!("said/{case}/nothing"), move || is_silent(&folder))
    });
    Some(said.chain(silent).collect())
}

fn is_said(folder: &Path, said: &Said) -> Result<(), Failed> {
    let findings = lint(folder)?;
    let found = findings.iter().any(|finding| {
        let object = &finding["object"];
        let name = format!("{}/{}", text(&object["namespace"]), text(&object["name"]));
        text(&finding["rule"]["code"]) == said.code
            && name == said.object
            && text(&finding["message"]).contains(said.text)
    });
    if found { Ok(()) } else { Err(format!("not among {findings:#?}").into()) }
}

fn is_silent(folder: &Path) -> Result<(), Failed> {
    let loud = |finding: &Value| matches!(text(&finding["severity"]), "error" | "warning");
    match lint(folder)?.into_iter().find(loud) {
        None => Ok(()),
        Some(finding) => Err(finding.to_string().into()),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The findings.
fn lint(case: &Path) -> Result<Vec<Value>, Failed> {
    let output = Command::new(env!("CARGO_BIN_EXE_gwctl"))
        .args(["--no-config", "lint", "--fail-on", "never", "-o", "json"])
        .arg(case.join("input"))
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let mut report: Value = serde_json::from_slice(&output.stdout)?;
    match report["findings"].take() {
        Value::Array(findings) => Ok(findings),
        _ => Err("no list of findings".into()),
    }
}
