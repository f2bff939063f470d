//! One mistake at several places: each place is known, counted and compared by itself, and people see it once.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::flags::{Run, run_in};

/// A VirtualService whose rules send to such destinations, each of which begins a line from 14 on.
fn shop(destinations: &[&str]) -> String {
    let rules = (0..).zip(destinations).map(|(at, to)| {
        let (to, comment) = to.split_once('#').map_or((*to, String::new()), |(to, comment)| {
            (to, format!("  #{comment}"))
        });
        format!("  - {{match: [{{uri: {{prefix: /p{at}}}}}], route: [{{destination: {{{}}}}}]}}{comment}\n", to.trim())
    });
    format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: shop}}\nspec: {{ports: [{{name: http, port: 8080}}]}}\n\
         ---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: shop, namespace: shop}}\nspec:\n  \
         gateways: [infra/public]\n  hosts:\n  - shop.example.com\n  http:\n{}",
        rules.collect::<String>()
    )
}

const GATEWAY: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*.example.com']
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: front}
spec: {ports: [{name: http, port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: two, namespace: shop}
spec: {ports: [{name: http, port: 8080}, {name: admin, port: 9090}]}
---
apiVersion: v1
kind: Service
metadata: {name: pods, namespace: shop}
spec: {ports: [{name: http, port: 8080, targetPort: 3000}]}
";

fn folder(test: &str, destinations: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("places").join(test);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(folder.join(".git")).expect("a folder");
    fs::write(folder.join("gateway.yaml"), GATEWAY).expect("a file");
    write(&folder, destinations);
    folder
}

fn write(folder: &Path, destinations: &[&str]) {
    fs::write(folder.join("shop.yaml"), shop(destinations)).expect("a file");
}

fn lint(folder: &Path, line: &str) -> Run {
    let words: Vec<&str> =
        ["lint", "-o", "concise"].into_iter().chain(line.split_whitespace()).collect();
    run_in(folder, &words, &[])
}

/// The lines and codes of the findings of a run.
fn found(folder: &Path, line: &str) -> Vec<String> {
    let run = lint(folder, line);
    assert_ne!(run.code, Some(2), "{}", run.err);
    let place = |text: &str| {
        let parts: Vec<&str> = text.split([':', '[', ']']).collect();
        format!("{} {}", parts[1], parts[4])
    };
    run.out.lines().map(place).collect()
}

/// Mistakes that several destinations can share, with the code of the rule.
const MISTAKES: [(&str, &str, &str); 8] = [
    ("GW601", "host: nope", ""),
    ("GW602", "host: cart", ""),
    ("GW603", "host: web.shop", "--complete Service,ServiceEntry"),
    ("GW604", "host: web, port: {number: 81}", ""),
    ("GW608", "host: web, subset: v9", "--complete DestinationRule"),
    ("GW605", "host: two", ""),
    ("GW606", "host: pods, port: {number: 3000}", ""),
    ("GW615", "host: api.example.net, port: {number: 443}", ""),
];

#[test]
fn a_comment_holds_for_its_line() {
    for (code, to, flags) in MISTAKES {
        let comment = format!("{to} # gwctl: ignore[{code}] known");
        let folder = folder("comment", &[to, &comment, to]);
        let flags = format!("--select {code},GW807 {flags}");
        let expected = |lines: &[u8]| -> Vec<String> {
            lines.iter().map(|line| format!("{line} {code}")).collect()
        };
        assert_eq!(found(&folder, &flags), expected(&[14, 16]));
        let all = found(&folder, &format!("{flags} --no-ignores"));
        assert_eq!(all, expected(&[14, 15, 16]));
        let run = lint(&folder, &flags);
        assert!(
            run.err.contains("2 findings") && run.err.contains("(1 suppressed)"),
            "{}",
            run.err
        );
        write(&folder, &[&comment, &comment]);
        assert!(found(&folder, &flags).is_empty());
    }
}

#[test]
fn a_baseline_counts_places() {
    let to = "host: nope";
    let folder = folder("baseline", &[to, to]);
    let run = lint(&folder, "--write-baseline");
    assert!(run.err.contains("2 findings that will not be reported"), "{}", run.err);
    let text = fs::read_to_string(folder.join(".gwctl-baseline.json")).expect("a text");
    assert_eq!(text.matches("GW601").count(), 2, "{text}");
    let flags = "--baseline .gwctl-baseline.json";
    assert!(found(&folder, flags).is_empty());
    write(&folder, &["host: web", to, to, to]);
    // The rule `/p0` is mended, `/p2` and `/p3` are new.
    assert_eq!(found(&folder, flags), ["16 GW601", "17 GW601"]);
    let run = lint(&folder, flags);
    assert!(run.err.contains("baseline is stale, run --write-baseline: 1 of 2"), "{}", run.err);
}

#[test]
fn a_new_place_of_an_old_mistake_is_new() {
    for (code, to, flags) in MISTAKES {
        let folder = folder("since", &[to]);
        let git = |line: &str| {
            let mut git = Command::new("git");
            let git = git.args(["-c", "user.name=a", "-c", "user.email=a@b"]);
            let output = git.args(line.split_whitespace()).current_dir(&folder).output();
            assert!(output.expect("git is there").status.success(), "{line}");
        };
        fs::remove_dir(folder.join(".git")).expect("a folder");
        git("init -q");
        git("add .");
        git("commit -q -m one");
        let flags = format!("--new-since HEAD --select {code} {flags}");
        assert!(found(&folder, &flags).is_empty());
        write(&folder, &["host: web", to, to]);
        assert_eq!(found(&folder, &flags), [format!("15 {code}"), format!("16 {code}")]);
        write(&folder, &[to, to]);
        assert_eq!(found(&folder, &flags), [format!("15 {code}")]);
    }
}

#[test]
fn people_see_a_mistake_once_and_programs_each_place() {
    let to = "host: wep";
    let folder = folder("formats", &[to, to, to, to, to, to]);
    let run = run_in(&folder, &["lint"], &[]);
    assert_eq!(run.out.matches("destination-not-found").count(), 1, "{}", run.out);
    assert!(run.out.contains("503 (NC) (at 6 places)"), "{}", run.out);
    assert!(run.out.contains("here, too, and at 2 more"), "{}", run.out);
    assert!(run.err.contains("6 findings: 6 errors"), "{}", run.err);
    // What a line of its own has is no other place.
    let concise = lint(&folder, "");
    let lines: Vec<&str> = concise.out.lines().collect();
    assert_eq!(lines.len(), 6);
    assert!(lines.iter().all(|line| line.ends_with("(other place: shop.yaml:3)")), "{lines:?}");
    let json = run_in(&folder, &["lint", "-o", "json"], &[]);
    let json: Value = serde_json::from_str(&json.out).expect("JSON");
    let findings = json["findings"].as_array().expect("a list");
    let mut prints: Vec<&str> =
        findings.iter().filter_map(|finding| finding["fingerprint"].as_str()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!((findings.len(), prints.len()), (6, 6));
}

#[test]
fn a_gateway_that_is_not_there_is_told_wherever_it_is_named() {
    let folder = folder("gateways", &[]);
    let rule = |at: u8, comment: &str| {
        format!(
            "  - match: [{{uri: {{prefix: /{at}}}, gateways: [infra/pubic]}}]{comment}\n    route: [{{destination: {{host: web}}}}]\n"
        )
    };
    let text = shop(&[]) + &rule(1, "  # gwctl: ignore[GW301] later") + &rule(2, "") + &rule(3, "");
    fs::write(folder.join("shop.yaml"), text).expect("a file");
    assert_eq!(found(&folder, "--select GW301"), ["16 GW301", "18 GW301"]);
}
