//! HTTP routes that Istio takes for unreachable: one objection for each condition.

use rustc_hash::FxHashMap;

use super::containment::contains_all;
use super::opinion::Prefixes;
use super::{duplicate, key, never_reached, witness};
use crate::istio::objection::Objections;
use crate::istio::virtual_service::{HttpMatch, HttpRoute, VirtualService};
use crate::text::Span;

/// At most so many pairs of conditions are compared in one object; what is beyond is not proven.
const MOST_PAIRS: usize = 1_000_000;

/// A condition that was read, and where it stands.
#[derive(Clone, Copy)]
struct Known<'v> {
    condition: &'v HttpMatch,
    rule: usize,
    /// Whether another VirtualService has the routes, and may leave requests to later rules.
    delegates: bool,
}

struct Reader<'v> {
    spec: &'v VirtualService,
    known: Vec<Known<'v>>,
    by_key: FxHashMap<key::Key, usize>,
    prefixes: Prefixes<'v>,
    /// The first rule without conditions, which to Istio takes everything.
    bare: Option<&'v HttpRoute>,
    /// The first one that does take everything.
    catch_all: Option<&'v HttpRoute>,
    pairs: usize,
}

/// Mirrors istio 1.32 `pkg/config/validation: analyzeUnreachableHTTPRules`, and judges what it says.
pub(super) fn check(spec: &VirtualService, out: &mut Objections) {
    let mut reader = Reader {
        spec,
        known: Vec::new(),
        by_key: FxHashMap::default(),
        prefixes: Prefixes::new(),
        bare: None,
        catch_all: None,
        pairs: MOST_PAIRS,
    };
    for (rule, route) in spec.http.iter().enumerate() {
        if route.matches.is_empty() {
            reader.take_bare(route, out);
        }
        for condition in &route.matches {
            reader.take(condition, rule, out);
        }
    }
}

impl<'v> Reader<'v> {
    /// U-1: a rule without conditions behind another one.
    fn take_bare(&mut self, route: &'v HttpRoute, out: &mut Objections) {
        match (self.catch_all, self.bare) {
            (Some(earlier), _) => never_reached("U-1", "request", [route.span, head(earlier)], out),
            (None, Some(earlier)) => left_by_delegate(route.span, head(earlier), out),
            (None, None) => {}
        }
        self.bare = self.bare.or(Some(route));
        if route.delegate.is_none() {
            self.catch_all = self.catch_all.or(Some(route));
        }
    }

    fn take(&mut self, condition: &'v HttpMatch, rule: usize, out: &mut Objections) {
        let delegates = self.spec.http[rule].delegate.is_some();
        let own = Known { condition, rule, delegates };
        let span = condition.span;
        let key = key::of_http(condition);
        let twin = self.by_key.get(&key).copied();
        let cover = match (twin, self.bare) {
            (None, None) => {
                self.by_key.insert(key, self.known.len());
                let known = &self.known;
                self.prefixes.cover(condition, known.len(), |at| known[at].condition)
            }
            _ => None,
        };
        if let Some(earlier) = self.catch_all {
            never_reached("U-2", "request", [span, head(earlier)], out);
        } else if let Some(twin) = twin.map(|at| self.known[at]).filter(|twin| twin.takes(own)) {
            duplicate(span, twin.condition.span, out);
        } else if let Some(at) = twin.or(cover) {
            self.covered(own, self.known[at], out);
        } else if let Some(earlier) = self.bare {
            left_by_delegate(span, head(earlier), out);
        }
        self.known.push(own);
    }

    /// U-5, or U-3 of rules that delegate: Istio says that `named` covers `own`.
    fn covered(&mut self, own: Known<'v>, named: Known<'v>, out: &mut Objections) {
        let contains =
            |other: &Known<'_>| other.takes(own) && contains_all(other.condition, own.condition);
        let compared = self.known.len().min(self.pairs);
        self.pairs -= compared;
        let earlier = std::iter::once(&named).chain(&self.known[..compared]).find(|k| contains(k));
        if let Some(earlier) = earlier {
            out.warn(
                "U-5",
                own.condition.span,
                "never reached: an earlier condition takes every request that matches here",
            )
            .related(earlier.condition.span, "takes them")
            .help("move this rule before the other one, or remove it");
            return;
        }
        let earlier: Vec<&HttpMatch> = self.known.iter().map(|known| known.condition).collect();
        let is_open = self.bare.is_none() && compared == self.known.len();
        let request = witness::find(self.spec, own.condition, &earlier).filter(|_| is_open);
        let message = match request {
            Some(found) => {
                let reaches = if found.is_certain { "reaches it" } else { "may reach it" };
                let request = found.words;
                format!("Istio warns that this condition has no effect, but {request} {reaches}")
            }
            None if named.delegates => {
                "Istio warns that this condition has no effect, but requests that \
                                        the delegate of the earlier rule leaves come here"
                    .to_owned()
            }
            None => "Istio warns that this condition has no effect, which does not follow from what it compares"
                .to_owned(),
        };
        out.warn("ineffective", own.condition.span, message)
            .related(named.condition.span, "covers it, in Istio's opinion");
    }
}

impl Known<'_> {
    /// Whether what this condition matches does not come to `other`, which is later: rules that delegate may leave
    /// requests to later rules.
    fn takes(self, other: Self) -> bool {
        !self.delegates || self.rule == other.rule
    }
}

