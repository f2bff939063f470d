//! Where the labels of findings stand: in which object, at which field. Documents with findings are read again, once each.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxBuildHasher;

use super::Outcome;
use super::fingerprint::{Fields, fingerprint, identity};
use crate::finding::{Finding, ObjectName};
use crate::manifest::{Header, Item, Namespaces, objects};
use crate::text::{SourceId, Sources, Span};
use crate::yaml::{self, Chunk};

/// The places of findings, and what the findings are known by. Costs nothing until something is asked.
#[derive(Debug)]
pub struct Places<'f> {
    findings: Vec<&'f Finding>,
    sources: &'f Sources,
    namespace: &'f str,
    known: OnceCell<Known>,
}

#[derive(Debug)]
struct Known {
    spots: Spots,
    fingerprints: Vec<String>,
}

type Spots = HashMap<Span, Spot, FxBuildHasher>;

/// Where a label stands; empty where its document cannot be read.
#[derive(Debug, Default)]
struct Spot {
    /// The field of the document.
    path: Option<String>,
    /// The field of the object, by names and keys instead of numbers.
    field: String,
    object: Option<ObjectName>,
}

impl<'f> Places<'f> {
    /// The places of the findings of a run, those that are not reported after the others; `namespace` is that of
    /// objects that state none.
    pub fn of(outcome: &'f Outcome, sources: &'f Sources, namespace: &'f str) -> Self {
        let suppressed = outcome.suppressed.iter().map(|suppressed| &suppressed.finding);
        let findings = outcome.findings.iter().chain(suppressed).collect();
        Self { findings, sources, namespace, known: OnceCell::new() }
    }

    /// The places of `findings`.
    pub fn new(findings: &'f [Finding], sources: &'f Sources, namespace: &'f str) -> Self {
        let findings = findings.iter().collect();
        Self { findings, sources, namespace, known: OnceCell::new() }
    }

    /// The path of the field that a label is about, such as `spec.hosts[0]`.
    pub fn path(&self, label: Span) -> Option<&str> {
        self.known().spots.get(&label)?.path.as_deref()
    }

    /// What the finding of this number is known by from one run to the next: other lines, files and orders of lists
    /// change nothing. Findings that are alike are numbered: `#2`, `#3`.
    pub fn fingerprint(&self, at: usize) -> &str {
        self.known().fingerprints.get(at).map_or("", String::as_str)
    }

    /// The object that the finding of this number is about, as `KIND NAMESPACE/NAME`; empty: none.
    pub(super) fn object(&self, at: usize) -> String {
        self.findings[at].subject.object.as_ref().map(identity).unwrap_or_default()
    }

    /// The field of the object that the finding of this number is about, list items by their names and keys.
    pub(super) fn field(&self, at: usize) -> &str {
        self.known().spots.get(&self.findings[at].span()).map_or("", |spot| &spot.field)
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let spots = self.spots();
            let fingerprints = self.fingerprints(&spots);
            Known { spots, fingerprints }
        })
    }

    fn spots(&self) -> Spots {
        let labels = self.findings.iter().flat_map(|finding| &finding.labels);
        let mut spans: Vec<Span> = labels.map(|label| label.span).collect();
        spans.sort_unstable();
        spans.dedup();
        let mut spots = Spots::default();
        for spans in spans.chunk_by(|a, b| a.source == b.source) {
            self.of_file(spans[0].source, spans, &mut spots);
        }
        spots
    }

    fn of_file(&self, source: SourceId, spans: &[Span], spots: &mut Spots) {
        let text = &self.sources.get(source).text;
        let chunks = yaml::split(text);
        let document = |span: &Span| chunks.partition_point(|chunk| chunk.start <= span.start);
        for spans in spans.chunk_by(|a, b| document(a) == document(b)) {
            if let Some(at) = document(&spans[0]).checked_sub(1) {
                self.of_document(source, text, &chunks[at], spans, spots);
            }
        }
    }

    fn of_document(
        &self,
        source: SourceId,
        text: &str,
        chunk: &Chunk,
        spans: &[Span],
        spots: &mut Spots,
    ) {
        let Ok(tree) = yaml::parse(source, text, chunk) else { return };
        let Some(root) = tree.root() else { return };
        let items = objects(root, text, chunk.document, Namespaces::assumed(self.namespace));
        let mut fields = Fields::default();
        for &span in spans {
            let mut spot = Spot {
                path: yaml::path_at(&tree, span).map(|path| path.to_string()),
                ..Spot::default()
            };
            let at = items.partition_point(|item| item.node.span().start <= span.start);
            let item = at.checked_sub(1).map(|at| &items[at]);
            if let Some(item) = item.filter(|item| item.node.span().contains(span)) {
                spot.object = name(item);
                let kind = spot.object.as_ref().map_or("", |object| &object.kind);
                spot.field = fields.path(item.node, kind, span);
            }
            spots.insert(span, spot);
        }
    }

    fn fingerprints(&self, spots: &Spots) -> Vec<String> {
        let mut seen: HashMap<String, usize, FxBuildHasher> = HashMap::default();
        let number = |finding: &&Finding| {
            let mut print = of_finding(finding, spots);
            let seen = seen.entry(print.clone()).or_default();
            *seen += 1;
            if *seen > 1 {
                print = format!("{print}#{seen}");
            }
            print
        };
        self.findings.iter().map(number).collect()
    }
}

fn of_finding(finding: &Finding, spots: &Spots) -> String {
    let own = finding.subject.object.as_ref();
    let field = spots.get(&finding.span()).map_or("", |spot| &spot.field);
    let objects = finding.labels.iter().filter_map(|label| spots.get(&label.span)?.object.as_ref());
    let mut others: BTreeSet<String> = objects.map(identity).collect();
    if let Some(own) = own {
        others.remove(&identity(own));
    }
    fingerprint(finding.rule, own, field, &others)
}

/// The name of an object that has one.
fn name(item: &Item<'_>) -> Option<ObjectName> {
    match &item.header {
        Header::Object(meta) | Header::Wrong { meta, is_named: true, .. } => {
            meta.subject.object.clone()
        }
        _ => None,
    }
}
