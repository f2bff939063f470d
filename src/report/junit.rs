//! The format `junit`: test results, which nearly every CI server shows. A finding is a test that failed.

use std::collections::HashMap;
use std::io::{self, Write};

use rustc_hash::FxBuildHasher;

use super::concise::{line, sentence};
use super::xml::Xml;
use super::{Report, Terminal};
use crate::analysis::Outcome;
use crate::finding::Finding;
use crate::text::Sources;

/// A suite for each file; a file without findings is one test that passed.
#[derive(Clone, Copy, Debug)]
pub struct Junit;

impl Report for Junit {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let mut suites: Vec<Vec<&Finding>> = sources.iter().map(|_| Vec::new()).collect();
        for finding in &outcome.findings {
            suites[finding.span().source.index()].push(finding);
        }
        let errors = outcome.problems.len();
        let tests = suites.iter().map(|findings| findings.len().max(1)).sum::<usize>() + errors;
        let mut xml = Xml::new(out)?;
        xml.open(
            "testsuites",
            &[
                ("name", "gwctl"),
                ("tests", &tests.to_string()),
                ("failures", &outcome.findings.len().to_string()),
                ("errors", &errors.to_string()),
            ],
        )?;
        for ((_, source), findings) in sources.iter().zip(&suites) {
            suite(&mut xml, &source.name, findings, sources)?;
        }
        if errors > 0 {
            problems(&mut xml, &outcome.problems)?;
        }
        xml.close()
    }
}

/// The findings of one file.
fn suite(
    xml: &mut Xml<'_>,
    file: &str,
    findings: &[&Finding],
    sources: &Sources,
) -> io::Result<()> {
    open(xml, file, findings.len().max(1), findings.len(), 0)?;
    let mut seen: HashMap<String, usize, FxBuildHasher> = HashMap::default();
    for finding in findings {
        // Of tests of one name some servers show the first alone.
        let mut name = name(finding);
        let seen = seen.entry(name.clone()).or_default();
        *seen += 1;
        if *seen > 1 {
            name = format!("{name} #{seen}");
        }
        let place = sources.place(finding.span());
        let number = place.line.to_string();
        let of = [("name", &*name), ("classname", file), ("file", file), ("line", &number)];
        xml.open("testcase", &of)?;
        let message = sentence(finding, sources);
        let of = [("type", finding.severity.as_str()), ("message", &message)];
        xml.text("failure", &of, &line(finding, sources, Terminal::plain()))?;
        xml.close()?;
    }
    if findings.is_empty() {
        xml.empty("testcase", &[("name", file), ("classname", file), ("file", file)])?;
    }
    xml.close()
}

/// What could not be done: who reads nothing but this file must not take it for a success.
fn problems(xml: &mut Xml<'_>, problems: &[String]) -> io::Result<()> {
    open(xml, "gwctl", problems.len(), 0, problems.len())?;
    for (at, problem) in problems.iter().enumerate() {
        let name = format!("problem {}", at + 1);
        xml.open("testcase", &[("name", &name), ("classname", "gwctl")])?;
        xml.text("error", &[("type", "problem"), ("message", problem)], problem)?;
        xml.close()?;
    }
    xml.close()
}

fn open(
    xml: &mut Xml<'_>,
    name: &str,
    tests: usize,
    failures: usize,
    errors: usize,
) -> io::Result<()> {
    let [tests, failures, errors] = [tests, failures, errors].map(|n| n.to_string());
    let of = [("name", name), ("tests", &tests), ("failures", &failures), ("errors", &errors)];
    xml.open("testsuite", &of)
}

/// `GW304 unbound-host VirtualService shop/shop`.
fn name(finding: &Finding) -> String {
    let rule = finding.rule;
    match &finding.subject.object {
        Some(object) => format!(
            "{} {} {} {}/{}",
            rule.code, rule.name, object.kind, object.namespace, object.name
        ),
        None => format!("{} {}", rule.code, rule.name),
    }
}
