//! Reads a document through `granit-parser`. The only place that knows granit's types, beside `explain`.
//!
//! Known differences from go-yaml v2. It refuses, but granit takes: a tab behind `-` or before a key, `...` followed
//! by text without `---`, `{a?: b}`, `{:a: b}`, `[a,: b]`. It takes, but granit refuses: `"x"#comment`, and in
//! a flow collection a text of several lines that ends with a colon. Two things are
//! repaired in a copy of the text: quoted texts that are indented less than their block, and texts that end with a colon
//! in a flow collection, as in `[::1, fe80::]` (see `repair`).

mod scalar;

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, StructureStyle, YamlVersion};
use rustc_hash::FxHashMap;

use crate::text::SourceId;

use super::builder::Builder;
use super::explain::{self, Context};
use super::repair::Input;
use super::tree::{Data, Node, NodeId, Tree};
use super::{Chunk, Error, MAX_DEPTH, MAX_EXPANDED_NODES, layout, merge, offset};

/// How often the text of a document is repaired (see `repair`).
const MAX_REPAIRS: usize = 100;

/// Reads one document.
pub(super) fn read<'s>(source: SourceId, text: &'s str, chunk: &Chunk) -> Result<Tree<'s>, Error> {
    let mut input = Input::new(text, chunk);
    for _ in 0..MAX_REPAIRS {
        match Reader::new(source, text, chunk, &input).run()? {
            Outcome::Tree(tree) => return Ok(tree),
            Outcome::Quoted(at, error) => input = input.repaired(at).ok_or(error)?,
            Outcome::Colons(texts) => input = input.quoted(&texts),
        }
    }
    let start = chunk.start;
    let span = crate::text::Span::new(source, start, start);
    Err(Error::new("too many quoted texts whose lines are indented less than their block", span))
}

enum Outcome<'s> {
    Tree(Tree<'s>),
    /// A quoted text is indented less than its block, at this position of the input.
    Quoted(usize, Error),
    /// Texts without quotes, in flow collections, to which the colon behind them belongs: these ranges of the input.
    Colons(Vec<(usize, usize)>),
}

struct Reader<'s, 'i> {
    input: &'i Input<'s>,
    builder: Builder<'s>,
    /// The nodes of granit's anchors.
    anchors: FxHashMap<usize, NodeId>,
    /// How many nodes each node is, aliases expanded.
    sizes: Vec<u64>,
    has_alias: bool,
    /// Starts of the flow collections that are open.
    flow: Vec<usize>,
    /// Texts of which granit takes the last colon for an indicator: ranges of the input.
    colons: Vec<(usize, usize)>,
    /// The end of the last token, as far as it is known.
    cursor: usize,
    start: usize,
    end: usize,
}

/// A tag of granit: handle and suffix.
type FoundTag<'e> = Option<Cow<'e, granit_parser::Tag>>;

impl<'s, 'i> Reader<'s, 'i> {
    fn new(source: SourceId, text: &'s str, chunk: &Chunk, input: &'i Input<'s>) -> Self {
        let (start, end) = (chunk.start as usize, chunk.end as usize);
        let builder = Builder::new(source, text, ((end - start) / 16).min(4096));
        let anchors = FxHashMap::default();
        Self {
            input,
            builder,
            anchors,
            sizes: Vec::new(),
            has_alias: false,
            flow: Vec::new(),
            colons: Vec::new(),
            cursor: start,
            start,
            end,
        }
    }

