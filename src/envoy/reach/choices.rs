//! What a request can have in one dimension so that a route takes it, and which other routes then do not.

use super::budget::Budget;
use super::conditions::{Condition, Dimension};
use super::schemes::Schemes;
use super::text::Text;
use super::values::{Signature, Values, signature, values};
use crate::envoy::matching::{METHODS, Occurrence};

/// Which of the other routes do not match, by their index.
pub(super) type Kills = u128;

/// What a request has in one dimension; nothing: it lacks it. Headers can have several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) values: Vec<String>,
    pub(super) kills: Kills,
}

/// The choices of a dimension.
#[derive(Debug)]
pub(super) struct Choices {
    pub(super) dimension: Dimension,
    /// The plainest first. None keeps fewer routes from matching than another, but for the first.
    pub(super) all: Vec<Choice>,
    /// Whether no other choice keeps more routes from matching.
    pub(super) is_complete: bool,
}

/// What surrounds the routes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    /// The host of plain requests.
    pub(super) host: &'a str,
    /// How requests come here.
    pub(super) schemes: Schemes,
    /// The authorities that lead here.
    pub(super) authorities: Option<&'a Text<'a>>,
    /// `OPTIONS *` instead of a path.
    pub(super) is_asterisk: bool,
}

/// One dimension of a route and of others that come before it.
#[derive(Debug)]
pub(super) struct Asked<'a, 't> {
    pub(super) dimension: Dimension,
    pub(super) own: Vec<&'a Condition<'t>>,
    /// By index of the other route.
    pub(super) others: Vec<(usize, &'a Condition<'t>)>,
}

/// The most sets of a dimension.
const MOST_TEXTS: usize = 128;
/// The most combinations of values of a header.
const MOST_UNIONS: usize = 256;
/// The methods that are tried first, and the one that is tried last: such a request needs more than a method.
const COMMON: [&str; 6] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"];
const DEMANDING: &str = "QUERY";

