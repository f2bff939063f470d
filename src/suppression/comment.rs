//! Comments: which stand in a document, and what they hold for.

use super::{Origin, Scope, Suppression, text};
use crate::finding::Subject;
use crate::text::{SourceId, Span};
use crate::yaml::{self, Chunk, Comment, Tree};

/// What a text without suppressions in comments lacks.
pub const MARK: &str = "gwctl:";

/// The suppressions in the comments of a document. `head` is a chunk of comments alone that stands before it, whose
/// comments belong to it.
pub fn of_document(
    source: SourceId,
    text: &str,
    tree: &Tree<'_>,
    chunk: &Chunk,
    head: Option<&Chunk>,
) -> Vec<Suppression> {
    let subject = Subject { source, document: chunk.document, object: None };
    let whole = Span::new(source, chunk.start, chunk.end);
    let mut found = Vec::new();
    if let Some(head) = head {
        for (span, said) in marks(source, text, head) {
            let root = tree.root().map_or(Scope::Nothing, |root| Scope::Within(root.span()));
            let scope = if said.is_for_document { Scope::Within(whole) } else { root };
            found.push(suppression(span, said, scope, subject.clone()));
        }
    }
    for comment in yaml::comments(tree, chunk, MARK) {
        let Some(said) = read(text, comment.span) else { continue };
        let scope =
            if said.is_for_document { Scope::Within(whole) } else { scope(tree, chunk, comment) };
        found.push(suppression(comment.span, said, scope, subject.clone()));
    }
    found
}

/// The suppressions in a document that is no YAML: comments that hold for all of it, at the start of their line. What else
/// is a comment, and what it would hold for, nobody can tell.
pub fn of_unread(
    source: SourceId,
    text: &str,
    chunk: &Chunk,
    head: Option<&Chunk>,
) -> Vec<Suppression> {
    let subject = Subject { source, document: chunk.document, object: None };
    let whole = Scope::Within(Span::new(source, chunk.start, chunk.end));
    let begins_line =
        |span: &Span| span.start == 0 || text.as_bytes()[span.start as usize - 1] == b'\n';
    let chunks = head.into_iter().chain([chunk]);
    let all = chunks.flat_map(|chunk| marks(source, text, chunk));
    let of_all = all.filter(|(span, said)| said.is_for_document && begins_line(span));
    of_all
        .map(|(span, said)| Suppression {
            is_unread: true,
            ..suppression(span, said, whole, subject.clone())
        })
        .collect()
}

/// What a comment holds for that is not for the whole document.
fn scope(tree: &Tree<'_>, chunk: &Chunk, comment: Comment) -> Scope {
    if comment.is_alone {
        yaml::node_below(tree, chunk, comment).map_or(Scope::Nothing, Scope::Within)
    } else {
        let line = Span::new(comment.span.source, comment.line, comment.span.start);
        Scope::Line { line, below: yaml::value_below(tree, comment) }
    }
}

fn suppression(span: Span, said: text::Said, scope: Scope, subject: Subject) -> Suppression {
    Suppression {
        span,
        subject,
        scope,
        words: said.words,
        reason: said.reason,
        until: said.until,
        origin: Origin::Comment,
        is_unread: false,
        flaw: said.flaw,
    }
}

/// What the comment at a place says.
fn read(text: &str, span: Span) -> Option<text::Said> {
    let comment = &text[span.start as usize..span.end as usize];
    let at = comment.find(MARK)? + MARK.len();
    let place = Span::new(span.source, span.start + to_u32(at), span.end);
    Some(text::read(&comment[at..], place))
}

