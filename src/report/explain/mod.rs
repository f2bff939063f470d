//! What is said of a request, by format.

mod json;
mod text;

use std::io::{self, BufWriter, Write};

use super::{Paths, Terminal, yaml};
use crate::explain::{Explanation, Question};
use crate::text::Sources;

/// The formats of `gwctl explain host`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplainFormat {
    /// For people.
    Text,
    /// One document, `gwctl/explain/v1`.
    Json,
    /// The same as YAML.
    Yaml,
}

/// The answers to a question, ready for print.
#[derive(Clone, Copy)]
pub struct ExplainReport<'a> {
    /// What was asked.
    pub question: &'a Question,
    /// The answers.
    pub explanation: &'a Explanation<'a>,
    /// The texts.
    pub sources: &'a Sources,
    /// The field paths of spans.
    pub paths: &'a dyn Paths,
    /// Where the text goes.
    pub terminal: Terminal,
}

impl ExplainReport<'_> {
    /// Prints the answers.
    pub fn write(&self, format: ExplainFormat, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        match format {
            ExplainFormat::Text => {
                let text = text::explanation(self.explanation, self.sources, self.terminal);
                out.write_all(text.as_bytes())?;
            }
            ExplainFormat::Json => {
                serde_json::to_writer_pretty(&mut out, &json::document(self))?;
                writeln!(out)?;
            }
            ExplainFormat::Yaml => yaml::emit(&json::document(self), &mut out)?,
        }
        out.flush()
    }
}
