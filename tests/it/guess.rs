//! What a newcomer types first (cli.md 22.18), row by row. Left out, since the commands and flags are later work:
//! `gwctl lint --fix --diff`, and rows about `graph`, `diff`, `test` and `lsp`.

use crate::common::root;
use crate::flags::{Run, run_in};

fn run(line: &str) -> Run {
    run_in(root(), &line.split_whitespace().collect::<Vec<_>>(), &[])
}

#[track_caller]
fn fails(line: &str, hint: &str) {
    let run = run(line);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{line}");
    assert!(run.err.contains(hint), "{line}: {}", run.err);
}

const EXAMPLE: &str = "testdata/example";

#[test]
fn help_is_asked_for_in_several_ways() {
    let help = run("-h");
    assert_eq!(help.code, Some(0));
    assert_eq!(run("help").out, help.out);
    let bare = run("");
    assert_eq!(bare.code, Some(2));
    assert!(bare.err.contains("Usage: gwctl <COMMAND>"), "{}", bare.err);
}

#[test]
fn lint_has_other_names() {
    let lint = run(&format!("lint {EXAMPLE}"));
    assert_eq!(lint.code, Some(1));
    for line in ["check", "analyze", "validate -f"] {
        assert_eq!(run(&format!("{line} {EXAMPLE}")).out, lint.out, "{line}");
    }
    let here = run_in(&root().join(EXAMPLE), &["lint", "."], &[]);
    assert_eq!(here.out, run_in(&root().join(EXAMPLE), &["check"], &[]).out);
    assert_eq!(here.code, Some(1));
}

#[test]
fn json_is_asked_for_in_several_ways() {
    let json = |flag: &str| run(&format!("lint {flag} json {EXAMPLE}")).out;
    assert!(json("-o").starts_with('{'));
    assert_eq!(json("--format"), json("-o"));
    assert_eq!(json("--output-format"), json("-o"));
}

#[test]
fn rules_are_chosen_by_what_they_are_called() {
    for (words, code, found) in [
        ("--select GW3", 1, &["GW307", "GW304"][..]),
        // It is that of GW307, too, of which GW305 then is what is left to say.
        ("--ignore IST0132", 0, &["GW305"]),
        ("--select tls", 0, &[]),
    ] {
        let run = run(&format!("lint -o concise {words} {EXAMPLE}"));
        assert_eq!(run.code, Some(code), "{words}: {}", run.err);
        let codes: Vec<&str> =
            run.out.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
        assert_eq!(codes, found, "{words}");
    }
}

#[test]
fn mistakes_say_what_to_type() {
    fails("lint --min-severity medium", "severities are error, warning, info");
    fails("proxy-config routes x", "`gwctl routes`");
    fails("pc r", "`gwctl routes`");
    fails("get gateways", "kubernetes-sigs/gwctl");
    fails("describe", "kubernetes-sigs/gwctl");
    fails("--completions zsh", "gwctl completions zsh");
    fails("lint --noqa", "--no-ignores");
    fails("init", "`gwctl config init`");
    fails("list", "`gwctl rules`");
    fails("lint -k infra", "`kustomize build DIR | gwctl lint -`");
    fails("lint --severity error", "`--min-severity error`");
    fails("lint --kubeconfig x", "never talks to a cluster");
    fails("lnit", "a similar subcommand exists: 'lint'");
}

#[test]
fn quoted_globs_are_expanded() {
    let run = run(&format!("lint -o concise {EXAMPLE}/**/*.yaml"));
    assert_eq!((run.code, run.out.lines().count()), (Some(1), 2), "{}{}", run.out, run.err);
}

#[test]
fn the_namespace_of_routes_is_that_of_objects_without_one() {
    let run = run(&format!("routes -n istio-system {EXAMPLE}"));
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.starts_with("PROXY "), "{}", run.out);
    assert!(!run.err.contains("--proxy"), "{}", run.err);
}

#[test]
fn where_routes_finds_nothing_it_suggests_to_choose_a_proxy() {
    for nothing in ["README.md", &format!("--host nowhere.example {EXAMPLE}")] {
        let run = run(&format!("routes -n istio-system {nothing}"));
        assert_eq!(run.code, Some(0), "{}", run.err);
        let hint = "`-n istio-system` is the namespace of objects that state none; `--proxy` chooses a proxy";
        assert!(run.err.contains(hint), "{}", run.err);
    }
    let run = run("routes README.md");
    assert!(run.err.contains("`--proxy NAMESPACE/key=value` defines one"), "{}", run.err);
    assert!(!run.err.contains("`-n"), "{}", run.err);
}

#[test]
fn explain_knows_hosts_from_rules() {
    let host = run(&format!("explain www.shop.example.com {EXAMPLE}"));
    assert_eq!(host.out, run(&format!("explain host www.shop.example.com {EXAMPLE}")).out);
    assert_eq!(host.code, Some(0), "{}", host.err);
    let rule = run("explain rule GW301");
    assert_eq!(rule.code, Some(0));
    assert!(rule.out.starts_with("GW301 "), "{}", rule.out);
    assert_eq!(run("explain GW301").out, rule.out);
    assert_eq!(run("rule GW301").out, rule.out);
}
