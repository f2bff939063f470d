//! The format `sarif`, version 2.1.0: what code scanning services read.

mod wire;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::Report;
use super::concise::on_proxies;
use super::rules;
use crate::analysis::{Outcome, Places, Suppressed, SuppressedBy};
use crate::finding::{Category, Edit, Finding, Label, Rule, Severity};
use crate::input::Root;
use crate::text::{Sources, Span};
use wire::{
    Artifact, Configuration, Descriptor, Driver, Fingerprints, Invocation, Location, Log, Logical,
    Message, Notification, Physical, Region, ResultWire, RuleProperties, Run, Tool,
};

/// One log with one run. It is to be read elsewhere, so files are named from the root of the repository.
#[derive(Clone, Copy, Debug)]
pub struct Sarif<'c> {
    /// The fingerprints.
    pub places: &'c Places<'c>,
    /// The root of the repository.
    pub root: &'c Root,
}

impl Report for Sarif<'_> {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let reported = outcome.findings.iter().map(|finding| (finding, None));
        let suppressed = outcome.suppressed.iter().map(|one| (&one.finding, Some(one)));
        let all: Vec<_> = reported.chain(suppressed).collect();
        let rules: BTreeMap<&str, &Rule> =
            all.iter().map(|(finding, _)| (finding.rule.code, finding.rule)).collect();
        let indexes: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
        let results = all.iter().enumerate();
        let results = results.map(|(at, &(finding, suppressed))| ResultWire {
            rule_id: finding.rule.code,
            rule_index: indexes[finding.rule.code],
            level: level(finding.severity),
            message: Message { text: finding.message.clone() + &on_proxies(finding) },
            locations: [self.location(None, finding, &finding.labels[0], sources)],
            related_locations: (1..)
                .zip(&finding.labels[1..])
                .map(|(id, label)| self.location(Some(id), finding, label, sources))
                .collect(),
            partial_fingerprints: Fingerprints { v1: self.places.fingerprint(at) },
            fixes: finding.fix.as_ref().map(|edit| [self.fix(edit, sources)]),
            suppressions: suppressed.map(|one| [suppression(one)]),
            properties: finding.help.as_deref().map(|help| wire::ResultProperties { help }),
        });
        let log = Log {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "gwctl",
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        rules: rules.into_values().map(descriptor).collect(),
                    },
                },
                invocations: [invocation(outcome)],
                column_kind: "unicodeCodePoints",
                results: results.collect(),
            }],
        };
        serde_json::to_writer_pretty(&mut *out, &log)?;
        writeln!(out)
    }
}

impl Sarif<'_> {
    /// A place: that of the finding, or one that is related to it and has a number.
    fn location(
        &self,
        id: Option<usize>,
        finding: &Finding,
        label: &Label,
        sources: &Sources,
    ) -> Location {
        let own = finding.subject.object.as_ref().filter(|_| id.is_none());
        Location {
            id,
            message: (!label.message.is_empty()).then(|| Message { text: label.message.clone() }),
            physical: Physical {
                artifact_location: self.artifact(&sources.get(label.span.source).name),
                region: region(label.span, sources),
            },
            logical: own.map(|object| {
                let name = format!("{}/{}/{}", object.kind, object.namespace, object.name);
                [Logical { fully_qualified_name: name, kind: "object" }]
            }),
        }
    }

    fn fix<'f>(&self, edit: &'f Edit, sources: &Sources) -> wire::Fix<'f> {
        let replacement = wire::Replacement {
            deleted_region: region(edit.span, sources),
            inserted_content: wire::Content { text: &edit.text },
        };
        let artifact_location = self.artifact(&sources.get(edit.span.source).name);
        wire::Fix {
            artifact_changes: [wire::Change { artifact_location, replacements: [replacement] }],
        }
    }

    fn artifact(&self, name: &str) -> Artifact {
        match self.root.relative(name) {
            Some(name) => Artifact { uri: uri(&name), uri_base_id: Some("SRCROOT") },
            None if name.starts_with('/') => {
                Artifact { uri: format!("file://{}", uri(name)), uri_base_id: None }
            }
            None => Artifact { uri: uri(name), uri_base_id: None },
        }
    }
}

fn region(span: Span, sources: &Sources) -> Region {
    let (start, end) = (sources.place(span), sources.end(span));
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// A path as part of a URI: whatever has a meaning there, or none, is written as its bytes.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string takes all");
        }
    }
    out
}

/// Without `helpUri`, which has to be absolute: the pages of the rules have no address yet. `help` holds their text.
fn descriptor(rule: &'static Rule) -> Descriptor {
    let help = rules::help(rule);
    Descriptor {
        id: rule.code,
        name: rule.name,
        short_description: Message { text: rules::first_sentence(rule) },
        full_description: Message { text: rules::summary(rule) },
        help: wire::Help { text: help.clone(), markdown: help },
        default_configuration: Configuration {
            enabled: rule.on_by_default,
            level: level(rule.severity),
        },
        properties: RuleProperties {
            tags: std::iter::once(rule.category.as_str())
                .chain(rule.aliases.iter().map(|alias| alias.trim_start_matches('~')))
                .collect(),
            security_severity: (rule.category == Category::Security).then(|| score(rule.severity)),
        },
    }
}

/// Whether all was done that was to be done.
fn invocation(outcome: &Outcome) -> Invocation {
    let notification = |problem: &String| Notification {
        level: "error",
        message: Message { text: problem.clone() },
    };
    Invocation {
        execution_successful: outcome.problems.is_empty(),
        tool_execution_notifications: outcome.problems.iter().map(notification).collect(),
    }
}

fn suppression(one: &Suppressed) -> wire::Suppression<'_> {
    let kind = match one.by {
        SuppressedBy::Source => "inSource",
        SuppressedBy::Baseline => "external",
    };
    wire::Suppression { kind, justification: one.reason.as_deref() }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A score as in CVSS, by which GitHub sorts findings of security rules: high, medium, low.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "7.0",
        Severity::Warning => "5.0",
        Severity::Info => "3.0",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("apps/a b%/é:#?.yaml"), "apps/a%20b%25/%C3%A9%3A%23%3F.yaml");
    }

    #[test]
    fn files_outside_of_the_repository_have_no_base() {
        let (places, sources) = (crate::report::testing::sample().0, Sources::default());
        let sarif = Sarif {
            places: &Places::new(&places.findings, &sources, "default"),
            root: &Root::default(),
        };
        let inside = sarif.artifact("a.yaml");
        assert_eq!((&*inside.uri, inside.uri_base_id), ("a.yaml", Some("SRCROOT")));
        let outside = sarif.artifact("../a.yaml");
        assert_eq!((&*outside.uri, outside.uri_base_id), ("../a.yaml", None));
    }
}
