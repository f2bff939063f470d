//! What gwctl has to say about the input: rules, findings, labels. Plain data; no rendering, no Istio.

mod category;
mod rule;
mod severity;
pub mod words;

use thin_vec::ThinVec;

use crate::text::{SourceId, Span, Str};

pub use category::Category;
pub use rule::{Rule, RuleOption, RuleOptions, Section};
pub use severity::Severity;

/// A statement about a place in the input. The first label is the primary one. What few findings have takes little room
/// in the others.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// The severity of this finding; mostly the rule's.
    pub severity: Severity,
    /// One line, lower case, no full stop; names of things in backquotes.
    pub message: String,
    /// Places; the first one is primary.
    pub labels: Vec<Label>,
    /// What to do, as an imperative.
    pub help: Option<String>,
    /// The object that the finding is about.
    pub subject: Subject,
    /// Elements that reach no proxy's table because of this.
    pub unreached: ThinVec<Element>,
    /// Who refuses the object.
    pub rejected_by: ThinVec<Judge>,
    /// Who warns about the object.
    pub warned_by: ThinVec<Judge>,
    /// What Envoy refuses because of this.
    pub refused: ThinVec<Refusal>,
    /// Proxies (by name) for which this holds, where it does not hold for all.
    pub proxies: ThinVec<String>,
    /// Clusters (by name) in which this holds; empty where the run knows of none.
    pub clusters: ThinVec<String>,
    /// The text that is certainly meant.
    pub fix: Option<Box<Edit>>,
}

/// A place and what is to be said of it; the message may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What.
    pub message: String,
}

/// A replacement of bytes that is certainly what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// Which object a finding is about. A document that has no identity has a file and a number alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The file.
    pub source: SourceId,
    /// The document in the file, from 0.
    pub document: u32,
    /// `apiVersion`, `kind`, namespace and name.
    pub object: Option<ObjectName>,
}

/// What identifies an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// `apiVersion` as written.
    pub api_version: Str,
    /// `kind` as written.
    pub kind: Str,
    /// Namespace; the default one where none is written, empty for cluster-wide kinds.
    pub namespace: Str,
    /// Name.
    pub name: Str,
}

/// A part of an object: `spec.hosts[0]` of the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Element {
    /// The file.
    pub source: SourceId,
    /// The document in the file, from 0.
    pub document: u32,
    /// Field path.
    pub path: Str,
}

/// A listener or route configuration that Envoy refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Refusal {
    /// The name of the proxy.
    pub proxy: String,
    /// The name of the listener or route configuration.
    pub name: String,
}

/// Who judges objects before they reach the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judge {
    /// Istio's validators, or its decoder.
    Istio,
    /// The schema in the `CustomResourceDefinition`.
    Schema,
}

impl Judge {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Istio => "istio",
            Self::Schema => "schema",
        }
    }
}

impl Finding {
    /// A finding with its primary label.
    pub fn new(
        rule: &'static Rule,
        subject: Subject,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            labels: vec![Label { span, message: String::new() }],
            help: None,
            subject,
            unreached: ThinVec::new(),
            rejected_by: ThinVec::new(),
            warned_by: ThinVec::new(),
            refused: ThinVec::new(),
            proxies: ThinVec::new(),
            clusters: ThinVec::new(),
            fix: None,
        }
    }

    /// Says what stands at the primary place.
    #[must_use]
    pub fn here(mut self, message: impl Into<String>) -> Self {
        self.labels[0].message = message.into();
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Another severity than the rule's.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Moves all places to other texts.
    pub fn sources(&mut self, id: impl Fn(SourceId) -> SourceId) {
        self.subject.source = id(self.subject.source);
        for label in &mut self.labels {
            label.span.source = id(label.span.source);
        }
        for element in &mut self.unreached {
            element.source = id(element.source);
        }
        if let Some(fix) = &mut self.fix {
            fix.span.source = id(fix.span.source);
        }
    }

    /// The primary place.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
}
