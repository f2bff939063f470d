//! From YAML nodes to typed messages, in one pass for two readers.
//!
//! The value is what istiod's decoder reads (mirrors golang/protobuf 1.5.4 `jsonpb`, 3-validation.md D.5): camelCase
//! and snake_case names, null is absent, numbers may be quoted, enums by name or number, the last of several equal keys
//! counts. What it cannot read, and what the schema of the `CustomResourceDefinition` would refuse, is recorded as
//! [`Objection`](super::objection::Objection)s. Unknown fields are skipped.

mod collections;
mod facets;
mod message;
mod scalars;
mod unknown;

use thin_vec::ThinVec;

use crate::istio::Version;
use crate::istio::objection::{Objection, Objections, Weight};
use crate::text::{Span, Spanned, is_placeholder};
use crate::yaml::{Kind, Node, Scalar, Tree, is_text_at_sight, path_at};

pub use collections::{Field, Map};
pub(crate) use facets::place_of;
pub use facets::{
    Facets, FieldSchema, by_both_names, comparison, duration, free, items, length, one_of, range,
    required, since,
};
pub(crate) use message::{enumeration, message};
pub(crate) use scalars::Enumerated;
pub(in crate::istio) use unknown::{Meant, meant};

/// How the fields of a kind are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    /// A protobuf message, of which all fields are known: unknown ones are reported and the schema is checked.
    Complete,
    /// A protobuf message, of which only some fields are known.
    Protobuf,
    /// A kind of Kubernetes, of which only some fields are known.
    Kubernetes,
}

/// What is collected while one object is decoded.
#[derive(Debug)]
pub struct Decoder<'t> {
    tree: &'t Tree<'t>,
    fields: Fields,
    version: Version,
    objections: Objections,
    /// Whether a value is of a type that cannot be read.
    is_undecodable: bool,
    /// How many of the fields around have a name that the API server does not know: it drops them unseen.
    pruned: u32,
    unknown: Vec<Span>,
    blank: ThinVec<Spanned<&'static str>>,
}

/// What decoding one object gave beside the object.
#[derive(Debug, Default)]
pub struct Decoded {
    /// What stands against it.
    pub objections: Objections,
    /// Whether it cannot be decoded.
    pub is_undecodable: bool,
    /// Values that are not text and hold a placeholder: nobody knows them.
    pub unknown: Vec<Span>,
    /// Keys of comparisons that are written and have nothing in them, by the names of the fields.
    pub blank: ThinVec<Spanned<&'static str>>,
}

/// A type that can be read from a node.
pub trait Decode: Sized {
    /// The fields of a message.
    const FIELDS: &'static [&'static str] = &[];

    /// Reads `node`, which is not null. None where that fails; the reason is recorded.
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self>;

    /// What a null list item or map value stands for: an empty message, a zero.
    fn zero(span: Span) -> Option<Self>;
}

/// How a key names a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// By its name in JSON, which all readers know.
    Json,
    /// By its protobuf name, which the API server does not know.
    Protobuf,
}

impl<'t> Decoder<'t> {
    /// A decoder for nodes of `tree`, as `version` reads them.
    pub fn new(tree: &'t Tree<'t>, fields: Fields, version: Version) -> Self {
        Self {
            tree,
            fields,
            version,
            objections: Objections::default(),
            is_undecodable: false,
            pruned: 0,
            unknown: Vec::new(),
            blank: ThinVec::new(),
        }
    }

    /// Which of `fields` a key names, and how.
    pub(crate) fn field_of(&self, key: &str, fields: &[FieldSchema]) -> Option<(usize, Named)> {
        if let Some(at) = fields.iter().position(|field| field.json == key) {
            return Some((at, Named::Json));
        }
        if self.fields == Fields::Kubernetes || !key.contains('_') {
            return None;
        }
        let at = fields.iter().position(|field| is_snake_case_of(key, field.json))?;
        Some((at, Named::Protobuf))
    }

    /// Ends decoding.
    pub fn finish(self) -> Decoded {
        Decoded {
            objections: self.objections,
            is_undecodable: self.is_undecodable,
            unknown: self.unknown,
            blank: self.blank,
        }
    }

    /// Records that `node` is not an `expected`: nobody can read it.
    pub fn wrong(&mut self, node: Node<'_>, expected: &str) {
        let got = describe(node);
        self.problem(node, &format!("expected {expected}, got {got}"));
    }

