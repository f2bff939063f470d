//! `gwctl explain host` for people.

use std::fmt::Write;

use crate::explain::{Candidate, Document, Explanation, Line};
use crate::report::{Terminal, Tone, columns, printable};
use crate::text::{Sources, first_five};

/// The text of all answers.
pub(super) fn explanation(
    explanation: &Explanation<'_>,
    sources: &Sources,
    terminal: Terminal,
) -> String {
    let mut out = String::new();
    for document in &explanation.documents {
        if !out.is_empty() {
            out.push('\n');
        }
        write_document(&mut out, document, sources, terminal);
    }
    let has_notes = explanation.documents.last().is_some_and(|last| !last.notes.is_empty());
    if !explanation.notes.is_empty() && !has_notes && !out.is_empty() {
        out.push('\n');
    }
    for note in &explanation.notes {
        write_note(&mut out, note, terminal);
    }
    out
}

fn write_document(
    out: &mut String,
    document: &Document<'_>,
    sources: &Sources,
    terminal: Terminal,
) {
    let arrow = if terminal.unicode { "→" } else { "->" };
    let proxy = printable(&document.proxy);
    let request = printable(&document.request).into_owned();
    push(out, format_args!("{}  {arrow}  proxy {proxy}", terminal.paint(Tone::Strong, &request)));
    // These two are laid out by themselves: their cells are sentences.
    let tone = if document.is_served { Tone::Good } else { Tone::Error };
    let [label, what, why, _] = cells(&document.result, sources, terminal);
    push(out, format_args!("{label:<9} {}{}", terminal.paint(tone, &what), tail(&why)));
    let [label, what, why, at] = cells(&document.by, sources, terminal);
    push(out, format_args!("{label:<9} {what}{}{}", tail(&why), tail(&at)));
    for line in variants(document) {
        push(out, format_args!("{}", printable(&line)));
    }
    write_block(out, "", &document.steps, sources, terminal);
    let trace: Vec<Line> = document.trace.iter().map(candidate).collect();
    write_block(out, "trace", &trace, sources, terminal);
    write_near(out, &document.near, sources, terminal);
    if !document.notes.is_empty() {
        out.push('\n');
    }
    for note in &document.notes {
        write_note(out, note, terminal);
    }
}

/// With which files the answer holds, and what it is with others.
fn variants(document: &Document<'_>) -> Vec<String> {
    let list = |places: &[&str]| {
        let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
        first_five(&places, ", ")
    };
    let variants = &document.variants;
    let mut lines = Vec::new();
    if variants.is_empty() {
        return lines;
    }
    let told = variants.iter().filter(|variant| variant.is_told);
    let told: Vec<&str> = told.map(|variant| variant.place.as_str()).collect();
    lines.push(if told.is_empty() {
        "holds     with the last text of each object, whichever the folder".to_owned()
    } else {
        format!("holds     with {}", list(&told))
    });
    let mut others: Vec<(&str, Vec<&str>)> = Vec::new();
    for variant in variants.iter().filter(|variant| !variant.is_told) {
        match others.iter_mut().find(|(result, _)| *result == variant.result) {
            Some((_, places)) => places.push(&variant.place),
            None => others.push((&variant.result, vec![&variant.place])),
        }
    }
    lines.extend(
        others.iter().map(|(result, places)| format!("otherwise {result}  with {}", list(places))),
    );
    lines
}

/// A further cell of a sentence.
fn tail(cell: &str) -> String {
    if cell.is_empty() { String::new() } else { format!("  {cell}") }
}

fn candidate(candidate: &Candidate) -> Line {
    let verdict = match candidate.passed_on.as_deref() {
        None => "yes".to_owned(),
        Some(reason) if candidate.is_reached => format!("no: {reason}"),
        Some(reason) => reason.to_owned(),
    };
    Line {
        label: candidate.step.to_string(),
        what: candidate.conditions.clone(),
        why: verdict,
        at: Some(candidate.at),
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

/// What was near, and below each the change that would help.
fn write_near(out: &mut String, near: &[Line], sources: &Sources, terminal: Terminal) {
    if near.is_empty() {
        return;
    }
    out.push('\n');
    push(out, format_args!("{}", terminal.paint(Tone::Strong, "near")));
    for line in near {
        let [_, what, change, at] = cells(line, sources, terminal);
        push(out, format_args!("  {what}{}", tail(&at)));
        if !change.is_empty() {
            push(out, format_args!("    change: {}", terminal.paint(Tone::Good, &change)));
        }
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
