//! What the schema of the `CustomResourceDefinition` says of a field beside its type (3-validation.md part C). The API
//! server checks it; Istio's decoder knows nothing of it.

use super::{Decoder, Node};
use crate::istio::Version;
use crate::istio::duration::Duration;
use crate::istio::objection::Weight;
use crate::text::is_placeholder;
use crate::yaml::{Kind, Scalar};

/// Name and limits of a field.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    /// The name in JSON.
    pub json: &'static str,
    /// The limits.
    pub facets: Facets,
    /// Whether there are any for the value.
    has_limits: bool,
}

impl FieldSchema {
    /// A field and its limits.
    pub(crate) const fn new(json: &'static str, facets: Facets) -> Self {
        Self { json, facets, has_limits: facets.limits_values() }
    }
}

/// Where a field stands among others.
pub(crate) const fn place_of(json: &str, fields: &[FieldSchema]) -> usize {
    let mut at = 0;
    while !is_same(json.as_bytes(), fields[at].json.as_bytes()) {
        at += 1;
    }
    at
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Limits of a field's value.
#[derive(Clone, Copy, Debug)]
pub struct Facets {
    /// Whether the field must be there.
    pub is_required: bool,
    /// The number of the group of which at most one member may be there; 0: none.
    pub group: u8,
    /// Fewest and most items or entries.
    items: (u32, u32),
    /// Most characters.
    length: u32,
    /// Most characters of an item or of the value of an entry.
    item_length: u32,
    /// Least and greatest number, of the value or of its items.
    range: Option<(i64, i64)>,
    /// Whether Istio wants more than the least number, which the schema takes.
    is_above: bool,
    /// A duration of at least a millisecond.
    is_duration: bool,
    /// The release that brought the field; older ones do not know it.
    pub since: Option<Version>,
    /// Whether the schema declares the protobuf name of the field too.
    pub is_known_by_both_names: bool,
    /// Whether it is recorded that the field is written and has nothing in it.
    pub is_comparison: bool,
}

/// No limits.
pub const fn free() -> Facets {
    Facets {
        is_required: false,
        group: 0,
        items: (0, u32::MAX),
        length: u32::MAX,
        item_length: u32::MAX,
        range: None,
        is_above: false,
        is_duration: false,
        since: None,
        is_known_by_both_names: false,
        is_comparison: false,
    }
}

/// A comparison, of which one with nothing in it takes everything: this is recorded.
pub const fn comparison() -> Facets {
    Facets { is_comparison: true, ..free() }
}

/// The field must be there.
pub const fn required() -> Facets {
    Facets { is_required: true, ..free() }
}

/// At most one field of the group `number` may be there.
pub const fn one_of(number: u8) -> Facets {
    Facets { group: number, ..free() }
}

/// From `least` to `most` items or entries.
pub const fn items(least: u32, most: u32) -> Facets {
    Facets { items: (least, most), ..free() }
}

/// At most so many characters.
pub const fn length(most: u32) -> Facets {
    Facets { length: most, ..free() }
}

/// A number, or numbers, from `least` to `most`.
pub const fn range(least: i64, most: i64) -> Facets {
    Facets { range: Some((least, most)), ..free() }
}

/// A duration of at least a millisecond.
pub const fn duration() -> Facets {
    Facets { is_duration: true, ..free() }
}

/// The field is not known before a release.
pub const fn since(version: Version) -> Facets {
    Facets { since: Some(version), ..free() }
}

/// The API server knows the field by its protobuf name too.
pub const fn by_both_names() -> Facets {
    Facets { is_known_by_both_names: true, ..free() }
}

impl Facets {
    /// Whether the value of the field is limited, whatever its type.
    const fn limits_values(&self) -> bool {
        let (least, most) = self.items;
        let limits_lengths = self.length < u32::MAX || self.item_length < u32::MAX;
        limits_lengths || least > 0 || most < u32::MAX || self.range.is_some() || self.is_duration
    }

    /// Also: must be there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// Also: at most so many characters.
    #[must_use]
    pub const fn length(self, most: u32) -> Self {
        Self { length: most, ..self }
    }

    /// Also: items, or values of entries, have at most so many characters.
    #[must_use]
    pub const fn item_length(self, most: u32) -> Self {
        Self { item_length: most, ..self }
    }

    /// Also: Istio wants more than the least number.
    #[must_use]
    pub const fn above(self) -> Self {
        Self { is_above: true, ..self }
    }

    /// Also: a duration of at least a millisecond.
    #[must_use]
    pub const fn duration(self) -> Self {
        Self { is_duration: true, ..self }
    }
}

impl Decoder<'_> {
    /// Checks the value of a field against its limits.
    pub(crate) fn check_facets(&mut self, node: Node<'_>, schema: &FieldSchema) {
        // Most fields have no limits.
        if !schema.has_limits {
            return;
        }
        let facets = &schema.facets;
        if facets.is_duration {
            self.check_duration(node, facets.is_required);
        }
        let count = match node.kind() {
            Kind::Seq => node.items().len(),
            Kind::Map => node.last_entries().count(),
            Kind::Scalar => 0,
        };
        let (least, most) = facets.items;
        if node.kind() != Kind::Scalar && (count < least as usize || count > most as usize) {
            let wanted =
                if least > 0 { format!("{least} to {most}") } else { format!("at most {most}") };
            // An empty list where entries are needed is as good as none.
            let check = if count == 0 { "required" } else { "limit" };
            self.object(
                Weight::SCHEMA,
                check,
                node,
                &format!("has {count} entries, {wanted} are allowed"),
            );
        }
        self.check_length(node, facets.length);
        if facets.range.is_some() {
            self.check_range(node, facets);
        }
        let has_items = facets.item_length < u32::MAX || facets.range.is_some();
        if has_items && node.kind() != Kind::Scalar {
            let values = node.items().chain(node.last_entries().map(|(_, value)| value));
            for value in values.collect::<Vec<_>>() {
                self.check_length(value, facets.item_length);
                self.check_range(value, facets);
            }
        }
    }

    /// Mirrors the CEL rule `duration(self) >= duration('1ms')`.
    fn check_duration(&mut self, node: Node<'_>, is_required: bool) {
        let Some(Scalar::Str(text)) = node.scalar() else { return };
        if is_placeholder(text) {
            return;
        }
        match Duration::parse(text) {
            // What cannot be parsed is of the wrong type, which the decoder says.
            None => self.object(
                Weight::SCHEMA,
                "schema-type",
                node,
                "expected a duration such as `5s` or `1h30m`",
            ),
            Some(Duration(nanoseconds)) if nanoseconds < 1_000_000 => {
                self.object(
                    Weight::SCHEMA,
                    "short-duration",
                    node,
                    &format!("`{text}` is shorter than a millisecond"),
                );
                let otherwise = if is_required { "" } else { ", or leave the field out" };
                self.help_last(format!("write at least `1ms`{otherwise}"));
            }
            Some(_) => {}
        }
    }

    fn check_length(&mut self, node: Node<'_>, most: u32) {
        let Some(Scalar::Str(text)) = node.scalar() else { return };
        // Characters are never more than bytes.
        if text.len() > most as usize && text.chars().count() > most as usize {
            self.object(Weight::SCHEMA, "limit", node, &format!("longer than {most} characters"));
        }
    }

    fn check_range(&mut self, node: Node<'_>, facets: &Facets) {
        let Some((least, most)) = facets.range else { return };
        #[expect(clippy::cast_precision_loss, reason = "limits are small")]
        let (is_below, is_over) = match node.scalar() {
            Some(Scalar::Int(value)) => (value < i128::from(least), value > i128::from(most)),
            Some(Scalar::Float(value)) => (value < least as f64, value > most as f64),
            _ => (false, false),
        };
        if is_below || is_over {
            let text = node.text().unwrap_or_default();
            let wanted = if facets.is_above && is_below {
                format!("greater than {least}")
            } else if most == i64::MAX && is_below {
                format!("of at least {least}")
            } else {
                format!("from {least} to {most}")
            };
            self.object(
                Weight::SCHEMA,
                "limit",
                node,
                &format!("expected a number {wanted}, got `{text}`"),
            );
        }
    }
}