    /// Records that `node` is not a map of `fields`: nobody can read it.
    pub(crate) fn no_map(&mut self, node: Node<'_>, fields: &[&str]) {
        self.wrong(node, "a map");
        let fields = match fields {
            // Of one field the value is certain.
            [field] => match node.text() {
                Some(text) if text.len() <= MOST_BYTES => format!("`{{{field}: {text}}}`"),
                _ => return,
            },
            few if (2..=FEW_FIELDS).contains(&few.len()) => {
                let quoted: Vec<String> = few.iter().map(|field| format!("`{field}`")).collect();
                format!("a map of {}", quoted.join(", "))
            }
            _ => return,
        };
        self.help_last(format!("write {fields}"));
    }

    /// Records that `node` is not a list: nobody can read it.
    pub(crate) fn no_list(&mut self, node: Node<'_>) {
        self.wrong(node, "a list");
        match node.scalar() {
            Some(Scalar::Str(text)) if text.len() <= MOST_BYTES => {
                self.help_last(format!("write `[{text:?}]`"));
            }
            Some(Scalar::Int(_)) => {
                self.help_last(format!("write `[{}]`", node.text().unwrap_or_default()));
            }
            _ => {}
        }
    }

    /// Adds to the last objection what to do.
    pub(crate) fn help_last(&mut self, help: String) {
        if let Some(last) = self.objections.last() {
            last.help(help);
        }
    }

    /// Records that nobody can read `node`.
    pub fn problem(&mut self, node: Node<'_>, why: &str) {
        self.is_undecodable = true;
        self.object(Weight::BOTH, "type", node, why);
    }

    /// Records that Istio cannot read `node`; of the API server it says nothing.
    pub(crate) fn unreadable(&mut self, node: Node<'_>, why: &str) {
        self.is_undecodable = true;
        self.object(Weight::ISTIO, "type", node, why);
    }

    /// Records that Istio reads `node`, and the API server wants an `expected`.
    pub(crate) fn wrong_for_schema(
        &mut self,
        node: Node<'_>,
        expected: &str,
    ) -> Option<&mut Objection> {
        if self.checks_schema() {
            let got = describe(node);
            let why = format!("the API server expects {expected}, got {got}");
            let message = self.at(node.span(), &why);
            return Some(self.objections.add(Weight::SCHEMA, "schema-type", node.span(), message));
        }
        None
    }

    /// Whether what the schema says matters here.
    pub(crate) fn checks_schema(&self) -> bool {
        self.fields == Fields::Complete && self.pruned == 0
    }

    /// Records an objection to `node`.
    pub(crate) fn object(
        &mut self,
        weight: Weight,
        check: &'static str,
        node: Node<'_>,
        why: &str,
    ) {
        let weight = Weight { schema: weight.schema && self.checks_schema(), ..weight };
        if weight == Weight::NONE {
            return;
        }
        let span = node.span();
        let message = self.at(span, why);
        self.objections.add(weight, check, span, message);
    }

    /// Marks the last objection as one to an absence.
    pub(crate) fn last_is_absence(&mut self) {
        if let Some(last) = self.objections.last() {
            last.is_absence = true;
        }
    }

    /// `why`, with the path of a place before it.
    pub(crate) fn at(&self, span: Span, why: &str) -> String {
        match path_at(self.tree, span) {
            Some(path) => format!("{path}: {why}"),
            None => why.to_owned(),
        }
    }

    /// What is recorded so far.
    pub(crate) fn objections(&mut self) -> &mut Objections {
        &mut self.objections
    }

    /// Whether `node` holds a placeholder, in which case its value is unknown and this is recorded.
    pub(crate) fn is_placeholder(&mut self, node: Node<'_>) -> bool {
        let found = node.text().is_some_and(is_placeholder);
        if found {
            self.unknown.push(node.span());
        }
        found
    }

    /// Records that a comparison has nothing in it: null, or no entry that is not.
    pub(crate) fn note_blank(&mut self, key: Node<'_>, value: Node<'_>, schema: &FieldSchema) {
        if !schema.facets.is_comparison {
            return;
        }
        let is_map = value.kind() == Kind::Map;
        if value.is_null() || is_map && value.entries().all(|(_, value)| value.is_null()) {
            self.blank.push(Spanned::new(schema.json, key.span()));
        }
    }

    /// Before the value of a field is read, whose key is `key`: what is below is not seen by the API server where it does
    /// not know the name. Whether the field is one that the release knows; if not, it is not read.
    pub(crate) fn enter(&mut self, named: Named, key: Node<'_>, schema: &FieldSchema) -> bool {
        if let Some(since) = schema.facets.since.filter(|since| *since > self.version) {
            let message = format!("`{}` is not known before Istio {since}", schema.json);
            if self.checks_schema() {
                self.objections.add(Weight::NONE, "unknown-field", key.span(), message);
            }
            return false;
        }
        if is_pruned(named, schema) {
            if self.checks_schema() {
                let (name, json) = (key.key(), schema.json);
                let message =
                    format!("the API server does not know the field `{name}` and drops it");
                self.objections
                    .add(Weight::NONE, "unknown-field", key.span(), message)
                    .help(format!("write `{json}`"))
                    .fix(json);
            }
            self.pruned += 1;
        }
        true
    }