impl<'t> Asked<'_, 't> {
    /// What a request can have.
    pub(super) fn choices(&self, around: Around<'_>, budget: &mut Budget) -> Choices {
        let texts = self.texts();
        let mut out =
            Choices { dimension: self.dimension.clone(), all: Vec::new(), is_complete: true };
        if texts.len() > MOST_TEXTS {
            out.is_complete = false;
            return out;
        }
        let mut occurrence = self.dimension.occurrence();
        if around.is_asterisk && matches!(self.dimension, Dimension::Query(_)) {
            occurrence = Occurrence::Never;
        }
        if occurrence != Occurrence::Always {
            out.add(self.choice(&texts, &[], None));
        }
        if occurrence == Occurrence::Never {
            return out;
        }
        let is_combined = occurrence == Occurrence::Often && self.is_combined();
        let found = self.values(&texts, is_combined, around, budget);
        out.is_complete = found.is_complete;
        if is_combined {
            self.combine(&texts, &found, &mut out, budget);
        } else {
            for (value, signature) in found.all {
                out.add(self.choice(&texts, &[&value], Some(signature)));
            }
        }
        out
    }

    /// The sets that are asked for, each once.
    fn texts(&self) -> Vec<Text<'t>> {
        let others = self.others.iter().map(|(_, other)| *other);
        let mut texts: Vec<Text<'t>> = Vec::new();
        for text in self.own.iter().copied().chain(others).filter_map(|asked| asked.text.as_ref()) {
            if !texts.iter().any(|known| known.is_same(text)) {
                texts.push(text.clone());
            }
        }
        texts
    }

    /// Whether several values of a header may do what one of them does not: satisfy two conditions, or one, and besides
    /// break one that a header must not have a value.
    fn is_combined(&self) -> bool {
        let wanted = self.own.iter().filter(|asked| asked.text.is_some() && !asked.invert).count();
        let is_inverted =
            |(_, asked): &(usize, &Condition<'_>)| asked.text.is_some() && asked.invert;
        let breakable = self.others.iter().filter(|asked| is_inverted(asked)).count();
        wanted > 1 || wanted + breakable > 1
    }

    /// Single values that stand for all.
    fn values(
        &self,
        texts: &[Text<'t>],
        is_combined: bool,
        around: Around<'_>,
        budget: &mut Budget,
    ) -> Values {
        let of = |all: &[&str]| {
            let all = all.iter().map(|text| ((*text).to_owned(), signature(texts, text)));
            Values { all: all.collect(), is_complete: true }
        };
        match self.dimension {
            Dimension::Path if around.is_asterisk => return of(&["*"]),
            Dimension::Method if around.is_asterisk => return of(&["OPTIONS"]),
            // A request without path matches nothing.
            Dimension::Method => {
                let rare = METHODS.into_iter().filter(|method| {
                    !COMMON.contains(method) && *method != "CONNECT" && *method != DEMANDING
                });
                let all: Vec<&str> = COMMON.into_iter().chain(rare).chain([DEMANDING]).collect();
                return of(&all);
            }
            Dimension::Scheme => return of(around.schemes.names()),
            _ => {}
        }
        let is_authority = self.dimension == Dimension::Authority;
        let within = around.authorities.filter(|_| is_authority);
        let first = is_authority.then_some(around.host);
        let wanted = self.own.iter().filter(|asked| !asked.invert && !is_combined);
        let required = wanted.filter_map(|asked| asked.text.as_ref()).fold(0, |all, text| {
            texts.iter().position(|known| known.is_same(text)).map_or(all, |at| all | 1 << at)
        });
        values(&self.dimension, texts, required, within, first, budget)
    }

    /// Several values of one header: each satisfies what it satisfies alone.
    fn combine(&self, texts: &[Text<'t>], found: &Values, out: &mut Choices, budget: &mut Budget) {
        let mut unions: Vec<(Vec<&str>, Signature)> =
            found.all.iter().map(|(value, signature)| (vec![value.as_str()], *signature)).collect();
        let mut at = 0;
        while at < unions.len() {
            for (value, signature) in &found.all {
                let union = unions[at].1 | signature;
                if !budget.spend(unions.len()) || unions.len() > MOST_UNIONS {
                    out.is_complete = false;
                    break;
                }
                if unions.iter().all(|(_, known)| *known != union) {
                    let values = unions[at].0.iter().copied().chain([value.as_str()]).collect();
                    unions.push((values, union));
                }
            }
            at += 1;
        }
        for (values, signature) in unions {
            out.add(self.choice(texts, &values, Some(signature)));
        }
    }

    /// The choice of these values, which are in these sets; none where the route does not take it.
    fn choice(
        &self,
        texts: &[Text<'t>],
        values: &[&str],
        found: Option<Signature>,
    ) -> Option<Choice> {
        if !self.own.iter().all(|asked| holds(asked, texts, found)) {
            return None;
        }
        let lost = self.others.iter().filter(|(_, asked)| !holds(asked, texts, found));
        let kills = lost.fold(0, |all, (at, _)| all | 1 << at);
        Some(Choice { values: values.iter().map(|&value| value.to_owned()).collect(), kills })
    }
}

/// Whether a condition holds for values that are in these sets, none: for a missing one.
fn holds(asked: &Condition<'_>, texts: &[Text<'_>], found: Option<Signature>) -> bool {
    let matches = match (found, &asked.text) {
        (Some(signature), Some(text)) => texts
            .iter()
            .position(|known| known.is_same(text))
            .is_some_and(|at| signature & (1 << at) != 0),
        (Some(_), None) => true,
        (None, Some(text)) => asked.invert && text.has(""),
        (None, None) => false,
    };
    matches != asked.invert
}

impl Choices {
    /// Adds a choice unless another one keeps as many routes from matching. The first one stays, the plainest.
    fn add(&mut self, choice: Option<Choice>) {
        let Some(choice) = choice else { return };
        if self.all.iter().any(|known| choice.kills & !known.kills == 0) {
            return;
        }
        let plain = self.all.first().cloned();
        self.all.retain(|known| known.kills & !choice.kills != 0);
        if let Some(plain) = plain.filter(|plain| self.all.first() != Some(plain)) {
            self.all.insert(0, plain);
        }
        self.all.push(choice);
    }
}
