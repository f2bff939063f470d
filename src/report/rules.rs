//! Rules in print: the table of `gwctl rules`, the page of `gwctl explain rule`, the Markdown of docs/rules.

use std::fmt::Write;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{Terminal, Tone, columns, columns_within};
use crate::finding::{Rule, Section};

/// How narrow the summaries of the table may be beside the other columns; else they stand on lines of their own.
const SUMMARY: usize = 40;

/// The table of `gwctl rules`, a heading first; no wider than `width`, where there is one and words permit it.
pub fn rules_table(rules: &[&Rule], width: Option<usize>) -> String {
    let heading = ["CODE", "NAME", "CATEGORY", "SEVERITY", "ALSO", "SUMMARY"].map(str::to_owned);
    let rows = rules.iter().map(|rule| {
        [
            rule.code.to_owned(),
            rule.name.to_owned(),
            rule.category.as_str().to_owned(),
            severity(rule),
            if rule.aliases.is_empty() { "-".to_owned() } else { rule.aliases.join(", ") },
            first_sentence(rule),
        ]
    });
    let rows: Vec<_> = std::iter::once(heading).chain(rows).collect();
    let short = |[code, name, category, severity, also, _]: &[String; 6]| {
        [code, name, category, severity, also].map(String::clone)
    };
    let without: Vec<_> = rows.iter().map(short).collect();
    let used = columns(&without).lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
    match width {
        Some(width) if used + 2 + SUMMARY > width => stacked(&rows, &without, width),
        _ => columns_within(&rows, width),
    }
}

/// The table with each summary below what else there is of its rule.
fn stacked(rows: &[[String; 6]], without: &[[String; 5]], width: usize) -> String {
    let heads = columns_within(without, Some(width));
    let (mut out, mut at) = (String::new(), 0);
    for line in heads.lines() {
        // What a row is folded into begins with blanks.
        if !line.starts_with(' ') {
            summary_below(rows, at, width, &mut out);
            at += 1;
        }
        out.push_str(line);
        out.push('\n');
    }
    summary_below(rows, at, width, &mut out);
    out
}

/// Writes the summary of the row before `at`, if there is one.
fn summary_below(rows: &[[String; 6]], at: usize, width: usize, out: &mut String) {
    let Some([.., summary]) = at.checked_sub(1).and_then(|at| rows.get(at)) else { return };
    let words: Vec<&str> = summary.split_whitespace().collect();
    wrap(&words, width, INDENT, out);
}

/// The width of a code with the blanks behind it.
const INDENT: usize = 7;

/// The page of `gwctl explain rule`.
pub fn rule_page(rule: &Rule, terminal: Terminal) -> String {
    let title = format!("{} {}", rule.code, rule.name);
    let mut out = format!("{}   {}\n", terminal.paint(Tone::Strong, &title), facts(rule));
    if !rule.aliases.is_empty() {
        writeln!(out, "Also known as: {}", rule.aliases.join(", ")).expect("a string takes all");
    }
    for section in sections(rule) {
        writeln!(out, "\n{}", terminal.paint(Tone::Strong, section.title))
            .expect("a string takes all");
        write_body(&section.body, terminal.width.min(100), &mut out);
    }
    out
}

/// The page in docs/rules.
pub fn rule_markdown(rule: &Rule) -> String {
    let mut out = format!("# {} ({})\n\n{}", rule.name, rule.code, facts(rule));
    if !rule.aliases.is_empty() {
        out.push_str("\\\nAlso known as: ");
        out.push_str(&rule.aliases.join(", "));
    }
    out.push('\n');
    for section in sections(rule) {
        write!(out, "\n## {}\n\n{}\n", section.title, section.body).expect("a string takes all");
    }
    out
}

/// All rules as a table of Markdown, whose links lead to the pages in docs/rules.
pub fn rules_markdown(rules: &[&Rule]) -> String {
    let mut out =
        "| Code | Rule | Category | Severity | Also | Summary |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for rule in rules {
        let (code, name, url) = (rule.code, rule.name, rule.url());
        let (category, also) = (rule.category.as_str(), rule.aliases.join(", "));
        let summary = first_sentence(rule).replace('|', "\\|");
        writeln!(
            out,
            "| {code} | [{name}]({url}) | {category} | {} | {also} | {summary} |",
            severity(rule)
        )
        .expect("a string takes all");
    }
    out
}

/// One rule as JSON.
pub fn rule_json(rule: &Rule) -> String {
    pretty(&RuleWire::from(rule))
}

/// All rules as JSON, `gwctl/rules/v1`.
pub fn rules_json(rules: &[&Rule]) -> String {
    pretty(&RulesWire {
        schema: "gwctl/rules/v1",
        rules: rules.iter().map(|rule| RuleWire::from(*rule)).collect(),
    })
}

fn pretty(wire: &impl Serialize) -> String {
    serde_json::to_string_pretty(wire).expect("strings and lists become JSON") + "\n"
}

#[derive(Serialize)]
struct RulesWire {
    schema: &'static str,
    rules: Vec<RuleWire>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleWire {
    code: &'static str,
    name: &'static str,
    category: &'static str,
    severity: &'static str,
    on_by_default: bool,
    aliases: &'static [&'static str],
    summary: String,
    docs: String,
    url: String,
}

impl From<&Rule> for RuleWire {
    fn from(rule: &Rule) -> Self {
        Self {
            code: rule.code,
            name: rule.name,
            category: rule.category.as_str(),
            severity: rule.severity.as_str(),
            on_by_default: rule.on_by_default,
            aliases: rule.aliases,
            summary: first_sentence(rule),
            docs: help(rule),
            url: rule.url(),
        }
    }
}

