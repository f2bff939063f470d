//! The format `full`: findings drawn at their places by ariadne, under a header line of our own; those that say the same
//! of one object in one drawing.
//!
//! ariadne sees excerpts, not files, so that a finding in a file of a million lines costs no more than
//! another; the numbers of lines are put in afterwards. Offsets are characters ([`IndexType::Char`]): byte
//! offsets give a wrong place, or a panic, in the second file of a frame.

use std::convert::Infallible;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use ariadne::{CharSet, Color, Config, IndexType, Label, ReportKind, Source};
use rayon::prelude::*;

use super::canvas::{self, Cell};
use super::concise::in_clusters;
use super::excerpt::Excerpt;
use super::fold::fold;
use super::{Report, Terminal, Tone, printable};
use crate::analysis::Outcome;
use crate::finding::{Finding, Severity};
use crate::text::{SourceId, Sources};

/// Draws every finding.
#[derive(Clone, Copy, Debug)]
pub struct Full {
    /// Where the drawing goes.
    pub terminal: Terminal,
}

impl Report for Full {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        // Drawing is dear. In chunks, so that what is drawn ahead is bounded.
        for chunk in fold(&outcome.findings).chunks(CHUNK) {
            let drawn: Vec<_> =
                chunk.par_iter().map(|finding| self.draw(finding, sources)).collect();
            for text in drawn {
                out.write_all(text.as_bytes())?;
            }
        }
        Ok(())
    }
}

/// How many findings are drawn at a time.
const CHUNK: usize = 256;

/// The part of a frame that is in one file.
struct Group {
    place: String,
    numbers: Vec<u32>,
}

impl Full {
    fn draw(&self, finding: &Finding, sources: &Sources) -> String {
        let rule = finding.rule;
        let title = format!("{}[{}]", finding.severity, rule.code);
        let message = printable(&(finding.message.clone() + &in_clusters(finding))).into_owned();
        let message = format!("{}: {message}", rule.name);
        let mut text = format!(
            "{} {}\n",
            self.terminal.paint(Tone::of(finding.severity), &title),
            self.terminal.paint(Tone::Strong, &message)
        );
        let mut groups = Vec::new();
        let mut cache = Excerpts(Vec::new());
        let mut drawing = ariadne::Report::build(ReportKind::Error, (0, 0..0)).with_config(
            Config::default()
                .with_color(self.terminal.color)
                .with_char_set(if self.terminal.unicode {
                    CharSet::Unicode
                } else {
                    CharSet::Ascii
                })
                .with_index_type(IndexType::Char),
        );
        for (id, labels) in by_file(finding) {
            let excerpt = Excerpt::new(sources.get(id), &labels);
            for mark in excerpt.marks {
                drawing.add_label(label(finding, groups.len(), mark.range, mark.label));
            }
            let place = sources.place(labels[0].1);
            groups.push(Group {
                place: format!(
                    "{}:{}:{}",
                    printable(&sources.get(id).name),
                    place.line,
                    place.column
                ),
                numbers: excerpt.numbers,
            });
            cache.0.push(Source::from(excerpt.text));
        }
        if let Some(help) = &finding.help {
            drawing.set_help(help.lines().map(printable).collect::<Vec<_>>().join("\n"));
        }
        if !finding.proxies.is_empty() {
            drawing.set_note(printable(&format!("on {} only", finding.proxies.join(", "))));
        }
        let mut drawn = Vec::new();
        drawing.finish().write(cache, &mut drawn).expect("a vector takes all");
        let drawn = String::from_utf8(drawn).expect("ariadne writes text");
        // Its first line is a header of another form.
        finish(&drawn[drawn.find('\n').map_or(0, |end| end + 1)..], &groups, &mut text);
        text.push('\n');
        text
    }
}

/// The labels by file, with their numbers: the primary label's file first, within a file as they come.
fn by_file(finding: &Finding) -> Vec<(SourceId, Vec<(usize, crate::text::Span)>)> {
    let mut files: Vec<(SourceId, Vec<_>)> = Vec::new();
    for (number, label) in finding.labels.iter().enumerate() {
        match files.iter_mut().find(|(id, _)| *id == label.span.source) {
            Some((_, labels)) => labels.push((number, label.span)),
            None => files.push((label.span.source, vec![(number, label.span)])),
        }
    }
    files
}

fn label(
    finding: &Finding,
    group: usize,
    range: Range<usize>,
    number: usize,
) -> Label<(usize, Range<usize>)> {
    let message = printable(&finding.labels[number].message);
    let color = match (number, finding.severity) {
        (0, Severity::Error) => Color::Red,
        (0, Severity::Warning) => Color::Yellow,
        (0, Severity::Info) => Color::Cyan,
        _ => Color::Blue,
    };
    // Without a message there would be no underline.
    let message = if message.is_empty() { "here" } else { &message };
    Label::new((group, range)).with_message(message).with_color(color)
}

