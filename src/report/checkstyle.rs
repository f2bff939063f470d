//! The format `checkstyle`: the XML of the tool of that name, which many CI servers and review bots read.

use std::io::{self, Write};

use super::Report;
use super::concise::sentence;
use super::xml::Xml;
use crate::analysis::Outcome;
use crate::finding::Finding;
use crate::text::{SourceId, Sources};

/// `<file>` elements with an `<error>` for each finding.
#[derive(Clone, Copy, Debug)]
pub struct Checkstyle;

impl Report for Checkstyle {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Xml::new(out)?;
        xml.open("checkstyle", &[("version", "4.3")])?;
        let in_one_file = |a: &_, b: &_| source(a) == source(b);
        for findings in outcome.findings.chunk_by(in_one_file) {
            xml.open("file", &[("name", &sources.get(source(&findings[0])).name)])?;
            for finding in findings {
                let place = sources.place(finding.span());
                let of = [
                    ("line", &*place.line.to_string()),
                    ("column", &place.column.to_string()),
                    ("severity", finding.severity.as_str()),
                    ("message", &sentence(finding, sources)),
                    ("source", &format!("gwctl.{}", finding.rule.code)),
                ];
                xml.empty("error", &of)?;
            }
            xml.close()?;
        }
        xml.close()
    }
}

fn source(finding: &Finding) -> SourceId {
    finding.span().source
}