/// `error · binding · on by default`.
fn facts(rule: &Rule) -> String {
    let default = if rule.on_by_default { "on" } else { "off" };
    format!("{} · {} · {default} by default", rule.severity, rule.category.as_str())
}

/// The severity, with a mark where the rule does not run by itself.
fn severity(rule: &Rule) -> String {
    let off = if rule.on_by_default { "" } else { " (off)" };
    format!("{}{off}", rule.severity)
}

/// The first sentence of the documentation, on one line, without its full stop.
pub(super) fn first_sentence(rule: &Rule) -> String {
    let summary = summary(rule);
    let sentence = summary.split_once(". ").map_or(&*summary, |(first, _)| first);
    sentence.trim_end_matches('.').to_owned()
}

/// The first paragraph of the documentation, on one line.
pub(super) fn summary(rule: &Rule) -> String {
    rule.summary().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The documentation as Markdown.
pub(super) fn help(rule: &Rule) -> String {
    unindent(rule.docs).trim().to_owned()
}

struct Part {
    title: &'static str,
    body: String,
}

fn sections(rule: &Rule) -> Vec<Part> {
    let part =
        |section: Section<'static>| Part { title: section.title, body: unindent(section.body) };
    rule.sections().into_iter().map(part).collect()
}

/// Without the blank that doc comments have before each line. The first line may have lost it already.
fn unindent(text: &str) -> String {
    let indented =
        text.lines().skip(1).filter(|line| !line.is_empty()).all(|line| line.starts_with(' '));
    let lines = text.lines().map(|line| match line.strip_prefix(' ') {
        Some(rest) if indented => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Prose wrapped, all else as it stands, everything indented.
fn write_body(body: &str, width: usize, out: &mut String) {
    let mut code = false;
    let mut paragraph = Vec::new();
    for line in body.lines().chain([""]) {
        let fence = line.trim_start().starts_with("```");
        let literal = code || fence || line.starts_with(['-', '|', ' ']) || line.is_empty();
        if !literal {
            paragraph.extend(line.split_whitespace());
            continue;
        }
        wrap(&std::mem::take(&mut paragraph), width, 2, out);
        code ^= fence;
        if !fence {
            let indent = if line.is_empty() { "" } else { "  " };
            writeln!(out, "{indent}{line}").expect("a string takes all");
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
}

fn wrap(words: &[&str], width: usize, indent: usize, out: &mut String) {
    let mut column = 0;
    for word in words {
        let len = word.chars().count();
        if column > 0 && column + 1 + len <= width {
            out.push(' ');
            column += 1;
        } else {
            if column > 0 {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        }
        out.push_str(word);
        column += len;
    }
    if column > 0 {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{STYLE, UNBOUND_HOST};

    #[test]
    fn the_table_has_one_line_per_rule() {
        assert_eq!(
            rules_table(&[&UNBOUND_HOST, &STYLE], None),
            "CODE   NAME            CATEGORY  SEVERITY    ALSO     SUMMARY\n\
             GW304  unbound-host    binding   error       IST0132  A host that no bound gateway serves\n\
             GW801  needless-thing  style     info (off)  -        A thing\n"
        );
    }

    #[test]
    fn summaries_stand_below_where_lines_would_be_too_long() {
        let narrow = "\
CODE   NAME            CATEGORY  SEVERITY    ALSO
       SUMMARY
GW304  unbound-host    binding   error       IST0132
       A host that no bound gateway serves
GW801  needless-thing  style     info (off)  -
       A thing
";
        let rules = [&UNBOUND_HOST, &STYLE];
        assert_eq!(rules_table(&rules, Some(80)), narrow);
        assert_eq!(rules_table(&rules, Some(120)), rules_table(&rules, None));
        let narrower = rules_table(&rules, Some(50));
        assert!(narrower.lines().all(|line| line.chars().count() <= 50), "{narrower}");
        assert!(narrower.contains("\n       A host that no bound gateway serves\n"), "{narrower}");
    }

    #[test]
    fn the_page_wraps_prose_and_keeps_code() {
        let terminal = Terminal { width: 30, ..Terminal::plain() };
        assert_eq!(
            rule_page(&UNBOUND_HOST, terminal),
            "GW304 unbound-host   error · binding · on by default\n\
             Also known as: IST0132\n\
             \n\
             What it reports\n  A host that no bound gateway\n  serves. Not even by a\n  wildcard.\n\
             \n\
             Example\n  spec:\n    hosts: [a]\n"
        );
    }

    #[test]
    fn the_markdown_page_keeps_the_text() {
        assert_eq!(
            rule_markdown(&UNBOUND_HOST),
            "# unbound-host (GW304)\n\n\
             error · binding · on by default\\\nAlso known as: IST0132\n\n\
             ## What it reports\n\nA host that no bound gateway serves.\nNot even by a wildcard.\n\n\
             ## Example\n\n```yaml\nspec:\n  hosts: [a]\n```\n"
        );
    }

    #[test]
    fn json_names_everything() {
        let json = rules_json(&[&STYLE]);
        assert!(
            json.contains("\"onByDefault\": false")
                && json.contains("docs/rules/needless-thing.md")
        );
        assert!(
            rule_json(&UNBOUND_HOST)
                .contains("\"summary\": \"A host that no bound gateway serves\"")
        );
    }
}