/// Copies the frame with true line numbers and places.
fn finish(drawn: &str, groups: &[Group], out: &mut String) {
    let last = groups.iter().flat_map(|group| &group.numbers).max().copied().unwrap_or(0);
    let width = last.to_string().len();
    let margin = drawn.chars().take_while(|&c| c == ' ').count();
    let mut place = None;
    let mut upcoming = groups.iter();
    for line in drawn.lines() {
        let cells = canvas::cells(line);
        let margin = margin.min(cells.len());
        let (left, right) = cells.split_at(margin);
        let mut new = margin_cells(left, width, place.map_or(&[], |group: &Group| &group.numbers));
        if is_heading(right) {
            place = upcoming.next();
            new.extend(&right[..HEADING]);
            new.push((' ', ""));
            new.extend(place.map_or("", |group| &group.place).chars().map(|c| (c, "")));
            new.push((' ', ""));
            new.extend(right.last());
        } else {
            new.extend(right);
        }
        canvas::push_line(out, &new);
    }
}

/// Length of `╭─[`.
const HEADING: usize = 3;

fn is_heading(cells: &[Cell<'_>]) -> bool {
    cells.len() > HEADING && matches!(cells[1].0, '─' | '-') && cells[2].0 == '['
}

/// The margin, `width` digits wide, with the number that its number stands for.
fn margin_cells<'o>(left: &[Cell<'o>], width: usize, numbers: &[u32]) -> Vec<Cell<'o>> {
    let digits: String = left.iter().map(|cell| cell.0).filter(char::is_ascii_digit).collect();
    let style = left.last().map_or("", |cell| cell.1);
    let line = digits.parse::<usize>().ok().and_then(|line| numbers.get(line.checked_sub(1)?));
    match (line, left.last()) {
        (Some(number), _) => format!(" {number:>width$} ").chars().map(|c| (c, style)).collect(),
        (None, Some(&cell)) => vec![cell; width + 2],
        (None, None) => Vec::new(),
    }
}

/// The excerpts of a frame, by group.
struct Excerpts(Vec<Source<String>>);

impl ariadne::Cache<usize> for Excerpts {
    type Storage = String;

    fn fetch(&mut self, group: &usize) -> Result<&Source<String>, impl fmt::Debug> {
        Ok::<_, Infallible>(&self.0[*group])
    }

    fn display<'a>(&self, _: &'a usize) -> Option<impl fmt::Display + 'a> {
        Some("")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::testing;
    use crate::text::{Source, Span};

    #[test]
    fn labels_in_two_files_share_a_frame() {
        let text = testing::render(&Full { terminal: Terminal::plain() });
        assert_eq!(text, include_str!("../../testdata/report/full.txt"));
    }

    #[test]
    fn colours_change_nothing_else() {
        let plain = testing::render(&Full { terminal: Terminal::plain() });
        let color = Terminal { color: true, ..Terminal::plain() };
        let colored = testing::render(&Full { terminal: color });
        let stripped: String = colored
            .lines()
            .flat_map(|line| canvas::cells(line).into_iter().map(|cell| cell.0).chain(['\n']))
            .collect();
        assert_eq!(stripped, plain);
        assert!(colored.contains("\u{1b}[38;5;246m"));
    }

    #[test]
    fn ascii_frames_have_headings_too() {
        let terminal = Terminal { unicode: false, ..Terminal::plain() };
        let text = testing::render(&Full { terminal });
        assert!(text.contains("[ apps/shop/vs.yaml:4:5 ]"), "{text}");
        assert!(text.contains("[ infra/gateway.yaml:11:28 ]"), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]
        #[test]
        fn any_text_and_any_spans_can_be_drawn(
            text in "([a-zé日\\t\\r\\n\\x1b\u{85}\u{2028}\u{300} ]{0,40}|[xy\\n]{0,600})",
            spans in prop::collection::vec((0u32..700, 0u32..700, any::<bool>()), 1..6),
            unicode in any::<bool>(),
            color in any::<bool>(),
        ) {
            let mut sources = Sources::default();
            let ids = [
                sources.add(Source::new("a:b [x]", text.clone())),
                sources.add(Source::new("ü", text)),
            ];
            let span = |&(start, end, second): &(u32, u32, bool)| {
                Span::new(ids[usize::from(second)], start, end)
            };
            let mut finding = Finding::new(
                &testing::STYLE,
                testing::subject(ids[0]),
                span(&spans[0]),
                "m",
            );
            for other in &spans[1..] {
                finding = finding.label(span(other), "l");
            }
            let terminal = Terminal { color, unicode, ..Terminal::plain() };
            let drawn = Full { terminal }.draw(&finding, &sources);
            let messages = drawn.lines().filter(|line| {
                let text: String = canvas::cells(line).iter().map(|cell| cell.0).collect();
                text.ends_with("─ l") || text.ends_with("- l")
            });
            prop_assert_eq!(messages.count(), spans.len() - 1);
        }
    }
}
