//! Fixtures of rules: manifests with what is expected of them in comments.

use std::fmt;

use gwctl::text::Span;

use crate::linting::Linted;

/// A comment that says what is found on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Line of the fixture, from 1.
    pub(crate) line: usize,
    /// The rule, for a primary label.
    pub(crate) name: Option<String>,
    /// A part of the message.
    pub(crate) text: String,
}

impl Comment {
    /// Whether this is what the comment means.
    pub(crate) fn is_met_by(&self, found: &Comment) -> bool {
        self.line == found.line && self.name == found.name && found.text.contains(&self.text)
    }
}

impl fmt::Display for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "#! {name}: {}", self.text),
            None => write!(f, "#^ {}", self.text),
        }
    }
}

/// A fixture.
#[derive(Debug)]
pub(crate) struct Fixture {
    /// Name and text of each file, with the line of the fixture before its first.
    parts: Vec<(String, String, usize)>,
    /// What is expected.
    pub(crate) comments: Vec<Comment>,
    /// Words of `# options:` lines, as on the command line.
    pub(crate) options: Vec<String>,
    /// The rules of `# rules:`; none: all.
    rules: Option<Vec<String>>,
}

impl Fixture {
    /// Reads a fixture. `# file: NAME` begins a further file.
    pub(crate) fn read(name: &str, text: &str) -> Self {
        let mut fixture = Self {
            parts: vec![(name.to_owned(), String::new(), 0)],
            comments: Vec::new(),
            options: Vec::new(),
            rules: None,
        };
        for (line, content) in (1..).zip(text.lines()) {
            if let Some(name) = content.strip_prefix("# file: ") {
                fixture.parts.push((name.trim().to_owned(), String::new(), line));
                continue;
            }
            if let Some(words) = content.strip_prefix("# options: ") {
                fixture.options.extend(words.split_whitespace().map(str::to_owned));
            }
            if let (1, Some(names)) = (line, content.strip_prefix("# rules: ")) {
                fixture.rules = Some(names.split(',').map(|name| name.trim().to_owned()).collect());
            }
            fixture.comments.extend(comments(line, content));
            let part = fixture.parts.last_mut().expect("there is a first one");
            part.1.push_str(content);
            part.1.push('\n');
        }
        fixture
    }

    /// Name and text of each file.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        self.parts.iter().map(|(name, text, _)| (name.clone(), text.clone())).collect()
    }

    /// Whether the fixture is about a rule.
    pub(crate) fn is_on(&self, rule: &str) -> bool {
        self.rules.as_ref().is_none_or(|rules| rules.iter().any(|name| name == rule))
    }

    /// The line of the fixture in which a span begins.
    pub(crate) fn line(&self, linted: &Linted, span: Span) -> usize {
        let file = &linted.sources.get(span.source).name;
        let before = self.parts.iter().find(|(name, ..)| name == file).map_or(0, |part| part.2);
        before + linted.sources.place(span).line as usize
    }
}

/// The text without the comments that are not met, and with those that are missing.
pub(crate) fn rewritten(text: &str, unmet: &[&Comment], missing: &[&Comment]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for comment in unmet {
        for line in &mut lines {
            for own in [comment.to_string(), comment.at_line()] {
                if let Some(at) = line.find(&own) {
                    line.replace_range(at..at + own.len(), "");
                    line.truncate(line.trim_end().len());
                }
            }
        }
    }
    for comment in missing {
        let line = &mut lines[comment.line - 1];
        *line = format!("{line}  {comment}");
    }
    lines.join("\n") + "\n"
}

impl Comment {
    /// As written in another line.
    fn at_line(&self) -> String {
        let sign = if self.name.is_some() { "#!" } else { "#^" };
        self.to_string().replacen(sign, &format!("{sign}@{}", self.line), 1)
    }
}

/// The comments of a line. `#!@18` and `#^@18` stand for line 18, where no comment can stand.
fn comments(line: usize, content: &str) -> Vec<Comment> {
    let starts: Vec<usize> = content
        .match_indices(['!', '^'])
        .filter_map(|(at, _)| at.checked_sub(1))
        .filter(|&at| content.as_bytes()[at] == b'#')
        .filter(|&at| at == 0 || content.as_bytes()[at - 1] == b' ')
        .collect();
    let ends = starts.iter().skip(1).copied().chain([content.len()]);
    let mut comments = Vec::new();
    for (&start, end) in starts.iter().zip(ends) {
        let is_primary = content.as_bytes()[start + 1] == b'!';
        let mut text = content[start + 2..end].trim();
        let mut at = line;
        if let Some((number, rest)) = text.strip_prefix('@').and_then(|t| t.split_once(' ')) {
            at = number.parse().expect("a line number after @");
            text = rest.trim();
        }
        let (name, text) = match text.split_once(':') {
            Some((name, text)) if is_primary => (Some(name.trim().to_owned()), text.trim()),
            _ => (None, text),
        };
        comments.push(Comment { line: at, name, text: text.to_owned() });
    }
    comments
}

#[test]
fn comments_stand_at_the_end_of_lines_or_name_a_line() {
    let comment = |line, name: Option<&str>, text: &str| Comment {
        line,
        name: name.map(str::to_owned),
        text: text.to_owned(),
    };
    assert_eq!(
        comments(3, "- a.com  #! some-rule: `a` is b  #^ seen"),
        [comment(3, Some("some-rule"), "`a` is b"), comment(3, None, "seen")]
    );
    assert_eq!(comments(3, "#!@18 r (info): text"), [comment(18, Some("r (info)"), "text")]);
    assert_eq!(comments(3, "a: b#!c"), []);
}
