//! What a rule is: identity and text.

use super::{Category, Severity};

/// The static description of a rule. Its documentation is the doc comment of the rule's file.
#[derive(Debug)]
pub struct Rule {
    /// `GW304`; never reused, never renumbered.
    pub code: &'static str,
    /// `host-not-in-any-gateway`.
    pub name: &'static str,
    /// The family.
    pub category: Category,
    /// Default severity.
    pub severity: Severity,
    /// Whether the rule runs unless it is ignored.
    pub on_by_default: bool,
    /// Ids of the same check in other tools, such as `IST0132`.
    pub aliases: &'static [&'static str],
    /// What the config file may say of it.
    pub options: &'static [&'static RuleOption],
    /// Markdown with the headings `What it reports`, `Why it matters`, `Example`, `Instead`.
    pub docs: &'static str,
}

/// An option of a rule: a key of `rules.NAME` in the config file, whose value is a whole number.
#[derive(Debug)]
pub struct RuleOption {
    /// `cert_days`.
    pub name: &'static str,
    /// What holds where nobody says anything.
    pub default: u32,
}

/// What the config file says of options.
#[derive(Clone, Debug, Default)]
pub struct RuleOptions {
    /// Each option once.
    pub values: Vec<(&'static RuleOption, u32)>,
}

impl RuleOptions {
    /// The value of an option.
    pub fn value(&self, option: &RuleOption) -> u32 {
        let set = self.values.iter().find(|(known, _)| std::ptr::eq(*known, option));
        set.map_or(option.default, |(_, value)| *value)
    }
}

/// A part of a rule's documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'d> {
    /// Heading, without `##`.
    pub title: &'d str,
    /// Markdown text.
    pub body: &'d str,
}

impl Rule {
    /// Whether `word` (a code, a name or an alias) means this rule.
    pub fn is_called(&self, word: &str) -> bool {
        self.code.eq_ignore_ascii_case(word)
            || self.name == word
            || self
                .aliases
                .iter()
                .any(|alias| alias.trim_start_matches('~').eq_ignore_ascii_case(word))
    }

    /// The first sentence of the documentation.
    pub fn summary(&self) -> &'static str {
        let body = self.sections().first().map_or("", |section| section.body);
        body.split("\n\n").next().unwrap_or(body).trim()
    }

    /// The documentation by heading.
    pub fn sections(&self) -> Vec<Section<'static>> {
        let mut sections = Vec::new();
        for part in self.docs.split("## ").skip(1) {
            let (title, body) = part.split_once('\n').unwrap_or((part, ""));
            sections.push(Section { title: title.trim(), body: body.trim() });
        }
        sections
    }

    /// Path of the documentation page in the repository.
    pub fn url(&self) -> String {
        format!("docs/rules/{}.md", self.name)
    }
}
