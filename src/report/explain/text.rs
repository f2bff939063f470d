//! `gwctl explain host` for people.

use std::fmt::Write;

use super::{Terminal, Tone, columns, printable};
use crate::explain::{Document, Explanation, Line};
use crate::text::Sources;

/// The text of all answers.
pub fn explanation(explanation: &Explanation, sources: &Sources, terminal: Terminal) -> String {
    let mut out = String::new();
    for document in &explanation.documents {
        if !out.is_empty() {
            out.push('\n');
        }
        write_document(&mut out, document, sources, terminal);
    }
    for note in &explanation.notes {
        write_note(&mut out, note, terminal);
    }
    out
}

fn write_document(out: &mut String, document: &Document, sources: &Sources, terminal: Terminal) {
    let arrow = if terminal.unicode { "→" } else { "->" };
    let proxy = printable(&document.proxy);
    let request = printable(&document.request).into_owned();
    push(out, format_args!("{}  {arrow}  proxy {proxy}", terminal.paint(Tone::Strong, &request)));
    // The result is laid out by itself: its cells are sentences.
    let tone = if document.is_served { Tone::Good } else { Tone::Error };
    let result = cells(&document.result, sources, terminal);
    let tail = [&result[2], &result[3]].map(|cell| match cell.as_str() {
        "" => String::new(),
        cell => format!("  {cell}"),
    });
    push(
        out,
        format_args!("{}    {}{}{}", result[0], terminal.paint(tone, &result[1]), tail[0], tail[1]),
    );
    write_block(out, "", &document.steps, sources, terminal);
    write_block(out, "trace", &document.trace, sources, terminal);
    write_block(out, "near", &document.near, sources, terminal);
    if !document.notes.is_empty() {
        out.push('\n');
    }
    for note in &document.notes {
        write_note(out, note, terminal);
    }
}

/// Lines as columns, under a title where there is one.
fn write_block(
    out: &mut String,
    title: &str,
    lines: &[Line],
    sources: &Sources,
    terminal: Terminal,
) {
    if lines.is_empty() {
        return;
    }
    out.push('\n');
    if !title.is_empty() {
        push(out, format_args!("{}", terminal.paint(Tone::Strong, title)));
    }
    let rows: Vec<[String; 4]> = lines.iter().map(|line| cells(line, sources, terminal)).collect();
    let has_labels = lines.iter().any(|line| !line.label.is_empty());
    let has_reasons = lines.iter().any(|line| !line.why.is_empty());
    let indent = if title.is_empty() { "" } else { "  " };
    let text = match (has_labels, has_reasons) {
        (true, _) => columns(&rows),
        (false, true) => columns(&rows.map_rows(|[_, what, why, at]| [what, why, at])),
        (false, false) => columns(&rows.map_rows(|[_, what, _, at]| [what, at])),
    };
    for line in text.lines() {
        push(out, format_args!("{indent}{line}"));
    }
}

/// Rows with fewer cells.
trait MapRows<const N: usize> {
    fn map_rows<const M: usize>(self, f: impl Fn([String; N]) -> [String; M]) -> Vec<[String; M]>;
}

impl<const N: usize> MapRows<N> for Vec<[String; N]> {
    fn map_rows<const M: usize>(self, f: impl Fn([String; N]) -> [String; M]) -> Vec<[String; M]> {
        self.into_iter().map(f).collect()
    }
}

fn cells(line: &Line, sources: &Sources, terminal: Terminal) -> [String; 4] {
    let at = line.at.map_or_else(String::new, |span| sources.file_line(span));
    let why = printable(&line.why).into_owned();
    let why = if terminal.unicode { why } else { why.replace('→', "->") };
    [
        printable(&line.label).into_owned(),
        printable(&line.what).into_owned(),
        why,
        printable(&at).into_owned(),
    ]
}

fn write_note(out: &mut String, note: &str, terminal: Terminal) {
    push(out, format_args!("{} {}", terminal.paint(Tone::Info, "note:"), printable(note)));
}

fn push(out: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(out, "{line}").expect("a string takes all");
}
