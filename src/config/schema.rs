//! The config file as a JSON Schema, and as a file to begin with: both made of the list of its keys.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{KEYS, Type, Vocabulary, keys};
use crate::finding::{Category, Rule, words::VALIDITY};

/// The JSON Schema of a config file. Editors complete by it; what it cannot say (globs, versions, `FORMAT=FILE`) the
/// reader says. It takes all that the reader takes but for blanks around words.
pub fn schema(vocabulary: &Vocabulary<'_>) -> Value {
    let mut properties = Map::new();
    for key in KEYS {
        let mut of_key = of_key(key.holds);
        if let Some(map) = of_key.as_object_mut() {
            map.insert("description".to_owned(), key.about.into());
        }
        properties.insert(key.name.to_owned(), of_key);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Config file of gwctl",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": properties,
        "$defs": definitions(vocabulary),
    })
}

/// A config file in which every key is a comment.
pub fn starter() -> String {
    let mut text =
        "# Settings of gwctl. Flags count before them; `gwctl config show` says what holds.\n"
            .to_owned();
    for key in KEYS {
        let example = match key.name {
            "required-version" => "\">=0.1\"",
            "mesh-config" => "mesh.yaml",
            "baseline" => ".gwctl-baseline.json",
            _ => key.default().unwrap_or_default(),
        };
        write!(text, "\n# {}.\n# {}: {example}\n", key.about, key.name)
            .expect("a string takes all");
    }
    text
}

/// What a key holds. A key without a value is as good as none.
fn of_key(holds: Type) -> Value {
    or_nothing(&of_type(holds))
}

fn of_type(holds: Type) -> Value {
    match holds {
        Type::Text | Type::IstioVersion => of("text"),
        Type::Bool => json!({"type": "boolean"}),
        Type::Texts | Type::Kinds | Type::Outputs => one_or_more(&of("text")),
        Type::RuleWords => one_or_more(&of("ruleWord")),
        Type::Levels => of("levels"),
        Type::Overrides => map_of(&object(keys::OF_OVERRIDE, &[], |key| match key {
            "ignore" => of_key(Type::RuleWords),
            _ => of_key(Type::Levels),
        })),
        Type::RuleOptions => of("options"),
        Type::Severity => any_case(keys::SEVERITIES),
        Type::FailOn => any_case(keys::FAIL_ON),
        Type::Proxies => map_of(&object(keys::OF_PROXY, &["labels"], |key| match key {
            "labels" => map_of(&json!({"type": ["string", "number", "boolean"]})),
            "ports" => or_nothing(&json!({
                "type": "object",
                "additionalProperties": false,
                "patternProperties": {
                    "^[0-9]+$": {"type": "integer", "minimum": 1, "maximum": 65535}
                },
            })),
            "service" => or_nothing(&json!({"type": "string", "pattern": "^[^/]+/[^/]+$"})),
            _ => of_key(Type::Text),
        })),
        Type::Clusters => map_of(&object(keys::OF_CLUSTER, &["paths"], |key| {
            // A key of a cluster is what the same key is for all of them.
            let known = KEYS.iter().find(|known| known.name == key);
            let holds = known.map_or(Type::Text, |known| known.holds);
            if key == "paths" { of_type(holds) } else { of_key(holds) }
        })),
    }
}

/// What several keys hold.
fn definitions(vocabulary: &Vocabulary<'_>) -> Value {
    let numbers =
        json!({"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}});
    // YAML reads `off` as a boolean, at least in its version 1.1.
    let level = json!({"anyOf": [any_case(keys::LEVELS), {"const": false}]});
    json!({
        // YAML reads `1.30` as a number.
        "text": {"type": ["string", "number"], "pattern": "\\S"},
        "ruleWord": {"anyOf": [{"enum": rule_words(vocabulary)}, {"type": "string", "pattern": codes(vocabulary, true)}]},
        "level": level,
        "levels": by_rule(vocabulary, &of("level")),
        "options": by_rule(vocabulary, &or_nothing(&numbers)),
    })
}

fn of(definition: &str) -> Value {
    json!({"$ref": format!("#/$defs/{definition}")})
}

fn or_nothing(schema: &Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

/// One alone, or a list.
fn one_or_more(item: &Value) -> Value {
    json!({"anyOf": [item, {"type": "array", "items": item}]})
}

fn map_of(value: &Value) -> Value {
    json!({"type": "object", "additionalProperties": value})
}

fn object(names: &[&str], required: &[&str], of: impl Fn(&str) -> Value) -> Value {
    let properties: Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), of(name))).collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
}

/// Values by rule; codes and ids of other tools may be written in any case.
fn by_rule(vocabulary: &Vocabulary<'_>, value: &Value) -> Value {
    let properties: Map<String, Value> =
        rule_names(vocabulary).map(|name| (name, value.clone())).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "patternProperties": {codes(vocabulary, false): value},
    })
}

/// Words, which editors offer in lower case and the reader takes in any.
fn any_case(words: &[&str]) -> Value {
    let all: Vec<String> = words.iter().map(|word| in_any_case(word)).collect();
    json!({"anyOf": [{"enum": words}, {"type": "string", "pattern": format!("^({})$", all.join("|"))}]})
}

/// A regular expression for a word in any case.
fn in_any_case(word: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_ascii_alphabetic() => {
            format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase())
        }
        c => c.to_string(),
    };
    word.chars().map(letter).collect()
}

/// A regular expression for codes and ids of other tools, perhaps for beginnings of codes too.
fn codes(vocabulary: &Vocabulary<'_>, beginnings: bool) -> String {
    let least = |code: &str| if beginnings { 2 } else { code.len() };
    let of_rule = |rule: &Rule| -> Vec<&str> {
        let starts = (least(rule.code)..=rule.code.len()).map(|length| &rule.code[..length]);
        let aliases = rule.aliases.iter().map(|alias| alias.trim_start_matches('~'));
        starts.chain(aliases).collect()
    };
    let words: BTreeSet<&str> = vocabulary.rules.iter().flat_map(|rule| of_rule(rule)).collect();
    let words: Vec<String> = words.into_iter().map(in_any_case).collect();
    format!("^({})$", words.join("|"))
}

/// Codes, names and ids of other tools.
fn rule_names(vocabulary: &Vocabulary<'_>) -> impl Iterator<Item = String> {
    vocabulary.rules.iter().flat_map(|rule| {
        let aliases = rule.aliases.iter().map(|alias| alias.trim_start_matches('~'));
        [rule.code, rule.name].into_iter().chain(aliases).map(str::to_owned)
    })
}

/// All words that mean rules: groups and beginnings of codes too.
fn rule_words(vocabulary: &Vocabulary<'_>) -> Vec<String> {
    let groups = ["default", "all", VALIDITY, "GW"].map(str::to_owned).into_iter();
    let categories = Category::ALL.iter().map(|category| category.as_str().to_owned());
    let families = Category::ALL.iter().map(|category| format!("GW{}", category.digit()));
    let tens = vocabulary.rules.iter().map(|rule| rule.code[..4].to_owned());
    let mut all: Vec<String> = groups
        .chain(categories)
        .chain(families)
        .chain(tens)
        .chain(rule_names(vocabulary))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
