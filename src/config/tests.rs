use super::*;
use crate::finding::{Category, RuleOption};

static DAYS: RuleOption = RuleOption { name: "days", default: 3 };
static OPTIONS: [&RuleOption; 1] = [&DAYS];
static TLS: Rule = rule("GW205", "missing-secret", &["IST0101"]);
static RULES: [&Rule; 2] = [&TLS, &HOST];
static HOST: Rule = rule("GW304", "unbound-host", &["IST0101"]);

const fn rule(code: &'static str, name: &'static str, aliases: &'static [&'static str]) -> Rule {
    Rule {
        code,
        name,
        category: Category::Tls,
        severity: Severity::Error,
        on_by_default: true,
        aliases,
        options: &OPTIONS,
        docs: "",
    }
}

fn vocabulary() -> Vocabulary<'static> {
    Vocabulary {
        rules: &RULES,
        versions: &["1.30", "1.31"],
        formats: &["full", "json"],
        kinds: &["Service"],
        gwctl: "0.1.0",
        kind: |text| match text {
            "Service" => Ok(text.to_owned()),
            _ => Err("unknown kind; did you mean `Service`?".to_owned()),
        },
        output: |text| match text {
            "json" => Ok(()),
            _ => Err("formats are full, json".to_owned()),
        },
    }
}

fn config(text: &str) -> Config {
    read(text, &vocabulary()).unwrap_or_else(|error| panic!("{error:?}"))
}

/// Message, the text of the place, and the help.
fn error(text: &str) -> (String, String, String) {
    let error = read(text, &vocabulary()).expect_err(text);
    let place = &text[error.span.start as usize..error.span.end as usize];
    (error.message, place.to_owned(), error.help.unwrap_or_default())
}

#[test]
fn versions_need_no_quotes() {
    assert_eq!(config("istio-version: 1.30").istio_version.as_deref(), Some("1.30"));
    assert_eq!(config("istio-version: \"1.31\"").istio_version.as_deref(), Some("1.31"));
    assert_eq!(config("istio-version: v1.31.2").istio_version.as_deref(), Some("1.31"));
}

#[test]
fn an_empty_file_and_empty_keys_say_nothing() {
    for text in ["", "# nothing\n", "---\n", "namespace:\nexclude: ~\n---\n# more\n"] {
        let config = config(text);
        assert!(config.namespace.is_none() && config.exclude.is_empty(), "{text}");
    }
}

#[test]
fn one_text_is_a_list_of_one() {
    assert_eq!(config("paths: infra").paths, Some(vec!["infra".to_owned()]));
    assert_eq!(config("paths: [a, b]").paths, Some(vec!["a".to_owned(), "b".to_owned()]));
}

#[test]
fn ids_of_other_tools_mean_all_their_rules() {
    let levels = config("severity: {IST0101: off}").severity;
    let codes: Vec<_> = levels.iter().map(|(rule, level)| (rule.code, *level)).collect();
    assert_eq!(codes, [("GW205", None), ("GW304", None)]);
}

#[test]
fn every_key_is_read() {
    for key in KEYS {
        // A value of no type that any key has: the reader knows the key, and complains of the value.
        let (message, ..) = error(&format!("{}: [[]]", key.name));
        assert!(!message.starts_with("unknown key"), "{}: {message}", key.name);
    }
}

