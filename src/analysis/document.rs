//! One file: its documents to typed objects. Trees live only here.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::ellipsis;
use super::judge::{Judged, Objected, Written, judge};
use super::load::LoadOptions;
use crate::finding::Subject;
use crate::input::document_matters;
use crate::istio::Resource;
use crate::manifest::{Changes, Header, Item, Namespaces, objects};
use crate::mesh::Refused;
use crate::suppression::{self, Suppression};
use crate::text::{SourceId, Span};
use crate::yaml::{self, Chunk, Node, Tree};

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// Objects that can be read, in order, and which Istio or the API server would refuse.
    pub(super) resources: Vec<(Resource, Option<Refused>)>,
    /// What cannot be read.
    pub(super) broken: Vec<Broken>,
    /// What stands against objects.
    pub(super) objected: Vec<Objected>,
    /// Patches of kustomizations.
    pub(super) patches: usize,
    /// Documents that do not parse because they are templates.
    pub(super) templates: usize,
    /// Keys that are written twice.
    pub(super) repeated_keys: Vec<RepeatedKey>,
    /// Comments and annotations that suppress findings.
    pub(super) suppressions: Vec<Suppression>,
    /// Kinds named by documents that were not read.
    pub(super) unread_kinds: BTreeSet<String>,
}

/// A key that is written twice in one mapping.
#[derive(Clone, Debug)]
pub struct RepeatedKey {
    /// The object; the document, where it holds several.
    pub subject: Subject,
    /// The one that counts.
    pub later: Span,
    /// The one before.
    pub earlier: Span,
    /// Whether whole objects seem to be joined: it is a key of one, and so are `kind` and `metadata` twice.
    pub is_joined: bool,
    /// Whether both have the same value, so that nothing is lost.
    pub is_same: bool,
}

/// A document or object that cannot be read.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Which.
    pub subject: Subject,
    /// Why.
    pub reason: BrokenReason,
}

/// Why a document or object cannot be read.
#[derive(Clone, Debug)]
pub enum BrokenReason {
    /// Not YAML.
    Syntax(yaml::Error),
    /// A part of the wrong type: [`Objected`] tells which.
    Types,
}

/// As many objects as most files hold.
const FEW: usize = 16;

/// How far the heap of a thread grows at once.
const GROWTH: usize = 100 << 10;

/// Takes and gives back a piece of heap. glibc grows the heap of all threads but the first page by page, by a system call
/// for which the others wait; it keeps what was given back.
fn grow_heap() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(GROWTH)));
}

/// What kustomizations make of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kustomized<'k> {
    /// What they change in its objects.
    pub(super) changes: Option<&'k Changes<'k>>,
    /// The namespace that they give to them.
    pub(super) namespace: Option<&'k str>,
}

/// Reads the documents of a text.
pub(super) fn documents(
    source: SourceId,
    text: &str,
    kustomized: Kustomized<'_>,
    options: &LoadOptions,
) -> Documents {
    let mut found = Documents::default();
    grow_heap();
    let chunks = yaml::split(text);
    // Growing copies them; a file of many documents may hold few.
    found.resources.reserve_exact(chunks.len().min(FEW));
    // Most files have no suppression, and are not looked through for one again.
    let has_marks = memchr::memmem::find(text.as_bytes(), suppression::MARK.as_bytes()).is_some();
    let mut marks = has_marks.then(Marks::default);
    for chunk in chunks {
        let body = &text[chunk.start as usize..chunk.end as usize];
        if document_matters(body) {
            document(source, text, &chunk, marks.as_ref(), kustomized, options, &mut found);
        }
        if let Some(marks) = &mut marks {
            marks.head = is_comments(body).then_some(chunk);
        }
    }
    found
}

/// Where to look for suppressions in comments, in a file that has some.
#[derive(Default)]
struct Marks {
    /// The chunk of comments alone before the document.
    head: Option<Chunk>,
}

