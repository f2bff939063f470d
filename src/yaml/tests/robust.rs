//! No input makes the module panic.

use proptest::prelude::*;

use super::*;

/// Splits, reads and walks a text, and slices under every span.
fn survive(text: &str) {
    for chunk in split(text) {
        assert!(chunk.start < chunk.end && text.is_char_boundary(chunk.start as usize), "{text:?}");
        match parse(SourceId::new(0), text, &chunk) {
            Ok(tree) => {
                spans(&tree);
                for node in &tree.nodes {
                    let piece = text.get(node.start as usize..node.end as usize);
                    assert!(piece.is_some(), "{text:?}: {node:?}");
                    path_at(&tree, crate::text::Span::new(SourceId::new(0), node.start, node.end));
                }
            }
            Err(error) => {
                assert!(
                    text.get(error.span.start as usize..error.span.end as usize).is_some(),
                    "{text:?}"
                );
                if let Some((span, _)) = error.related {
                    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text:?}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases * 2, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        survive(&text);
    }

    #[test]
    fn any_yaml_like_text(text in "[ab:\\- \\n\\r\\t\\[\\]{},\"'|>#&*!?%@.<é\\\\]{0,40}") {
        survive(&text);
    }
}
