//! Words that mean rules: codes and their prefixes, names, categories, ids of other tools, `default`, `all`.

use super::error::Error;
use crate::analysis::Selected;
use crate::finding::Rule;
use crate::finding::words::{self, VALIDITY};

/// Words of one place that says which rules to check. Later places count before earlier ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'w> {
    /// What to check, besides what earlier places name.
    pub(super) select: &'w [String],
    /// What of all this not to check.
    pub(super) ignore: &'w [String],
}

/// The rules that all choices together name, in the order of `rules`. The first one has to name some.
pub(super) fn resolve(choices: &[Choice<'_>], rules: &[&'static Rule]) -> Result<Selected, Error> {
    let blank = |choice: &Choice<'_>| choice.select.iter().all(|word| word.trim().is_empty());
    if choices.first().is_none_or(blank) {
        return Err(Error::usage("`--select` names no rule").with_help(
            "`gwctl rules` lists all rules; `--select default` is what is checked without it",
        ));
    }
    let (mut wanted, mut verdicts) = (vec![false; rules.len()], vec![false; rules.len()]);
    for choice in choices {
        let selected = matching(choice.select, rules)?;
        let ignored = matching(choice.ignore, rules)?;
        let has_verdicts = choice.select.iter().any(|word| word.trim() == VALIDITY);
        for at in 0..rules.len() {
            wanted[at] = (wanted[at] || selected[at]) && !ignored[at];
            verdicts[at] = (verdicts[at] || has_verdicts) && !ignored[at];
        }
    }
    let of = |flags: Vec<bool>| {
        rules.iter().zip(flags).filter(|(_, flag)| *flag).map(|(rule, _)| *rule).collect()
    };
    Ok(Selected { rules: of(wanted), verdicts: of(verdicts), ..Selected::default() })
}

/// The rule of a code, a name or an id of another tool.
pub(super) fn find(word: &str, rules: &[&'static Rule]) -> Result<&'static Rule, Error> {
    let word = word.trim();
    if let Some(rule) = rules.iter().find(|rule| rule.is_called(word)) {
        return Ok(rule);
    }
    if word == VALIDITY {
        return Err(no_rules(word));
    }
    if words::is_known(word, rules) {
        let (list, one) = match word {
            "all" => ("gwctl rules".to_owned(), "--all` what each means"),
            word => (format!("gwctl rules {word}"), "CODE` what one means"),
        };
        return Err(Error::usage(format!("`{word}` means several rules"))
            .with_help(format!("`{list}` lists them; `gwctl explain rule {one}")));
    }
    Err(match words::nearest(word, rules) {
        Some(near) if rules.iter().any(|rule| rule.is_called(near)) => {
            unknown(word).with_help(format!("did you mean `{near}`?"))
        }
        Some(near) => unknown(word).with_help(format!("did you mean `gwctl rules {near}`?")),
        None => unknown(word).with_help(LIST),
    })
}

/// The rules that words mean, in the order of `rules`.
pub(super) fn list(words: &[String], rules: &[&'static Rule]) -> Result<Vec<&'static Rule>, Error> {
    let wanted = matching(words, rules)?;
    let list: Vec<_> =
        rules.iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|(rule, _)| *rule).collect();
    if list.is_empty() && words.iter().any(|word| word.trim() == VALIDITY) {
        return Err(no_rules(VALIDITY));
    }
    Ok(list)
}

/// The error where the verdicts of Istio and of the API server are taken for rules.
fn no_rules(word: &str) -> Error {
    Error::usage(format!("`{word}` means findings of several rules, not rules")).with_help(
        "`gwctl lint --select validity` prints them: the verdicts of Istio and of the API server",
    )
}

/// For every rule, whether one of the words means it.
fn matching(list: &[String], rules: &[&'static Rule]) -> Result<Vec<bool>, Error> {
    let mut matches = vec![false; rules.len()];
    for word in list.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        if !words::is_known(word, rules) {
            return Err(match words::nearest(word, rules) {
                Some(near) => unknown(word).with_help(format!("did you mean `{near}`?")),
                None => unknown(word).with_help(LIST),
            });
        }
        for (matched, rule) in matches.iter_mut().zip(rules) {
            *matched |= words::means(word, rule);
        }
    }
    Ok(matches)
}

const LIST: &str = "`gwctl rules` lists all rules";

fn unknown(word: &str) -> Error {
    Error::usage(format!("unknown rule `{word}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Category, Severity};

    const fn rule(
        code: &'static str,
        name: &'static str,
        category: Category,
        on_by_default: bool,
        aliases: &'static [&'static str],
    ) -> Rule {
        Rule {
            code,
            name,
            category,
            severity: Severity::Error,
            on_by_default,
            aliases,
            options: &[],
            docs: "",
        }
    }

    static TLS: Rule = rule("GW205", "missing-secret", Category::Tls, true, &["IST0101"]);
    static HOST: Rule = rule("GW304", "unbound-host", Category::Binding, true, &["~IST0132"]);
    static EMPTY: Rule = rule("GW312", "empty-thing", Category::Binding, false, &["IST0101"]);
    static ALL: [&Rule; 3] = [&TLS, &HOST, &EMPTY];

    fn codes(select: &str, ignore: &str) -> Result<Vec<&'static str>, String> {
        let words = |list: &str| list.split(',').map(str::to_owned).collect::<Vec<_>>();
        let choice = Choice { select: &words(select), ignore: &words(ignore) };
        resolve(&[choice], &ALL)
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
    fn words_list_rules() {
        let listed = |list: &str| {
            let words: Vec<String> = list.split(',').map(str::to_owned).collect();
            let rules = super::list(&words, &ALL)
                .map_err(|error| error.render(crate::report::Terminal::plain()))?;
            Ok::<_, String>(rules.iter().map(|rule| rule.code).collect::<Vec<_>>())
        };
        assert_eq!(listed("binding"), Ok(vec!["GW304", "GW312"]));
        assert_eq!(listed("GW312,tls"), Ok(vec!["GW205", "GW312"]));
        assert_eq!(listed("routing"), Ok(vec![]));
        assert!(listed("tsl").unwrap_err().contains("did you mean `tls`?"));
        assert!(listed("validity").unwrap_err().contains("--select validity"));
    }

    #[test]
    fn later_places_count_before_earlier_ones() {
        let words = |list: &str| list.split(',').map(str::to_owned).collect::<Vec<_>>();
        for (file, flags, expected) in [
            (("default", "GW304"), ("GW312", ""), vec!["GW205", "GW312"]),
            (("default", "GW304"), ("GW304", ""), vec!["GW205", "GW304"]),
            (("all", ""), ("GW312", "binding"), vec!["GW205"]),
        ] {
            let (a, b, c, d) = (words(file.0), words(file.1), words(flags.0), words(flags.1));
            let choices = [Choice { select: &a, ignore: &b }, Choice { select: &c, ignore: &d }];
            let selected = resolve(&choices, &ALL).unwrap();
            let codes: Vec<_> = selected.rules.iter().map(|rule| rule.code).collect();
            assert_eq!(codes, expected, "{file:?} {flags:?}");
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
        let said =
            |word: &str| find(word, &ALL).unwrap_err().render(crate::report::Terminal::plain());
        assert!(said("GW3").contains("`gwctl rules GW3` lists them"));
        assert!(said("tls").contains("`tls` means several rules"));
        assert!(said("all").contains("`gwctl rules` lists them"));
        assert!(said("validity").contains("--select validity"));
        assert!(said("tsl").contains("did you mean `gwctl rules tls`?"));
        assert_eq!(find("IST0132", &ALL).unwrap().code, "GW304");
    }
}
