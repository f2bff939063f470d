//! Where two JSON values first differ.

use serde_json::Value;

/// Lists that istiod emits in random order; Envoy takes them as a conjunction.
const SETS: &[&str] = &["queryParameters", "dynamicMetadata"];

/// Sorts what is in random order.
pub(crate) fn settle(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(settle),
        Value::Object(fields) => {
            for (key, value) in fields {
                settle(value);
                if let (true, Value::Array(items)) = (SETS.contains(&key.as_str()), value) {
                    items.sort_by_cached_key(Value::to_string);
                }
            }
        }
        _ => {}
    }
}

/// Sorts a list of objects by their names.
pub(crate) fn sort_by_name(value: &mut Value) {
    if let Value::Array(items) = value {
        items.sort_by_cached_key(|item| item["name"].as_str().unwrap_or_default().to_owned());
    }
}

/// The first place where `got` is not what is wanted.
pub(crate) fn first(want: &Value, got: &Value, path: &str) -> Option<String> {
    match (want, got) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<_> = a.keys().chain(b.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().find_map(|key| match (a.get(key), b.get(key)) {
                (Some(want), Some(got)) => first(want, got, &format!("{path}/{key}")),
                (Some(want), None) => Some(format!("{path}/{key}: wanted {}, absent", short(want))),
                (None, Some(got)) => Some(format!("{path}/{key}: not wanted, got {}", short(got))),
                (None, None) => None,
            })
        }
        (Value::Array(a), Value::Array(b)) => {
            let items = a.iter().zip(b).enumerate().find_map(|(at, (want, got))| {
                let name = want["name"].as_str().map(|name| format!("({name})"));
                first(want, got, &format!("{path}[{at}]{}", name.unwrap_or_default()))
            });
            items.or_else(|| {
                (a.len() != b.len())
                    .then(|| format!("{path}: want {} elements, got {}", a.len(), b.len()))
            })
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        _ if want == got => None,
        _ => Some(format!("{path}: want {}, got {}", short(want), short(got))),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() < 160 {
        text
    } else {
        text.chars().take(157).chain("...".chars()).collect()
    }
}