    /// After the value of a field is read: what the schema says of it.
    pub(crate) fn leave(&mut self, named: Named, value: Node<'_>, schema: &FieldSchema) {
        if is_pruned(named, schema) {
            self.pruned -= 1;
        } else if self.checks_schema() {
            self.check_facets(value, schema);
        }
    }

    /// Checks what the schema says of a whole message: required fields, and groups of which one member may be there.
    /// `present` has a bit for each field that is.
    pub(crate) fn check_message(&mut self, node: Node<'_>, fields: &[FieldSchema], present: u64) {
        if !self.checks_schema() {
            return;
        }
        let is_present = |at: usize| present & (1 << at) != 0;
        for (at, field) in fields.iter().enumerate() {
            if field.facets.is_required && !is_present(at) {
                let why = format!("`{}` is required", field.json);
                let message = self.at(node.span(), &why);
                let objection =
                    self.objections.add(Weight::SCHEMA, "required", node.span(), message);
                objection.field(field.json).is_absence = true;
            }
            let group = field.facets.group;
            if group == 0 || !is_present(at) {
                continue;
            }
            let twin =
                (0..at).find(|&other| fields[other].facets.group == group && is_present(other));
            if let Some(twin) = twin {
                self.exclusive(node, fields[twin].json, field.json);
            }
        }
    }

    /// Records that of two fields of `node` that are there one may be.
    fn exclusive(&mut self, node: Node<'_>, ignored: &str, counts: &str) {
        let key = |name: &str| {
            let keys = node.entries().map(|(key, _)| key);
            keys.filter(|key| key.key() == name).last().map_or(node.span(), Node::span)
        };
        let why = format!("only one of `{ignored}` and `{counts}` may be set");
        let message = self.at(node.span(), &why);
        self.objections
            .add(Weight::SCHEMA, "one-of", key(counts), message)
            .related(key(ignored), "the other one")
            .help(format!(
                "remove one of the two; istiod reads `{counts}` and ignores `{ignored}`"
            ));
    }
}

/// Whether the API server drops a field for its name.
fn is_pruned(named: Named, schema: &FieldSchema) -> bool {
    named == Named::Protobuf && !schema.facets.is_known_by_both_names
}

/// Whether `key` is the name of the protobuf field whose JSON name is `json`: `export_to` of `exportTo`.
fn is_snake_case_of(key: &str, json: &str) -> bool {
    let snake = json.bytes().flat_map(|byte| {
        let underscore = byte.is_ascii_uppercase().then_some(b'_');
        underscore.into_iter().chain(std::iter::once(byte.to_ascii_lowercase()))
    });
    key.bytes().eq(snake)
}

/// Longer texts are not repeated in a help.
const MOST_BYTES: usize = 60;

/// So many fields of a message are named in a help.
const FEW_FIELDS: usize = 4;

/// What a node is, for a message.
fn describe(node: Node<'_>) -> String {
    match (node.kind(), node.scalar()) {
        (Kind::Seq, _) => "a list".into(),
        (Kind::Map, _) => "a map".into(),
        (_, Some(Scalar::Bool(_))) => format!("the boolean `{}`", node.text().unwrap_or_default()),
        (_, Some(Scalar::Int(_) | Scalar::Float(_))) => {
            format!("the number `{}`", node.text().unwrap_or_default())
        }
        (_, Some(Scalar::Null)) => "null".into(),
        (_, Some(Scalar::Str(text))) => {
            // A message is one line.
            let plain = |c: char| if c.is_control() { ' ' } else { c };
            let short: String = text.chars().take(40).map(plain).collect();
            // `80` alone would not tell what is wrong with it.
            let what = if is_text_at_sight(text) { "" } else { "the text " };
            format!("{what}`{short}`")
        }
        (_, None) => "nothing".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_snake_case_of;

    #[test]
    fn protobuf_fields_have_a_name_in_snake_case() {
        for (key, json, expected) in [
            ("export_to", "exportTo", true),
            ("ignore_uri_case", "ignoreUriCase", true),
            ("http2_error", "http2Error", true),
            ("matches", "match", false),
            ("exportTo", "exportTo", false),
            ("export__to", "exportTo", false),
        ] {
            assert_eq!(is_snake_case_of(key, json), expected, "{key}");
        }
    }
}
