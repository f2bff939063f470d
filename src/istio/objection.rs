//! What stands against an object, before any other object is looked at.

use std::borrow::Borrow;

use crate::finding::Edit;
use crate::text::{Span, Spanned, Str};

/// Something that Istio's validators, its decoder or the API server have against an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The check that objects: its number among Istio's validators (`G-7`, 3-validation.md part B), or a word for one
    /// of decoding and of the schema (`type`, `required`). The rule that reports it lists the same word.
    pub check: &'static str,
    /// The value at fault; where something is absent, what lacks it.
    pub span: Span,
    /// One line, lower case, no full stop.
    pub message: String,
    /// What stands at the place; may be empty.
    pub here: String,
    /// Other values that play a part, and what each is.
    pub related: Vec<(Span, String)>,
    /// What to do, as an imperative.
    pub help: Option<String>,
    /// The text that is certainly meant.
    pub fix: Option<Edit>,
    /// Who objects, and how much.
    pub weight: Weight,
    /// Whether the objection is that something is not there; else a placeholder in the value silences it.
    pub is_absence: bool,
    /// Why it holds only of the text as it stands; none: it holds in the end, too.
    pub as_it_stands: Option<AsItStands>,
    /// A value that the objection rests on beside its own: if a part of it is put in later, nothing is said.
    pub rests_on: Option<Span>,
    /// The field that is absent or empty, of the map at `span`: where it is written, it becomes the place.
    pub field: Option<&'static str>,
}

/// Why an objection holds only of the text as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AsItStands {
    /// A value looks as if another one were put in its place.
    Value,
    /// What is absent may stand where an ellipsis does.
    CutShort,
    /// A kustomization puts another value there, or patches the object, so that what is absent may be there.
    Kustomized,
}

impl AsItStands {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Value => "with values such as `$NAME` and `<name>`",
            Self::CutShort => "where `...` leaves parts out",
            Self::Kustomized => "before kustomizations change it",
        }
    }
}

/// Who objects, and how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Istio's decoder or validator.
    pub istio: Stance,
    /// The schema of the `CustomResourceDefinition`, or the API server's checks of metadata: it rejects.
    pub schema: bool,
}

/// What Istio says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// Nothing.
    #[default]
    Accepts,
    /// It finds something to warn of, and loses the warning.
    Loses,
    /// It warns.
    Warns,
    /// It rejects the object.
    Rejects,
}

impl Weight {
    /// Nobody rejects or warns; strict clients refuse.
    pub const NONE: Self = Self { istio: Stance::Accepts, schema: false };
    /// Istio rejects.
    pub const ISTIO: Self = Self { istio: Stance::Rejects, schema: false };
    /// Istio warns.
    pub const WARNING: Self = Self { istio: Stance::Warns, schema: false };
    /// The schema rejects.
    pub const SCHEMA: Self = Self { istio: Stance::Accepts, schema: true };
    /// Both reject.
    pub const BOTH: Self = Self { istio: Stance::Rejects, schema: true };

    /// Both of two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { istio: self.istio.max(other.istio), schema: self.schema || other.schema }
    }

    /// Whether the object is rejected.
    pub fn rejects(self) -> bool {
        self.schema || self.istio == Stance::Rejects
    }
}

/// Collects what is said against one object.
#[derive(Debug, Default)]
pub struct Objections {
    all: Vec<Objection>,
}

impl Objections {
    /// An objection to the value at `span`.
    pub fn add(
        &mut self,
        weight: Weight,
        check: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Objection {
        self.all.push(Objection {
            check,
            span,
            message: message.into(),
            here: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
            weight,
            is_absence: false,
            as_it_stands: None,
            rests_on: None,
            field: None,
        });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    /// Istio rejects the value at `span`.
    pub fn reject(
        &mut self,
        check: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Objection {
        self.add(Weight::ISTIO, check, span, message)
    }

    /// Istio warns of the value at `span`.
    pub fn warn(
        &mut self,
        check: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Objection {
        self.add(Weight::WARNING, check, span, message)
    }

    /// Istio rejects what is at `span` because it lacks something.
    pub fn lacks(
        &mut self,
        check: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Objection {
        let objection = self.reject(check, span, message);
        objection.is_absence = true;
        objection
    }

    /// What was said last.
    pub fn last(&mut self) -> Option<&mut Objection> {
        self.all.last_mut()
    }

    /// The places of a check's objections.
    pub fn places_of(&self, check: &str) -> Vec<Span> {
        let of_check = self.all.iter().filter(|objection| objection.check == check);
        of_check.map(|objection| objection.span).collect()
    }

    /// Adds others, but those of which `is_out` holds.
    pub fn append_unless(&mut self, others: Self, is_out: impl Fn(&Objection) -> bool) {
        self.all.extend(others.all.into_iter().filter(|objection| !is_out(objection)));
    }

    /// Everything that was said, in the order in which it was.
    pub fn into_vec(self) -> Vec<Objection> {
        self.all
    }

    /// Whether Istio rejects the object so far.
    pub fn is_rejected_by_istio(&self) -> bool {
        self.all.iter().any(|objection| objection.weight.istio == Stance::Rejects)
    }
}

impl Objection {
    /// Says what stands at the place.
    pub fn here(&mut self, message: impl Into<String>) -> &mut Self {
        self.here = message.into();
        self
    }

    /// Names a value that the objection rests on beside its own, such as the map that lacks a field.
    pub fn rests_on(&mut self, span: Span) -> &mut Self {
        self.rests_on = Some(span);
        self
    }

    /// Names the field that is absent or empty.
    pub fn field(&mut self, name: &'static str) -> &mut Self {
        self.field = Some(name);
        self
    }

    /// Adds another value that plays a part.
    pub fn related(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.related.push((span, message.into()));
        self
    }

    /// Adds what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the text that is certainly meant, in place of the value.
    pub fn fix(&mut self, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Edit { span: self.span, text: text.into() });
        self
    }
}

/// The text of a field that may be absent; absent is empty, as in Go.
pub fn text(field: &Option<impl Borrow<Spanned<Str>>>) -> &str {
    field.as_ref().map_or("", |text| text.borrow().value.as_str())
}
