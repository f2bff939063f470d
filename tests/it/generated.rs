//! Files that are made from the sources are in step with them; `UPDATE=1 cargo test` rewrites them.

use gwctl::{cli, report};

use crate::common::compare_folder;

#[test]
fn completions_are_those_of_the_arguments() {
    let files = cli::COMPLETIONS.map(|(shell, name)| (name.to_owned(), cli::completions(shell)));
    compare_folder("completions", &files);
}

#[test]
fn manual_pages_are_those_of_the_arguments() {
    compare_folder("man", &cli::man_pages());
}

#[test]
fn rule_pages_are_those_of_the_rules() {
    let pages: Vec<_> = cli::registry()
        .iter()
        .map(|rule| (format!("{}.md", rule.name), report::rule_markdown(rule)))
        .collect();
    compare_folder("docs/rules", &pages);
}
