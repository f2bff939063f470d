//! Keys that name no field, and what is meant by them.

use super::Decoder;
use crate::istio::objection::Weight;
use crate::text::distance;
use crate::yaml::{Node, Scalar};

/// Fields that a message had once: message, field, what to write.
const REMOVED: &[(&str, &str, &str)] = &[
    ("HttpRoute", "websocketUpgrade", "remove it, websockets work without"),
    ("HttpRoute", "appendHeaders", "use `headers.request.add`"),
    ("HttpRoute", "appendRequestHeaders", "use `headers.request.add`"),
    ("HttpRoute", "removeRequestHeaders", "use `headers.request.remove`"),
    ("HttpRoute", "appendResponseHeaders", "use `headers.response.add`"),
    ("HttpRoute", "removeResponseHeaders", "use `headers.response.remove`"),
    ("HttpDestination", "appendRequestHeaders", "use `headers.request.add`"),
    ("HttpDestination", "removeRequestHeaders", "use `headers.request.remove`"),
    ("HttpDestination", "appendResponseHeaders", "use `headers.response.add`"),
    ("HttpDestination", "removeResponseHeaders", "use `headers.response.remove`"),
    ("Abort", "percent", "use `percentage.value`"),
    ("PortSelector", "name", "use `number`"),
    ("TlsMatch", "sourceSubnet", "remove it"),
    ("Sidecar", "localhost", "remove it"),
    ("Sidecar", "localhostClientTls", "remove it"),
    ("Sidecar", "localhostServerTls", "remove it"),
];

/// Fields that hold a comparison of texts, and the fields of one.
const COMPARED: [&str; 4] = ["uri", "scheme", "method", "authority"];
const COMPARISONS: [&str; 3] = ["exact", "prefix", "regex"];

impl Decoder<'_> {
    /// Records a key of `parent`, a `message`, that names none of the fields `known`.
    pub(crate) fn unknown_field<'f>(
        &mut self,
        message: &str,
        parent: Node<'_>,
        key: Node<'_>,
        known: impl IntoIterator<Item = &'f str>,
    ) {
        if !self.checks_schema() {
            return;
        }
        let name = key.key();
        let removed = REMOVED.iter().find(|(of, field, _)| *of == message && *field == name);
        let misplaced = COMPARISONS.contains(&name.as_ref()).then(|| empty_before(parent, key));
        let misplaced = misplaced.flatten().filter(|above| COMPARED.contains(&&*above.key()));
        let span = key.span();
        let out = &mut self.objections;
        if let Some(above) = misplaced {
            let above_name = above.key();
            let text = format!(
                "`{name}` must be nested under `{above_name}`; as written the match is empty and catches every request"
            );
            out.add(Weight::NONE, "unknown-field", span, text)
                .here("not part of it")
                .related(above.span(), "matches everything")
                .help(format!("indent `{name}` further than `{above_name}`"));
            return;
        }
        if let Some((.., instead)) = removed {
            let text = format!("the field `{name}` no longer exists");
            out.add(Weight::NONE, "unknown-field", span, text).help(*instead);
            return;
        }
        let text = format!("unknown field `{name}`");
        let objection = out.add(Weight::NONE, "unknown-field", span, text);
        match meant(&name, known) {
            Some(Meant::Exactly(field)) => objection.help(format!("write `{field}`")).fix(field),
            Some(Meant::Nearly(field)) => objection.help(format!("write `{field}`")),
            None => objection,
        };
    }

    /// Says of the value of a map that cannot be read because its key names a field of the values, `fields`, and stands
    /// beside an empty value, that it is misplaced.
    pub(super) fn retell_misplaced(
        &mut self,
        map: Node<'_>,
        key: Node<'_>,
        value: Node<'_>,
        fields: &[&str],
    ) {
        let name = key.key();
        let is_text = matches!(value.scalar(), Some(Scalar::Str(_)));
        if !is_text || !fields.contains(&name.as_ref()) {
            return;
        }
        let Some(above) = empty_before(map, key) else { return };
        let Some(last) = self.objections.last().filter(|last| last.span == value.span()) else {
            return;
        };
        let above_name = above.key();
        last.check = "unknown-field";
        last.span = key.span();
        last.message =
            format!("`{name}` must be nested under `{above_name}`, which is empty as written");
        last.here("an entry of its own").related(above.span(), "empty");
        last.help(format!("indent `{name}` further than `{above_name}`"));
    }
}

/// Of larger maps it is not asked what is misplaced: that costs a search for each key.
const MOST_ENTRIES: usize = 256;

/// The key of the nearest entry before `key` whose value is null.
fn empty_before<'t>(map: Node<'t>, key: Node<'_>) -> Option<Node<'t>> {
    if map.entries().size_hint().0 > MOST_ENTRIES {
        return None;
    }
    let before = map.entries().take_while(|(other, _)| other.span() != key.span());
    before.filter(|(_, value)| value.is_null()).last().map(|(other, _)| other)
}

/// What is meant by a word.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::istio) enum Meant<'k> {
    /// The same but for the case of letters, and `-` or `_` between words.
    Exactly(&'k str),
    /// Few edits away.
    Nearly(&'k str),
}

/// Which of `known` is meant by `word`.
pub(in crate::istio) fn meant<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<Meant<'k>> {
    let plain = |text: &str| text.replace(['-', '_'], "").to_lowercase();
    let word = plain(word);
    let limit = 2.min(word.len() / 3);
    let mut nearest: Option<(usize, &str)> = None;
    for one in known {
        let other = plain(one);
        if other == word {
            return Some(Meant::Exactly(one));
        }
        let edits = distance(&word, &other, limit).map(|edits| (edits, one));
        nearest = match (nearest, edits) {
            (Some(best), Some(edits)) => Some(best.min(edits)),
            (best, edits) => best.or(edits),
        };
    }
    nearest.map(|(_, one)| Meant::Nearly(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_meant_by_those_that_are_near() {
        let known = ["hosts", "exportTo", "http", "http2MaxRequests", "SIMPLE", "LEAST_REQUEST"];
        let table = [
            ("Hosts", Some(Meant::Exactly("hosts"))),
            ("export-to", Some(Meant::Exactly("exportTo"))),
            ("exportto", Some(Meant::Exactly("exportTo"))),
            ("leastRequest", Some(Meant::Exactly("LEAST_REQUEST"))),
            ("host", Some(Meant::Nearly("hosts"))),
            ("htpt", Some(Meant::Nearly("http"))),
            ("SIMPEL", Some(Meant::Nearly("SIMPLE"))),
            ("http2MaxReqs", None),
            ("tls", None),
            ("", None),
        ];
        for (word, expected) in table {
            assert_eq!(meant(word, known), expected, "{word}");
        }
    }
}
