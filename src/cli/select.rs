//! Words that mean rules: codes and their prefixes, names, categories, ids of other tools, `default`, `all`.

use super::error::Error;
use super::spelling;
use crate::analysis::Selected;
use crate::finding::{Category, Rule};

/// The word for the findings, of any rule, that are verdicts of Istio or of the API server.
const VALIDITY: &str = "validity";

/// What `select` names and `ignore` does not, in the order of `rules`.
pub(super) fn resolve(
    select: &[String],
    ignore: &[String],
    rules: &[&'static Rule],
) -> Result<Selected, Error> {
    if select.iter().all(|word| word.trim().is_empty()) {
        return Err(Error::usage("`--select` names no rule").with_help(
            "`gwctl rules` lists all rules; `--select default` is what is checked without it",
        ));
    }
    let selected = matching(select, rules)?;
    let ignored = matching(ignore, rules)?;
    let kept =
        || rules.iter().zip(&ignored).filter(|(_, ignored)| !**ignored).map(|(rule, _)| *rule);
    let wanted = selected.iter().zip(&ignored).map(|(selected, ignored)| *selected && !ignored);
    let all = rules.iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|(rule, _)| *rule);
    let has_verdicts = select.iter().any(|word| word.trim() == VALIDITY);
    let verdicts = if has_verdicts { kept().collect() } else { Vec::new() };
    Ok(Selected { rules: all.collect(), verdicts })
}

/// The rule of a code, a name or an id of another tool.
pub(super) fn find(word: &str, rules: &[&'static Rule]) -> Result<&'static Rule, Error> {
    let word = word.trim();
    rules.iter().find(|rule| rule.is_called(word)).copied().ok_or_else(|| unknown(word, rules))
}

/// For every rule, whether one of the words means it.
fn matching(words: &[String], rules: &[&'static Rule]) -> Result<Vec<bool>, Error> {
    let mut matches = vec![false; rules.len()];
    for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        let mut any = is_group(word);
        for (matched, rule) in matches.iter_mut().zip(rules) {
            if means(word, rule) {
                *matched = true;
                any = true;
            }
        }
        if !any {
            return Err(unknown(word, rules));
        }
    }
    Ok(matches)
}

fn means(word: &str, rule: &Rule) -> bool {
    match word {
        "all" => true,
        "default" => rule.on_by_default,
        _ => rule.category.as_str() == word || rule.is_called(word) || is_prefix(word, rule.code),
    }
}

/// Whether `word` is a beginning of a code: `GW`, `GW3`, `gw30`.
fn is_prefix(word: &str, code: &str) -> bool {
    word.len() >= 2 && code.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Whether `word` is good even where no rule is meant: families whose rules are still to come.
fn is_group(word: &str) -> bool {
    let digit = word.strip_prefix("GW").or_else(|| word.strip_prefix("gw")).unwrap_or("-");
    ["all", "default", VALIDITY].contains(&word)
        || Category::ALL
            .iter()
            .any(|category| category.as_str() == word || digit.chars().eq([category.digit()]))
}

fn unknown(word: &str, rules: &[&'static Rule]) -> Error {
    let names = rules.iter().flat_map(|rule| {
        [rule.name, rule.code]
            .into_iter()
            .chain(rule.aliases.iter().map(|alias| alias.trim_start_matches('~')))
    });
    let groups = Category::ALL.iter().map(|category| category.as_str());
    let candidates = names.chain(groups).chain(["all", "default", VALIDITY]);
    Error::usage(format!("unknown rule `{word}`")).with_help(
        match spelling::nearest(word, candidates) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`gwctl rules` lists all rules".to_owned(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    const fn rule(
        code: &'static str,
        name: &'static str,
        category: Category,
        on_by_default: bool,
        aliases: &'static [&'static str],
    ) -> Rule {
        Rule { code, name, category, severity: Severity::Error, on_by_default, aliases, docs: "" }
    }

    static TLS: Rule = rule("GW205", "missing-secret", Category::Tls, true, &["IST0101"]);
    static HOST: Rule = rule("GW304", "unbound-host", Category::Binding, true, &["~IST0132"]);
    static EMPTY: Rule = rule("GW312", "empty-thing", Category::Binding, false, &["IST0101"]);
    static ALL: [&Rule; 3] = [&TLS, &HOST, &EMPTY];

    fn codes(select: &str, ignore: &str) -> Result<Vec<&'static str>, String> {
        let words = |list: &str| list.split(',').map(str::to_owned).collect::<Vec<_>>();
        resolve(&words(select), &words(ignore), &ALL)
            .map(|selected| selected.rules.iter().map(|rule| rule.code).collect())
            .map_err(|error| error.render(crate::report::Terminal::plain()))
    }

    #[test]
    fn words_mean_rules() {
        for (select, ignore, expected) in [
            ("default", "", vec!["GW205", "GW304"]),
            ("all", "GW3", vec!["GW205"]),
            ("gw3", "", vec!["GW304", "GW312"]),
            ("binding", "empty-thing", vec!["GW304"]),
            ("IST0101", "", vec!["GW205", "GW312"]),
            ("ist0132, tls", "", vec!["GW205", "GW304"]),
            ("routing,GW6", "", vec![]),
            ("tls,", "", vec!["GW205"]),
        ] {
            assert_eq!(codes(select, ignore), Ok(expected), "{select} without {ignore}");
        }
    }

    #[test]
    fn an_unknown_word_is_an_error_with_the_nearest_spelling() {
        assert!(codes("unbuond-host", "").unwrap_err().contains("did you mean `unbound-host`?"));
        assert!(codes("all", "tsl").unwrap_err().contains("did you mean `tls`?"));
        assert!(codes("quux", "").unwrap_err().contains("gwctl rules"));
        assert!(codes("GW9", "").is_err());
        assert!(codes("", "").unwrap_err().contains("names no rule"));
        assert!(codes(" ,", "").is_err());
        assert!(find("GW3", &ALL).is_err());
        assert_eq!(find("IST0132", &ALL).unwrap().code, "GW304");
    }
}