/// Behind a rule that delegates without conditions, which Istio takes for a catch-all.
fn left_by_delegate(span: Span, earlier: Span, out: &mut Objections) {
    let message = "Istio warns that this is never reached, but requests that the delegate of the earlier rule leaves \
                   come here";
    out.warn("ineffective", span, message)
        .related(earlier, "takes what its delegate matches, and no more")
        .is_absence = true;
}

/// What is shown of a rule.
fn head(route: &HttpRoute) -> Span {
    route.name.as_ref().map_or(route.span, |name| name.span)
}

#[cfg(test)]
pub(super) mod testing {
    use std::sync::Arc;

    use super::{HttpMatch, VirtualService};
    use crate::istio::Version;
    use crate::istio::decode::{Decode, Decoder, Fields};
    use crate::text::SourceId;
    use crate::yaml;

    /// The VirtualService with this `spec`.
    pub(in super::super) fn spec(text: &str) -> VirtualService {
        let chunk = yaml::split(text).remove(0);
        let tree = yaml::parse(SourceId::new(0), text, &chunk).expect("the test's own YAML");
        let mut cx = Decoder::new(&tree, Fields::Complete, Version::default());
        VirtualService::decode(tree.root().expect("a map"), &mut cx).expect("decodes")
    }

    /// Conditions, each written as a map.
    pub(in super::super) fn conditions(texts: &[&str]) -> Vec<HttpMatch> {
        let spec = spec(&format!("http: [{{match: [{}]}}]", texts.join(", ")));
        let route = spec.http.into_iter().next().and_then(Arc::into_inner);
        route.map(|route| route.matches).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::spec;
    use super::*;

    /// The checks that object, in order, and the words of the last one.
    fn said(http: &str) -> (Vec<&'static str>, String) {
        let spec = spec(&format!("hosts: [a.com]\nhttp:\n{http}"));
        let mut out = Objections::default();
        check(&spec, &mut out);
        let all = out.into_vec();
        let last = all.last().map(|objection| objection.message.clone()).unwrap_or_default();
        (all.iter().map(|objection| objection.check).collect(), last)
    }

    fn matches(texts: &[&str]) -> String {
        texts.iter().fold(String::new(), |all, text| all + &format!("- match: [{text}]\n"))
    }

    #[test]
    fn nothing_is_behind_a_rule_without_conditions() {
        assert_eq!(
            said("- route: []\n- route: []\n- match: [{}, {port: 1}]\n").0,
            ["U-1", "U-2", "U-2"]
        );
        let delegated = said("- delegate: {name: d}\n- route: []\n- match: [{}]\n");
        assert_eq!(delegated.0, ["ineffective", "U-2"]);
    }

    #[test]
    fn equal_conditions_are_duplicates_but_behind_a_delegate() {
        let two = matches(&["{name: a, uri: {exact: /a}}", "{uri: {exact: /a}, port: 0}"]);
        assert_eq!(said(&two).0, ["U-3"]);
        assert!(said(&matches(&["{uri: {}}", "{}"])).0.is_empty());
        let delegated = "- match: [{port: 80}]\n  delegate: {name: d}\n- match: [{port: 80}]\n";
        let (checks, words) = said(delegated);
        assert_eq!(checks, ["ineffective"]);
        assert!(words.contains("delegate"), "{words}");
    }

    #[test]
    fn prefixes_that_cover_others_shadow_them_only_if_all_the_rest_fits() {
        for (earlier, later, expected) in [
            ("{uri: {prefix: /a}}", "{uri: {prefix: /ab}}", "U-5"),
            ("{uri: {prefix: /a}}", "{uri: {prefix: /b}}", ""),
            ("{uri: {prefix: /a}}", "{uri: {prefix: /ab}, headers: {x: {exact: a}}}", ""),
            (
                "{uri: {prefix: /a}, headers: {x: {exact: ab}}}",
                "{uri: {prefix: /ab}, headers: {x: {exact: a}}}",
                "`GET /ab` with header `x: a` reaches it",
            ),
            (
                "{uri: {prefix: /a}, gateways: [g]}",
                "{uri: {prefix: /ab}}",
                "`GET /ab` through `mesh` may reach it",
            ),
            (
                "{uri: {prefix: /a}, authority: {exact: b.com}}",
                "{uri: {prefix: /ab}}",
                "`GET /ab` for host `a.com` reaches it",
            ),
            (
                "{uri: {prefix: /a}, method: {exact: GET}}",
                "{uri: {prefix: /ab}}",
                "`POST /ab` reaches it",
            ),
            ("{uri: {prefix: /a}}", "{uri: {prefix: /ab}, ignoreUriCase: true}", "does not follow"),
            (
                "{uri: {prefix: /a}, withoutHeaders: {x: {exact: ab}}}",
                "{uri: {prefix: /ab}, withoutHeaders: {x: {exact: a}}}",
                "does not follow",
            ),
        ] {
            let (checks, words) = said(&matches(&[earlier, later]));
            match expected {
                "" => assert!(checks.is_empty(), "{later}: {checks:?}"),
                "U-5" => assert_eq!(checks, ["U-5"], "{later}"),
                said => {
                    assert_eq!(checks, ["ineffective"], "{later}");
                    assert!(words.contains(said), "{later}: {words}");
                }
            }
        }
    }
}