#[test]
fn mistakes_have_a_place_and_a_way_out() {
    for (text, message, place, help) in [
        ("severty: {}", "unknown key `severty`", "severty", "did you mean `severity`?"),
        ("tests: x", "unknown key `tests`", "tests", "keys are required-version"),
        ("hidden: maybe", "`hidden` must be `true` or `false`, not a text", "maybe", ""),
        ("namespace: [a]", "`namespace` must be a text, not a list", "[a]", ""),
        ("namespace: ' '", "`namespace` is empty", "' '", ""),
        ("paths: {a: b}", "`paths` must be a list of texts, not a mapping", "{a: b}", ""),
        ("paths: []", "`paths` names nothing", "[]", ""),
        ("paths: [-]", "", "", ""),
        ("paths: ['-']", "`paths` cannot name stdin", "'-'", ""),
        ("istio-version: 1.3", "`istio-version` cannot be `1.3`", "1.3", "write one of 1.30, 1.31"),
        ("required-version: '>=9'", "this file requires gwctl >=9, and this is 0.1.0", "'>=9'", ""),
        ("required-version: x", "`x` is no condition for a version", "x", "write conditions"),
        (
            "select: [unbuond-host]",
            "unknown rule `unbuond-host`",
            "unbuond-host",
            "`unbound-host`?",
        ),
        ("select: []", "`select` names no rule", "[]", ""),
        ("severity: {GW30: info}", "unknown rule `GW30`", "GW30", "did you mean `GW304`?"),
        ("severity: {GW304: eror}", "`severity.GW304` cannot be `eror`", "eror", "`error`?"),
        ("severity: {GW304: [a]}", "`severity.GW304` must be one of error, warning", "[a]", ""),
        (
            "severity: {GW304: off, unbound-host: info}",
            "`severity` names GW304 twice",
            "unbound-host",
            "",
        ),
        ("rules: {GW304: {x: 1}}", "unbound-host has no option `x`", "x", "its page"),
        ("rules: {GW304: {day: 1}}", "unbound-host has no option `day`", "day", "`days`?"),
        ("rules: {GW304: {days: x}}", "`rules.GW304.days` must be a whole number", "x", ""),
        ("rules: {GW304: {days: -1}}", "`rules.GW304.days` must be between 0 and", "-1", ""),
        ("rules: {GW304: {days: 1}, GW205: {days: 2}}", "`rules` sets `days` twice", "days", ""),
        ("rules: {GW999: {}}", "unknown rule `GW999`", "GW999", ""),
        (
            "per-path: {a: {ignroe: [GW304]}}",
            "unknown key `ignroe` in `per-path`",
            "ignroe",
            "`ignore`?",
        ),
        ("per-path: {a: {ignore: [x]}}", "unknown rule `x`", "x", "lists all rules"),
        ("per-object: {shop: {}}", "`shop` is not `KIND NAMESPACE/NAME`", "shop", ""),
        ("fail-on: errors", "`fail-on` cannot be `errors`", "errors", "did you mean `error`?"),
        ("output: xml", "`output` cannot be `xml`: formats are full, json", "xml", ""),
        ("complete: [Servce]", "unknown kind `Servce` in `complete`", "Servce", "`Service`?"),
        ("clusters: {prod: {}}", "cluster `prod` has no paths", "prod", "write what it reads"),
        ("clusters: {prod: {path: [a]}}", "unknown key `path` of a cluster", "path", "`paths`?"),
        ("clusters: {prod: a}", "`clusters.prod` must be a mapping, not a text", "a", ""),
        ("proxies: {a: {}}", "proxy `a` has no labels", "a", "labels of its Pods"),
        ("proxies: {a: {lables: {}}}", "unknown key `lables` of a proxy", "lables", "`labels`?"),
        (
            "proxies: {a: {labels: {b: c}, ports: {http: 1}}}",
            "`http` in `proxies.a.ports` is no port",
            "http",
            "80: 8080",
        ),
        (
            "proxies: {a: {labels: {b: c}, ports: {80: 0}}}",
            "`proxies.a.ports.80` must be between 1 and 65535",
            "0",
            "",
        ),
        (
            "proxies: {a: {labels: {b: c}, service: x}}",
            "`proxies.a.service` must be NAMESPACE/NAME, not `x`",
            "x",
            "",
        ),
        (
            "proxies: {a: {ports: {80: 1}, service: x/y}}",
            "proxy `a` has both ports and service",
            "service",
            "leave out one",
        ),
        ("proxies: {a=b: {}}", "a proxy has a name without `=`", "a=b", ""),
        ("hidden: true\nhidden: false", "the same key twice", "hidden", ""),
        ("- a", "a config file is a mapping of keys to values", "- a", "write keys"),
        ("hidden: true\n---\nhidden: true", "a config file is one document", "hidden: true", ""),
        ("a: [", "", "", ""),
    ] {
        let (said, at, way) = error(text);
        assert!(said.starts_with(message), "{text}: {said}");
        assert!(place.is_empty() || at == place, "{text}: `{at}`");
        assert!(way.contains(help), "{text}: {way}");
    }
}
