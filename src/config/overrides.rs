//! Keys that speak of rules: `severity`, `rules`, `per-path`, `per-object`.

use super::{Error, Levels, Override, Vocabulary, keys, node};
use crate::finding::{Rule, RuleOption, RuleOptions, Severity, words};
use crate::text::{Spanned, spelling};
use crate::yaml::Node;

/// Words that mean rules, checked.
pub(super) fn rule_words(
    value: Node<'_>,
    name: &str,
    vocabulary: &Vocabulary<'_>,
) -> Result<Vec<String>, Error> {
    let list = node::texts(value, name)?;
    for word in &list {
        if !words::is_known(word, vocabulary.rules) {
            return Err(unknown_rule(word, words::nearest(word, vocabulary.rules)));
        }
    }
    Ok(list.into_iter().map(|word| word.value).collect())
}

/// Severities by rule. Ids of other tools may mean several rules, but none may be meant twice.
pub(super) fn levels(
    value: Node<'_>,
    name: &str,
    vocabulary: &Vocabulary<'_>,
) -> Result<Levels, Error> {
    let mut levels = Levels::new();
    let mut places = Vec::new();
    for (key, value) in node::map(value, name)? {
        let level = match node::word(value, &format!("{name}.{key}"), keys::LEVELS)? {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            _ => None,
        };
        for rule in rules_called(&key, vocabulary)? {
            let known = levels.iter().position(|(known, _)| std::ptr::eq(*known, rule));
            if let Some(at) = known {
                return Err(Error::new(key.span, format!("`{name}` names {} twice", rule.code))
                    .related(places[at], "named here before"));
            }
            levels.push((rule, level));
            places.push(key.span);
        }
    }
    Ok(levels)
}

/// Options of rules, each once.
pub(super) fn options(
    value: Node<'_>,
    name: &str,
    vocabulary: &Vocabulary<'_>,
) -> Result<RuleOptions, Error> {
    let mut options = RuleOptions::default();
    let mut places = Vec::new();
    for (key, value) in node::map(value, name)? {
        let rules = rules_called(&key, vocabulary)?;
        if value.is_null() {
            continue;
        }
        let known: Vec<&'static RuleOption> =
            rules.iter().flat_map(|rule| rule.options.iter().copied()).collect();
        for (word, value) in node::map(value, &format!("{name}.{key}"))? {
            let place = format!("{name}.{key}.{word}");
            let named: Vec<_> = known.iter().filter(|option| option.name == word.value).collect();
            if named.is_empty() {
                return Err(unknown_option(&word, &rules, &known));
            }
            let number = node::number(value, &place)?;
            for option in named {
                let same = |(set, _): &(&RuleOption, u32)| std::ptr::eq(*set, *option);
                if let Some(at) = options.values.iter().position(same) {
                    return Err(Error::new(word.span, format!("`{name}` sets `{word}` twice"))
                        .related(places[at], "set here before"));
                }
                options.values.push((option, number));
                places.push(word.span);
            }
        }
    }
    Ok(options)
}

fn unknown_option(word: &Spanned<String>, rules: &[&Rule], known: &[&'static RuleOption]) -> Error {
    let names: Vec<&str> = rules.iter().map(|rule| rule.name).collect();
    let near = spelling::nearest(word, known.iter().map(|option| option.name));
    Error::new(word.span, format!("{} has no option `{word}`", names.join(", ")))
        .did_you_mean(near, "options of a rule stand on its page, as `gwctl explain rule` shows it")
}

/// What holds for some files or objects alone; `check` says what is wrong with a pattern.
pub(super) fn overrides(
    value: Node<'_>,
    name: &str,
    vocabulary: &Vocabulary<'_>,
    check: fn(&str) -> Result<(), String>,
) -> Result<Vec<Override>, Error> {
    let mut all = Vec::new();
    for (pattern, value) in node::map(value, name)? {
        check(&pattern).map_err(|message| Error::new(pattern.span, message))?;
        let mut one = Override { pattern, ignore: Vec::new(), severity: Levels::new() };
        for (key, value) in node::map(value, &format!("{name}.{}", one.pattern))? {
            let place = format!("{name}.{}.{key}", one.pattern);
            match key.value.as_str() {
                _ if value.is_null() => {}
                "ignore" => {
                    let list = rule_words(value, &place, vocabulary)?;
                    let is_meant =
                        |rule: &&&'static Rule| list.iter().any(|word| words::means(word, rule));
                    one.ignore = vocabulary.rules.iter().filter(is_meant).copied().collect();
                }
                "severity" => one.severity = levels(value, &place, vocabulary)?,
                _ => {
                    let of = format!(" in `{name}`");
                    return Err(node::unknown_key(&key, &of, keys::OF_OVERRIDE.iter().copied()));
                }
            }
        }
        all.push(one);
    }
    Ok(all)
}

/// Says what is wrong with a pattern of objects.
pub(super) fn object_pattern(text: &str) -> Result<(), String> {
    let is_kind = |kind: &str| !kind.is_empty() && !kind.contains('/');
    match text.split_once(' ') {
        Some((kind, name)) if is_kind(kind) && !name.trim().is_empty() && !name.contains(' ') => {
            Ok(())
        }
        _ => Err(format!("`{text}` is not `KIND NAMESPACE/NAME`, such as `VirtualService shop/*`")),
    }
}

fn rules_called(
    key: &Spanned<String>,
    vocabulary: &Vocabulary<'_>,
) -> Result<Vec<&'static Rule>, Error> {
    let rules = vocabulary.rules.iter().copied();
    let called: Vec<&'static Rule> = rules.filter(|rule| rule.is_called(key)).collect();
    if called.is_empty() {
        return Err(unknown_rule(key, words::nearest_rule(key, vocabulary.rules)));
    }
    Ok(called)
}

fn unknown_rule(word: &Spanned<String>, near: Option<&str>) -> Error {
    Error::new(word.span, format!("unknown rule `{word}`"))
        .did_you_mean(near, "`gwctl rules` lists all rules")
}
