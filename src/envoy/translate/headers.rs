//! Header operations (spec 2, R-7.3; mirrors istio 1.32 `route.go: TranslateHeadersOperations`).

use crate::envoy::route::{HeaderLists, HeaderMutations, HeaderValueOption};
use crate::istio::decode::Map;
use crate::istio::virtual_service::Headers;
use crate::text::{Spanned, Str};

type Values = Map<Spanned<Str>>;

/// The operations, and the authority that `set` or `add` of the request gives instead of a header.
pub(super) fn translate(headers: &Headers) -> (HeaderMutations, Option<String>) {
    let mut out = HeaderLists::default();
    let mut authority = None;
    if let Some(request) = &headers.request {
        out.request_add = additions(&request.set, &request.add);
        out.request_remove = removals(&request.remove);
        authority = authority_of(&request.set).or_else(|| authority_of(&request.add));
    }
    if let Some(response) = &headers.response {
        out.response_add = additions(&response.set, &response.add);
        out.response_remove = removals(&response.remove);
    }
    (out.into(), authority)
}

/// `set` by key, then `add` by key (mirrors `translateAppendHeaders`).
fn additions(set: &Values, add: &Values) -> Vec<HeaderValueOption> {
    [(set, true), (add, false)]
        .into_iter()
        .flat_map(|(values, overwrite)| {
            let kept = values.sorted().into_iter().filter(|(key, _)| !is_internal(key));
            kept.map(move |(key, value)| HeaderValueOption {
                key: key.value.to_string(),
                value: value.value.to_string(),
                overwrite,
            })
        })
        .collect()
}

fn removals(keys: &[Spanned<Str>]) -> Vec<String> {
    keys.iter().filter(|key| !is_internal(key)).map(|key| key.value.to_string()).collect()
}

/// What Envoy does not let anyone change as a header (mirrors `isInternalHeader`).
fn is_internal(key: &str) -> bool {
    key.starts_with(':') || key.eq_ignore_ascii_case("host")
}

/// The value of `host` or `:authority`, unless it is empty (mirrors `isAuthorityHeader`). Of several, which validation
/// rejects, istiod takes any.
fn authority_of(values: &Values) -> Option<String> {
    let is_authority =
        |key: &str| key.eq_ignore_ascii_case(":authority") || key.eq_ignore_ascii_case("host");
    let mut given = values.sorted().into_iter().rev().filter(|(key, _)| is_authority(key));
    given.next().map(|(_, value)| value.value.to_string()).filter(|value| !value.is_empty())
}

impl HeaderMutations {
    /// Appends the operations of a single destination.
    pub(super) fn append(&mut self, other: &Self) {
        if *other == Self::default() {
            return;
        }
        let lists = self.lists();
        lists.request_add.extend(other.request_add.iter().cloned());
        lists.request_remove.extend(other.request_remove.iter().cloned());
        lists.response_add.extend(other.response_add.iter().cloned());
        lists.response_remove.extend(other.response_remove.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::istio::virtual_service::HeaderOperations;
    use crate::text::{SourceId, Span};

    fn span() -> Span {
        Span::new(SourceId::new(0), 0, 0)
    }

    fn spanned(text: &str) -> Spanned<Str> {
        Spanned::new(text.into(), span())
    }

    fn values(entries: &[(&str, &str)]) -> Values {
        Map { entries: entries.iter().map(|(k, v)| (spanned(k), spanned(v))).collect() }
    }

    fn request(set: &[(&str, &str)], add: &[(&str, &str)], remove: &[&str]) -> Headers {
        let operations = HeaderOperations {
            set: values(set),
            add: values(add),
            remove: remove.iter().map(|key| spanned(key)).collect(),
            ..HeaderOperations::empty(span())
        };
        Headers { request: Some(operations), ..Headers::empty(span()) }
    }

    #[test]
    fn set_comes_before_add_and_both_are_sorted() {
        let headers = request(&[("x-b", "1"), ("X-c", "2")], &[("x-a", "3")], &["x-z", "x-y"]);
        let (mutations, authority) = translate(&headers);
        let got: Vec<(&str, bool)> = mutations
            .request_add
            .iter()
            .map(|option| (option.key.as_str(), option.overwrite))
            .collect();
        assert_eq!(got, [("X-c", true), ("x-b", true), ("x-a", false)]);
        assert_eq!(mutations.request_remove, ["x-z", "x-y"]);
        assert_eq!(authority, None);
    }

    #[test]
    fn host_is_an_authority_and_no_header() {
        let headers =
            request(&[("Host", "set"), (":path", "/x")], &[(":authority", "add")], &["HOST", ":m"]);
        let (mutations, authority) = translate(&headers);
        assert_eq!(mutations, HeaderMutations::default());
        assert_eq!(authority.as_deref(), Some("set"));
        let (_, authority) = translate(&request(&[("host", "")], &[("host", "add")], &[]));
        assert_eq!(authority.as_deref(), Some("add"));
    }
}