/// The comments of a chunk that stand alone on their lines.
fn marks(source: SourceId, text: &str, chunk: &Chunk) -> Vec<(Span, text::Said)> {
    let body = &text[chunk.start as usize..chunk.end as usize];
    let mut at = chunk.start as usize;
    let mut found = Vec::new();
    for line in body.split_inclusive('\n') {
        let comment = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let span = Span::new(source, to_u32(start), to_u32(start + comment.len()));
        let is_mark = comment.trim_start_matches('#').trim_start().starts_with(MARK);
        if comment.starts_with('#') && is_mark {
            found.extend(read(text, span).map(|said| (span, said)));
        }
    }
    found
}

/// A position as the 32 bits that spans have.
pub(super) fn to_u32(at: usize) -> u32 {
    u32::try_from(at).expect("sources are smaller than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts that the comments of a document hold for.
    fn covered(text: &str) -> Vec<&str> {
        let source = SourceId::new(0);
        let chunk = yaml::split(text)[0];
        let tree = yaml::parse(source, text, &chunk).unwrap();
        let of = |suppression: Suppression| {
            suppression
                .scope
                .reach()
                .map_or("", |span| &text[span.start as usize..span.end as usize])
        };
        of_document(source, text, &tree, &chunk, None).into_iter().map(of).collect()
    }

    #[test]
    fn comments_hold_for_the_node_below_or_for_their_line() {
        for (text, expected) in [
            ("# gwctl: ignore[a]\nx: 1\ny: 2\n", "x: 1\ny: 2"),
            ("x: 1\n# gwctl: ignore[a]\ny:\n- 2\nz: 3\n", "y:\n- 2"),
            (
                "x:\n  # gwctl: ignore[a]\n\n  # more\n  - a: 1\n    b: 2\n  - c\n",
                "- a: 1\n    b: 2",
            ),
            ("x:\n- a\n# gwctl: ignore[a]\n- b: [1,\n   2]\n- c\n", "- b: [1,\n   2]"),
            ("x:\n- a\n- b # gwctl: ignore[a]\n- c\n", "- b "),
            ("x: # gwctl: ignore[a]\n- a\n- b\ny: c\n", "x: # gwctl: ignore[a]\n- a\n- b"),
            ("x: {a: 1,\n  # gwctl: ignore[a]\n  b: 2, c: 3}\n", "b: 2"),
            ("x: | # gwctl: ignore[a]\n  text\n", "x: | # gwctl: ignore[a]\n  text"),
            ("x: [a,\n  # gwctl: ignore[a]\n  b]\n", "b"),
            ("x: 1\n# gwctl: ignore[a]\n", ""),
            ("x: 1\n# gwctl: ignore-file[a]\n", "x: 1\n# gwctl: ignore-file[a]\n"),
        ] {
            let of = covered(text);
            assert_eq!(of.len(), 1, "{text}");
            // A block scalar begins on the line of the comment.
            assert!(of[0] == expected || expected.starts_with("x: |"), "{text}: {:?}", of[0]);
        }
    }

    #[test]
    fn what_is_no_yaml_has_comments_for_all_of_it() {
        let text = "# gwctl: ignore-file[a]\n# gwctl: ignore[b]\nx: [\n  # gwctl: ignore-file[c]\n# gwctl: ignore-file [d]\n";
        let source = SourceId::new(0);
        let chunk = yaml::split(text)[0];
        let all = of_unread(source, text, &chunk, None);
        let words: Vec<_> = all.iter().map(|one| one.words.len()).collect();
        assert_eq!(words, [1, 0]);
        assert!(all.iter().all(|one| one.is_unread) && all[1].flaw.is_some());
        assert_eq!(all[0].scope.reach(), Some(Span::new(source, chunk.start, chunk.end)));
    }

    #[test]
    fn what_is_no_comment_is_none() {
        for text in [
            "x: '# gwctl: ignore[a]'\n",
            "x: |\n  # gwctl: ignore[a]\n",
            "x: a# gwctl:ignore[a]\n",
            "x: \"a\n  # gwctl: ignore[a]\"\n",
            "# see gwctl: ignore[a]\nx: 1\n",
        ] {
            assert!(covered(text).is_empty(), "{text}");
        }
    }
}
