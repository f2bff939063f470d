//! The lines of one file that a finding points at, made safe to draw. Knows nothing of who draws them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::{Source, Span};

/// Longer lines are cropped around their labels.
const MAX_COLUMNS: usize = 200;

/// What is kept before the first label of a cropped line.
const LEAD: usize = 40;

/// A few lines of a source. Every character of the source became one character here, or was cropped.
pub(super) struct Excerpt {
    /// The labelled lines, each ended by LF; an empty line stands for lines left out.
    pub(super) text: String,
    /// The number of each line in its file; 0 for a line that stands for others.
    pub(super) numbers: Vec<u32>,
    /// The labels, from top to bottom.
    pub(super) marks: Vec<Mark>,
}

/// A label within an [`Excerpt`].
pub(super) struct Mark {
    /// Characters of [`Excerpt::text`], in one line, never empty.
    pub(super) range: Range<usize>,
    /// Which label of the finding this is.
    pub(super) label: usize,
}

/// A label within its line, in characters. It may cover the line end, so that it is never empty.
struct OnLine {
    label: usize,
    from: usize,
    to: usize,
}

impl Excerpt {
    /// The lines of `source` in which the spans start. A span over several lines is cut at the end of its
    /// first one: in YAML that is the line that names the thing.
    pub(super) fn new(source: &Source, labels: &[(usize, Span)]) -> Self {
        let mut lines: BTreeMap<u32, (&str, Vec<OnLine>)> = BTreeMap::new();
        for &(label, span) in labels {
            let place = source.lines().place(&source.text, span.start);
            let line = line_text(source, place.line);
            let from = (place.column as usize - 1).min(line.chars().count());
            let to = from + marked(line, from, source, place.line, span.end);
            lines.entry(place.line).or_insert_with(|| (line, Vec::new())).1.push(OnLine {
                label,
                from,
                to,
            });
        }
        let mut excerpt = Self { text: String::new(), numbers: Vec::new(), marks: Vec::new() };
        let mut start = 0;
        for (number, (line, mut labels)) in lines {
            if excerpt.numbers.last().is_some_and(|&last| last + 1 < number) {
                excerpt.text.push('\n');
                excerpt.numbers.push(0);
                start += 1;
            }
            labels.sort_by_key(|label| (label.from, label.to, label.label));
            let chars = crop(line, &mut labels);
            excerpt.marks.extend(labels.iter().map(|label| Mark {
                range: start + label.from..start + label.to,
                label: label.label,
            }));
            start += chars.len() + 1;
            excerpt.text.extend(chars);
            excerpt.text.push('\n');
            excerpt.numbers.push(number);
        }
        excerpt
    }
}

/// The text of a line (from 1), without its end.
fn line_text(source: &Source, line: u32) -> &str {
    let start = source.lines().start_of(line).expect("the line was found in this source") as usize;
    let rest = &source.text[start..];
    let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    let text = &rest[..end];
    text.strip_suffix('\r').unwrap_or(text)
}

/// How many characters are marked from character `from` on, up to byte `end` of the source: at least one,
/// no blanks at the end.
fn marked(line: &str, from: usize, source: &Source, number: u32, end: u32) -> usize {
    let start = source.lines().start_of(number).expect("the line was found in this source");
    let mut end = (end.saturating_sub(start) as usize).min(line.len());
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let text: String = line[..end].chars().skip(from).collect();
    text.trim_end().chars().count().max(1)
}

/// The characters of a line to be drawn; moves the labels along.
fn crop(line: &str, labels: &mut [OnLine]) -> Vec<char> {
    let safe = |c| if c == '\t' { c } else { super::printable_char(c) };
    if line.len() <= MAX_COLUMNS || line.chars().count() <= MAX_COLUMNS {
        return line.chars().map(safe).collect();
    }
    let last = labels.iter().map(|label| label.to).max().unwrap_or(0);
    let first = labels.iter().map(|label| label.from).min().unwrap_or(0);
    let skip = if last < MAX_COLUMNS { 0 } else { first.saturating_sub(LEAD) };
    let mut chars = Vec::with_capacity(MAX_COLUMNS + 2);
    if skip > 0 {
        chars.push('…');
    }
    let mut rest = line.chars().skip(skip);
    chars.extend(rest.by_ref().take(MAX_COLUMNS).map(safe));
    if rest.next().is_some() {
        chars.push('…');
    }
    let moved = |column: usize| (column + usize::from(skip > 0)).saturating_sub(skip);
    for label in labels {
        label.from = moved(label.from).min(chars.len());
        label.to = moved(label.to).min(chars.len()).max(label.from + 1);
    }
    chars
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Sources};

    fn excerpt(text: &str, spans: &[(u32, u32)]) -> (String, Vec<u32>, Vec<String>) {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a", text));
        let labels: Vec<_> = spans
            .iter()
            .enumerate()
            .map(|(at, &(start, end))| (at, Span::new(id, start, end)))
            .collect();
        let excerpt = Excerpt::new(sources.get(SourceId::new(0)), &labels);
        let marks = excerpt
            .marks
            .iter()
            .map(|mark| {
                excerpt.text.chars().skip(mark.range.start).take(mark.range.len()).collect()
            })
            .collect();
        (excerpt.text, excerpt.numbers, marks)
    }

    #[test]
    fn lines_between_labels_are_left_out_and_labels_sorted() {
        let (text, numbers, marks) = excerpt("a: é\r\nb\nc: 1\n", &[(12, 13), (3, 5)]);
        assert_eq!(text, "a: é\n\nc: 1\n");
        assert_eq!(numbers, [1, 0, 3]);
        assert_eq!(marks, ["é", "1"]);
    }

    #[test]
    fn odd_spans_mark_one_character() {
        let text = "é: x\n";
        for (span, mark) in
            [((1, 1), "é"), ((5, 2), "\n"), ((9, 99), "\n"), ((6, 6), "\n"), ((0, 99), "é: x")]
        {
            let (_, _, marks) = excerpt(text, &[span]);
            assert_eq!(marks, [mark], "{span:?}");
        }
        assert_eq!(excerpt("", &[(0, 0)]).2, ["\n"]);
    }

    #[test]
    fn a_span_over_several_lines_is_cut_at_the_first() {
        assert_eq!(excerpt("a: \n  b: 1\n", &[(0, 10)]).2, ["a:"]);
    }

    #[test]
    fn long_lines_are_cropped_around_their_labels() {
        let text = format!("{}HERE{}", "é".repeat(1000), "x".repeat(1000));
        let (line, _, marks) = excerpt(&text, &[(2000, 2004)]);
        assert_eq!(line.chars().count(), 203);
        assert!(line.starts_with("…é") && line.ends_with("x…\n"));
        assert_eq!(marks, ["HERE"]);
        let (line, _, marks) = excerpt(&text, &[(0, 2), (2004, 2005)]);
        assert!(line.starts_with('é'));
        assert_eq!(marks, ["é", "\n"]);
    }

    #[test]
    fn control_characters_become_one_character_each() {
        assert_eq!(excerpt("a\u{1b}\r\u{85}\tb\n", &[(0, 1)]).0, "a\u{fffd}\u{fffd}\u{fffd}\tb\n");
    }
}
