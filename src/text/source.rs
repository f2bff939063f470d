//! The texts of all files that take part.

use std::sync::OnceLock;

use super::{LineIndex, Place, SourceId, Span};

/// One text: its name as printed, and its bytes as UTF-8.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path as printed, relative to the working directory, with `/`.
    pub name: String,
    /// The text, without a leading byte order mark.
    pub text: String,
    /// Whether the user named this very file, and so says that it belongs with the others that are named.
    pub is_named: bool,
    /// Whether the file begins with a byte order mark.
    has_bom: bool,
    lines: OnceLock<LineIndex>,
}

/// All texts, by [`SourceId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Source {
    /// A source; lines are indexed when first asked for.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            is_named: false,
            has_bom: false,
            lines: OnceLock::new(),
        }
    }

    /// Says whether the file begins with a byte order mark.
    #[must_use]
    pub fn with_bom(self, has_bom: bool) -> Self {
        Self { has_bom, ..self }
    }

    /// Says whether the user named this very file.
    #[must_use]
    pub fn named(self, is_named: bool) -> Self {
        Self { is_named, ..self }
    }

    /// The place in the file of byte `offset` of the text.
    pub fn offset_in_file(&self, offset: u32) -> u32 {
        if self.has_bom { offset + 3 } else { offset }
    }

    /// The line index of this text.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

impl Sources {
    /// Adds a source and returns its id.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.all.push(source);
        SourceId::new(u32::try_from(self.all.len() - 1).expect("fewer than 2^32 sources"))
    }

    /// The source of an id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.index()]
    }

    /// All sources in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId::new).zip(&self.all)
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Line and column of the start of a span.
    pub fn place(&self, span: Span) -> Place {
        let source = self.get(span.source);
        source.lines().place(&source.text, span.start)
    }

    /// Line and column of the end of a span.
    pub fn end(&self, span: Span) -> Place {
        let source = self.get(span.source);
        source.lines().place(&source.text, span.end)
    }

    /// `file:line` of the start of a span.
    pub fn file_line(&self, span: Span) -> String {
        format!("{}:{}", self.get(span.source).name, self.place(span).line)
    }
}
