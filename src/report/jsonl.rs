//! The format `jsonl`: the findings of `json`, one a line, and a last line that sums up.

use std::io::{self, Write};

use super::Report;
use super::json::{Json, SumWire};
use crate::analysis::Outcome;
use crate::text::Sources;

/// Lines of JSON.
#[derive(Clone, Copy, Debug)]
pub struct Jsonl<'c>(pub Json<'c>);

impl Report for Jsonl<'_> {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        for (at, finding) in outcome.findings.iter().enumerate() {
            serde_json::to_writer(&mut *out, &self.0.finding(at, finding, sources))?;
            writeln!(out)?;
        }
        serde_json::to_writer(&mut *out, &SumWire::of(&self.0, outcome))?;
        writeln!(out)
    }
}
