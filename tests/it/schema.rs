//! A checker for the part of JSON Schema that the schemas of this project use. A keyword that it does not know fails.

use serde_json::{Map, Value};

/// What is wrong with `value`; empty: nothing.
pub(crate) fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, wrong: Vec::new() };
    checker.check(schema, value, "$");
    checker.wrong
}

struct Checker<'s> {
    root: &'s Value,
    wrong: Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        let Some(schema) = schema.as_object() else {
            return self.wrong.push(format!("{at}: the schema is no object"));
        };
        for (keyword, wanted) in schema {
            self.keyword(schema, keyword, wanted, value, at);
        }
    }

    fn keyword(
        &mut self,
        schema: &Map<String, Value>,
        keyword: &str,
        wanted: &Value,
        value: &Value,
        at: &str,
    ) {
        let is_met = match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let pointer = wanted.as_str().and_then(|text| text.strip_prefix('#'));
                match pointer.and_then(|pointer| self.root.pointer(pointer)) {
                    Some(target) => self.check(target, value, at),
                    None => self.wrong.push(format!("{at}: no {wanted} in the schema")),
                }
                true
            }
            "type" => match wanted {
                Value::Array(types) => types.iter().any(|name| is_of_type(name, value)),
                name => is_of_type(name, value),
            },
            "const" => wanted == value,
            "enum" => wanted.as_array().is_some_and(|all| all.contains(value)),
            "required" => value.as_object().is_none_or(|map| {
                let mut names = wanted.as_array().into_iter().flatten().filter_map(Value::as_str);
                names.all(|name| map.contains_key(name))
            }),
            "minItems" => value.as_array().is_none_or(|all| all.len() as u64 >= number(wanted)),
            "maxItems" => value.as_array().is_none_or(|all| all.len() as u64 <= number(wanted)),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(wanted, item, &format!("{at}[{index}]"));
                }
                true
            }
            "properties" => {
                for (name, schema) in wanted.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(name) {
                        self.check(schema, value, &format!("{at}.{name}"));
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                let patterns = schema.get("patternProperties").and_then(Value::as_object);
                for (name, value) in value.as_object().into_iter().flatten() {
                    let at = format!("{at}.{name}");
                    match wanted {
                        _ if known.is_some_and(|known| known.contains_key(name)) => {}
                        _ if patterns
                            .is_some_and(|all| all.keys().any(|one| matches(one, name))) => {}
                        Value::Bool(false) => self.wrong.push(format!("{at}: not in the schema")),
                        schema => self.check(schema, value, &at),
                    }
                }
                true
            }
            "patternProperties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    for (pattern, schema) in wanted.as_object().into_iter().flatten() {
                        if matches(pattern, name) {
                            self.check(schema, value, &format!("{at}.{name}"));
                        }
                    }
                }
                true
            }
            "pattern" => {
                let pattern = wanted.as_str().unwrap_or_default();
                value.as_str().is_none_or(|text| matches(pattern, text))
            }
            "minimum" => {
                value.as_i64().is_none_or(|one| wanted.as_i64().is_some_and(|all| one >= all))
            }
            "maximum" => {
                value.as_i64().is_none_or(|one| wanted.as_i64().is_some_and(|all| one <= all))
            }
            "oneOf" | "anyOf" => {
                let alternatives = wanted.as_array().into_iter().flatten();
                let met = alternatives.filter(|schema| {
                    let mut checker = Checker { root: self.root, wrong: Vec::new() };
                    checker.check(schema, value, at);
                    checker.wrong.is_empty()
                });
                let count = met.count();
                count == 1 || count > 1 && keyword == "anyOf"
            }
            _ => {
                self.wrong.push(format!("{at}: the checker does not know `{keyword}`"));
                true
            }
        };
        if !is_met {
            self.wrong.push(format!("{at}: `{keyword}` {wanted} is not met by {value}"));
        }
    }
}

fn is_of_type(name: &Value, value: &Value) -> bool {
    match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        _ => false,
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

#[test]
fn the_checker_sees_what_is_wrong() {
    use serde_json::json;

    let schema = json!({
        "type": "object", "required": ["a"], "additionalProperties": false,
        "properties": {
            "a": {"type": ["integer", "null"]},
            "b": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/b"}},
            "c": {"oneOf": [{"required": ["x"]}, {"required": ["y"]}]},
            "e": {"anyOf": [{"pattern": "^x+$"}, {"maximum": 3}]}
        },
        "patternProperties": {"^n[0-9]$": {"minimum": 1}},
        "$defs": {"b": {"enum": ["p", "q"]}}
    });
    for (value, count) in [
        (json!({"a": 1, "b": ["p"], "c": {"x": 1}}), 0),
        (json!({"a": null}), 0),
        (json!([]), 1),
        (json!({"b": []}), 2),
        (json!({"a": "1", "b": ["r"], "d": 1}), 3),
        (json!({"a": 1, "c": {"x": 1, "y": 1}}), 1),
        (json!({"a": 1, "c": {}}), 1),
        (json!({"a": 1, "e": "xx"}), 0),
        (json!({"a": 1, "e": 3}), 0),
        (json!({"a": 1, "n1": 1}), 0),
        (json!({"a": 1, "n1": 0}), 1),
        (json!({"a": 1, "m1": 1}), 1),
    ] {
        let wrong = violations(&schema, &value);
        assert_eq!(wrong.len(), count, "{value}: {wrong:?}");
    }
    assert_eq!(violations(&json!({"pattern": "x"}), &json!("y")).len(), 1);
    assert_eq!(violations(&json!({"format": "x"}), &json!("x")).len(), 1);
}