    fn run(mut self) -> Result<Outcome<'s>, Error> {
        let mut options = Options::default();
        options.set_emit_comments(false);
        options.emit_unresolved_aliases = true;
        options.flow_nesting_limit = MAX_DEPTH + 1;
        options.block_nesting_limit = MAX_DEPTH + 1;
        let input = self.input;
        for event in Parser::new_from_str_with_options(&input.text, options) {
            let (event, span) = match event {
                Ok(event) => event,
                // Behind such a text granit goes astray.
                Err(_) if !self.colons.is_empty() => break,
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(0);
                    let explained =
                        explain::syntax(&self.context(), error.kind(), input.original(at));
                    return match error.kind() {
                        ErrorKind::InvalidQuotedScalarIndent => Ok(Outcome::Quoted(at, explained)),
                        _ => Err(explained),
                    };
                }
            };
            let start = input.original(span.start.byte_offset().unwrap_or(0));
            let end = input.original(span.end.byte_offset().unwrap_or(0));
            match event {
                Event::DocumentEnd | Event::StreamEnd => break,
                Event::DocumentStart(_, version) => self.check_version(version, start)?,
                Event::Scalar(text, style, anchor, tag) => {
                    if style == ScalarStyle::Plain && !self.flow.is_empty() {
                        self.note_colon(&span);
                    }
                    let node = self.scalar(&text, style, &tag, start, end, span.start.col())?;
                    self.anchors.insert(anchor, node);
                }
                Event::SequenceStart(style, anchor, _) => {
                    let node = self.open(false, style, start)?;
                    self.anchors.insert(anchor, node);
                }
                Event::MappingStart(style, anchor, _) => {
                    let node = self.open(true, style, start)?;
                    self.anchors.insert(anchor, node);
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(start, end)?,
                Event::Alias(anchor) => self.alias(anchor, start, end)?,
                Event::UnresolvedAlias(name) => {
                    return Err(explain::unknown_anchor(&self.context(), &name, start, end));
                }
                _ => {}
            }
        }
        if self.colons.is_empty() {
            Ok(Outcome::Tree(self.builder.tree))
        } else {
            Ok(Outcome::Colons(self.colons))
        }
    }

    /// go-yaml ends a text in a flow collection at a colon only where a blank or the end of the line follows (mirrors
    /// yaml.v2 `scannerc.go`, v2.4.4: `yaml_parser_scan_plain_scalar`), granit also before `,`, brackets and braces.
    fn note_colon(&mut self, span: &granit_parser::Span) {
        let (start, end) = (span.start.byte_offset(), span.end.byte_offset());
        let (Some(start), Some(end)) = (start, end) else { return };
        let behind = self.input.text.as_bytes().get(end..);
        if start < end && matches!(behind, Some([b':', b',' | b'[' | b']' | b'{' | b'}', ..])) {
            self.colons.push((start, end + 1));
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            source: self.builder.tree.source,
            text: self.builder.tree.text,
            start: self.start,
            end: self.end,
            outer: self.flow.first().copied().unwrap_or(self.cursor),
        }
    }

    /// go-yaml knows YAML 1.1 only.
    fn check_version(&self, version: Option<YamlVersion>, at: usize) -> Result<(), Error> {
        match version {
            Some(version) if (version.major, version.minor) != (1, 1) => {
                let span = self.builder.span(offset(self.start), offset(at));
                Err(Error::new("Kubernetes reads YAML 1.1 only", span)
                    .help("remove the `%YAML` line"))
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, map: bool, style: StructureStyle, start: usize) -> Result<NodeId, Error> {
        let bytes = self.builder.tree.text.as_bytes();
        let mut start = start;
        if style == StructureStyle::Flow {
            self.flow.push(start);
        } else if !map && self.builder.in_map() == Some(true) {
            // granit is behind the dash where the list is not indented.
            start = layout::dash(bytes, self.cursor, self.end).unwrap_or(start);
        }
        if self.builder.depth() >= MAX_DEPTH {
            return Err(explain::too_deep(self.builder.span(offset(start), offset(start))));
        }
        self.cursor =
            self.cursor.max(if style == StructureStyle::Flow { start + 1 } else { start });
        if self.builder.at_key() {
            let length = self.builder.tree.text[start..].chars().next().map_or(0, char::len_utf8);
            let node = self.builder.leaf(
                offset(start),
                offset(start + length),
                Data::Seq { first: 0, len: 0 },
            );
            return Err(explain::bad_key(&self.context(), Node::of(&self.builder.tree, node)));
        }
        self.sizes.push(0);
        Ok(self.builder.open(offset(start), map))
    }

    fn close(&mut self, start: usize, end: usize) -> Result<(), Error> {
        if self.builder.in_map() == Some(true) {
            self.builder.find_duplicates(merge::is_merge);
            merge::flatten(&mut self.builder)?;
        }
        let size = self
            .builder
            .children()
            .iter()
            .map(|id| self.sizes[id.0 as usize])
            .fold(1, u64::saturating_add);
        let flow = start < end
            || self
                .flow
                .last()
                .is_some_and(|&open| self.builder.start_of_open() == Some(offset(open)));
        if flow {
            self.flow.pop();
            self.cursor = self.cursor.max(end);
        }
        let Some(node) = self.builder.close(flow.then(|| offset(end))) else { return Ok(()) };
        self.sizes[node.0 as usize] = size;
        if self.has_alias && size > MAX_EXPANDED_NODES {
            return Err(explain::excessive_aliasing(self.builder.tree.span(node)));
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, start: usize, end: usize) -> Result<(), Error> {
        let span = self.builder.span(offset(start), offset(end));
        let Some(&target) = self.anchors.get(&anchor) else {
            return Err(Error::new("unknown anchor", span));
        };
        if self.builder.is_open(target) {
            return Err(Error::new(
                "the alias stands inside the value that its anchor names",
                span,
            ));
        }
        self.has_alias = true;
        self.cursor = self.cursor.max(end);
        let key = self.builder.at_key();
        let node = self.builder.leaf(offset(start), offset(end), Data::Alias(target));
        self.sizes.push(self.sizes[target.0 as usize]);
        if key { self.check_key(node) } else { Ok(()) }
    }
}