/// Whether nothing but comments stands in a text.
fn is_comments(body: &str) -> bool {
    body.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Reads one document, with its comments where there are `marks`.
fn document(
    source: SourceId,
    text: &str,
    chunk: &Chunk,
    marks: Option<&Marks>,
    kustomized: Kustomized<'_>,
    options: &LoadOptions,
    found: &mut Documents,
) {
    let document = chunk.document;
    let body = &text[chunk.start as usize..chunk.end as usize];
    let tree = match yaml::parse(source, text, chunk) {
        Ok(tree) => tree,
        Err(_) if is_template(body) => {
            found.templates += 1;
            found.unread_kinds.extend(kinds(body));
            return;
        }
        // Without a header of ours nobody knows whether the text is meant for a cluster at all.
        Err(_) if !is_ours(body) => return,
        Err(error) => {
            if let Some(marks) = marks {
                let head = marks.head.as_ref();
                found.suppressions.extend(suppression::of_unread(source, text, chunk, head));
            }
            let subject = Subject { source, document, object: None };
            found.broken.push(Broken { subject, reason: BrokenReason::Syntax(error) });
            found.unread_kinds.extend(kinds(body));
            return;
        }
    };
    let Some(root) = tree.root() else { return };
    if let Some(marks) = marks {
        let read = suppression::of_document(source, text, &tree, chunk, marks.head.as_ref());
        found.suppressions.extend(read);
    }
    let namespaces = Namespaces { assumed: &options.namespace, given: kustomized.namespace };
    let items = objects(root, text, document, namespaces);
    repeated_keys(&tree, text, &items, document, found);
    let is_cut_off = ellipsis::is_cut_off(body, (chunk.end as usize) < text.len());
    for item in items {
        if item.node.get("$patch").is_some() {
            found.patches += 1;
            continue;
        }
        let (mut meta, is_named, flaws) = match item.header {
            Header::Object(meta) => (*meta, true, Vec::new()),
            Header::Other => continue,
            Header::Wrong { meta, is_named, flaws } => (*meta, is_named, flaws),
        };
        if !meta.annotations.is_empty() {
            found.suppressions.extend(suppression::of_object(&meta.subject, item.node));
        }
        meta.is_partial = is_cut_off;
        let (mut replaced, mut is_patched) = (Vec::new(), false);
        if let Some(changes) = kustomized.changes {
            is_patched = changes.is_patched(meta.kind(), meta.name());
            let values = changes.replaced(meta.kind(), meta.name(), item.node);
            replaced.extend(values.into_iter().map(Node::span));
        }
        meta.is_partial |= is_patched;
        let written = Written { node: item.node, tree: &tree, text, replaced, is_patched };
        let Judged { mut subject, resource, objections, is_readable } =
            judge(meta, flaws, &written, options.version);
        if !is_readable && !is_named {
            // It may be any object of its kind.
            let object = subject.object.take();
            found.unread_kinds.extend(object.map(|object| object.kind.to_string()));
        }
        let refused = resource.as_ref().and_then(|resource| Refused::new(resource, &objections));
        if !objections.is_empty() {
            found.objected.push(Objected { subject: subject.clone(), objections });
        }
        if is_readable {
            found.resources.extend(resource.map(|resource| (resource, refused)));
        } else {
            found.broken.push(Broken { subject, reason: BrokenReason::Types });
        }
    }
}

fn repeated_keys(
    tree: &Tree<'_>,
    text: &str,
    items: &[Item<'_>],
    document: u32,
    found: &mut Documents,
) {
    let (Some(root), false) = (tree.root(), tree.duplicate_keys().is_empty()) else { return };
    let values = values(root);
    let written = |key: Span| {
        let value = values.get(&key)?;
        text.get(value.start as usize..value.end as usize)
    };
    let of_root: FxHashMap<Span, Node<'_>> =
        root.entries().map(|(key, _)| (key.span(), key)).collect();
    let is_twice = |name: &str| {
        let mut twice = tree.duplicate_keys().iter().filter_map(|(later, _)| of_root.get(later));
        twice.any(|key| key.key() == name)
    };
    let is_joined = is_twice("kind") && is_twice("metadata");
    for &(later, earlier) in tree.duplicate_keys() {
        let of_item = |item: &&Item<'_>| item.node.span().contains(later);
        let object = items.iter().find(of_item).and_then(|item| match &item.header {
            Header::Object(meta) | Header::Wrong { meta, is_named: true, .. } => {
                meta.subject.object.clone()
            }
            _ => None,
        });
        found.repeated_keys.push(RepeatedKey {
            is_joined: is_joined && of_root.contains_key(&later),
            is_same: written(later).is_some() && written(later) == written(earlier),
            subject: Subject { source: root.span().source, document, object },
            later,
            earlier,
        });
    }
}

/// The places of the values of all keys below a node, as they are written.
fn values(root: Node<'_>) -> FxHashMap<Span, Span> {
    let mut values = FxHashMap::default();
    let mut pending = vec![root];
    while let Some(node) = pending.pop() {
        // What an alias stands for is met where it is written.
        if node.is_alias() {
            continue;
        }
        pending.extend(node.items());
        for (key, value) in node.entries().filter(|(key, _)| node.span().contains(key.span())) {
            values.insert(key.span(), value.span());
            pending.push(value);
        }
    }
    values
}

/// Whether a text has a template action outside of quotes and comments.
fn is_template(body: &str) -> bool {
    body.lines().any(line_has_action)
}

fn line_has_action(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut quote: Option<u8> = None;
    for (at, &byte) in bytes.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let is_start = before.is_none_or(|byte| b" \t[{,:-".contains(&byte));
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'') if is_start => quote = Some(byte),
            (None, b'#') if before.is_none_or(|byte| byte.is_ascii_whitespace()) => return false,
            (None, b'{') if bytes.get(at + 1) == Some(&b'{') => return true,
            _ => {}
        }
    }
    false
}

