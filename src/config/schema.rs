//! The config file as a JSON Schema, and as a file to begin with: both made of the list of its keys.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{KEYS, Type, Vocabulary, keys};
use crate::finding::{Category, words::VALIDITY};

/// The JSON Schema of a config file. Editors complete by it; what it cannot say (globs, versions, `FORMAT=FILE`) the
/// reader says.
pub fn schema(vocabulary: &Vocabulary<'_>) -> Value {
    let mut properties = Map::new();
    for key in KEYS {
        let mut of_key = of_type(key.holds, vocabulary);
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
            _ => key.default().unwrap_or_default(),
        };
        write!(text, "\n# {}.\n# {}: {example}\n", key.about, key.name)
            .expect("a string takes all");
    }
    text
}

fn of_type(holds: Type, vocabulary: &Vocabulary<'_>) -> Value {
    let text = || json!({"type": "string"});
    let words = |words: &[&str]| json!({"enum": words});
    match holds {
        Type::Text => text(),
        // YAML reads `1.30` as a number.
        Type::IstioVersion => json!({"type": ["string", "number"]}),
        Type::Bool => json!({"type": ["boolean", "null"]}),
        Type::Texts | Type::Kinds | Type::Outputs => one_or_more(&text()),
        Type::RuleWords => one_or_more(&json!({"enum": rule_words(vocabulary)})),
        Type::Levels => levels(vocabulary),
        Type::Overrides => map_of(&object(keys::OF_OVERRIDE, &[], |key| match key {
            "ignore" => one_or_more(&json!({"enum": rule_words(vocabulary)})),
            _ => levels(vocabulary),
        })),
        Type::RuleOptions => map_of(&json!({"type": ["object", "null"]})),
        Type::Severity => words(keys::SEVERITIES),
        Type::FailOn => words(keys::FAIL_ON),
        Type::Proxies => map_of(&object(keys::OF_PROXY, &["labels"], |key| match key {
            "labels" => map_of(&json!({"type": ["string", "number", "boolean"]})),
            _ => text(),
        })),
        Type::Clusters => map_of(&object(keys::OF_CLUSTER, &["paths"], |key| {
            // A key of a cluster is what the same key is for all of them.
            let known = KEYS.iter().find(|known| known.name == key);
            known.map_or_else(text, |known| of_type(known.holds, vocabulary))
        })),
    }
}

/// One alone, or a list.
fn one_or_more(item: &Value) -> Value {
    json!({"oneOf": [item, {"type": "array", "items": item}]})
}

fn map_of(value: &Value) -> Value {
    json!({"type": "object", "additionalProperties": value})
}

fn object(names: &[&str], required: &[&str], of: impl Fn(&str) -> Value) -> Value {
    let properties: Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), of(name))).collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
}

fn levels(vocabulary: &Vocabulary<'_>) -> Value {
    // YAML reads `off` as a boolean, at least in its version 1.1.
    let mut levels: Vec<Value> = keys::LEVELS.iter().map(|level| json!(level)).collect();
    levels.push(json!(false));
    let names = rule_names(vocabulary);
    let properties: Map<String, Value> =
        names.map(|name| (name, json!({"enum": levels}))).collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties})
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
