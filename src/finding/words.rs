//! Words that mean rules: codes and their prefixes, names, categories, ids of other tools, `default`, `all`.

use super::{Category, Rule};
use crate::text::spelling;

/// The word for the findings, of any rule, that are verdicts of Istio or of the API server.
pub const VALIDITY: &str = "validity";

/// Whether a word means a rule, perhaps among others.
pub fn means(word: &str, rule: &Rule) -> bool {
    match word {
        "all" => true,
        "default" => rule.on_by_default,
        _ => rule.category.as_str() == word || rule.is_called(word) || is_prefix(word, rule.code),
    }
}

/// Whether a word means rules; families whose rules are still to come count.
pub fn is_known(word: &str, rules: &[&'static Rule]) -> bool {
    is_group(word) || rules.iter().any(|rule| means(word, rule))
}

/// The word that is nearest to one which means nothing.
pub fn nearest(word: &str, rules: &[&'static Rule]) -> Option<&'static str> {
    let groups = Category::ALL.iter().map(|category| category.as_str());
    spelling::nearest(word, spellings(rules).chain(groups).chain(["all", "default", VALIDITY]))
}

/// The name, code or id of a single rule that is nearest to a word.
pub fn nearest_rule(word: &str, rules: &[&'static Rule]) -> Option<&'static str> {
    spelling::nearest(word, spellings(rules))
}

/// Codes and names, as offered to who types.
pub fn names(rules: &[&'static Rule]) -> Vec<&'static str> {
    rules.iter().flat_map(|rule| [rule.code, rule.name]).collect()
}

/// The words of groups, then codes and names, as offered to who types.
pub fn all(rules: &[&'static Rule]) -> Vec<&'static str> {
    let categories = Category::ALL.iter().map(|category| category.as_str());
    // `GW3`: the codes of a category.
    let mut families: Vec<&str> = rules.iter().map(|rule| &rule.code[..3]).collect();
    families.sort_unstable();
    families.dedup();
    let groups = ["default", "all", VALIDITY].into_iter().chain(categories).chain(families);
    groups.chain(names(rules)).collect()
}

fn spellings(rules: &[&'static Rule]) -> impl Iterator<Item = &'static str> {
    rules.iter().flat_map(|rule| {
        let aliases = rule.aliases.iter().map(|alias| alias.trim_start_matches('~'));
        [rule.name, rule.code].into_iter().chain(aliases)
    })
}

/// Whether `word` is a beginning of a code: `GW`, `GW3`, `gw30`.
fn is_prefix(word: &str, code: &str) -> bool {
    word.len() >= 2 && code.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Whether `word` is good even where no rule is meant.
fn is_group(word: &str) -> bool {
    let digit = word.strip_prefix("GW").or_else(|| word.strip_prefix("gw")).unwrap_or("-");
    ["all", "default", VALIDITY].contains(&word)
        || Category::ALL
            .iter()
            .any(|category| category.as_str() == word || digit.chars().eq([category.digit()]))
}