/// Whether a text that does not parse has the header of a kind that matters.
fn is_ours(body: &str) -> bool {
    let has = |key: &str| body.lines().any(|line| line.starts_with(key) || line.starts_with('{'));
    body.contains("istio.io/") || (has("apiVersion:") && has("kind:"))
}

/// The kinds that a text names at the start of its lines; those that it names anywhere where these are none or lists, as
/// in JSON.
pub(super) fn kinds(body: &str) -> Vec<String> {
    let named = body.lines().filter_map(|line| line.strip_prefix("kind:"));
    let mut kinds: Vec<String> = named
        .filter_map(|kind| kind.split_ascii_whitespace().next())
        .map(|kind| kind.trim_matches(['"', '\'']).to_owned())
        .filter(|kind| !kind.is_empty())
        .collect();
    if kinds.iter().all(|kind| kind.ends_with("List")) {
        kinds.extend(body.match_indices("kind").filter_map(|(at, key)| {
            let rest = body[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
            let value = rest.strip_prefix(':')?.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(value.len());
            (end > 0).then(|| value[..end].to_owned())
        }));
    }
    kinds
}

/// The field path of a place: its document is read again.
pub fn path_at(source: SourceId, text: &str, span: Span) -> Option<String> {
    grow_heap();
    let chunks = yaml::split(text);
    let at = chunks.partition_point(|chunk| chunk.start <= span.start).checked_sub(1)?;
    let tree = yaml::parse(source, text, &chunks[at]).ok()?;
    let path = yaml::path_at(&tree, span)?.to_string();
    (!path.is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_where_they_stand() {
        assert_eq!(kinds("kind: Gateway # a\nspec:\n  kind: Service"), ["Gateway"]);
        assert_eq!(kinds("{\"kind\" : \"Gateway\", \"a\": ["), ["Gateway"]);
        let list = "kind: List\nitems:\n- kind: 'Gateway'\n- {kind: Service, a: [";
        assert_eq!(kinds(list), ["List", "List", "Gateway", "Service"]);
        assert!(kinds("mankind\nkind:\n").is_empty());
    }

    #[test]
    fn templates_are_told_from_comments() {
        assert!(is_template("a: {{ .Values.x }}"));
        assert!(is_template("{{- if .Values.x }}\na: b"));
        assert!(!is_template("# {{ x }}\na: [b"));
        assert!(!is_template("note: \"from {{ x }}\"\na: [b"));
        assert!(is_template("note: it's {{ x }}"));
        assert!(!is_template("a: b"));
    }
}
