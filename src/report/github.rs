//! The format `github`: workflow commands, which GitHub shows as annotations of the changed files.

use std::io::{self, Write};

use super::Report;
use super::concise::sentence;
use crate::analysis::Outcome;
use crate::finding::Severity;
use crate::text::Sources;

/// `::error file=...,line=...::MESSAGE`.
#[derive(Clone, Copy, Debug)]
pub struct Github;

impl Report for Github {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        for finding in &outcome.findings {
            let (span, rule) = (finding.span(), finding.rule);
            let (start, end) = (sources.place(span), sources.end(span));
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let file = property(&sources.get(span.source).name);
            write!(out, "::{command} file={file},line={},endLine={}", start.line, end.line)?;
            // GitHub takes columns only within one line.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            let title = property(&format!("gwctl {} {}", rule.code, rule.name));
            let mut text = sentence(finding, sources);
            if let Some(help) = &finding.help {
                text.push_str("\nhelp: ");
                text.push_str(help);
            }
            writeln!(out, ",title={title}::{}", data(&text))?;
        }
        Ok(())
    }
}

/// Escapes a message (mirrors `escapeData` of actions/toolkit, packages/core/src/command.ts). Logs are read on
/// terminals: control characters but for line ends and tabs become U+FFFD.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    text.chars().map(|c| if c == '\t' { c } else { super::printable_char(c) }).collect()
}

/// Escapes the value of a property (mirrors `escapeProperty` there).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn findings_are_workflow_commands() {
        assert_eq!(
            testing::render(&Github),
            "::error file=apps/shop/vs.yaml,line=4,endLine=4,col=5,endColumn=22,\
             title=gwctl GW304 unbound-host::no bound gateway serves `bücher, 100%25: x` \
             (other place: infra/gateway.yaml:11)%0Ahelp: add \"bücher\" to the hosts\n\
             ::notice file=infra/gateway.yaml,line=1,endLine=1,col=1,endColumn=5,\
             title=gwctl GW801 needless-thing::two%0Alines \u{fffd}[31m\n"
        );
    }

    #[test]
    fn properties_cannot_end_early() {
        assert_eq!(property("a,b::c%\n"), "a%2Cb%3A%3Ac%25%0A");
    }
}
