//! What a merge of git leaves in a file where it does not know which change counts.

use crate::yaml::Error;
use crate::yaml::layout::{line_end, line_start};

use super::context::Context;

/// The lines that git writes around the two changes, and before what both came from.
const OPEN: &str = "<<<<<<< ";
const BASE: &str = "|||||||";
const MIDDLE: &str = "=======";
const CLOSE: &str = ">>>>>>> ";

/// The first such line of the document up to the one of `at`. A document may begin within a conflict.
pub(super) fn conflict(context: &Context<'_>, at: usize) -> Option<Error> {
    let bytes = context.text.as_bytes();
    let last = line_start(bytes, at, context.start);
    let mut line = context.start;
    while line <= last {
        let end = line_end(bytes, line, context.end);
        let text = context.text[line..end].trim_end();
        if is_marker(text) {
            return Some(
                Error::new("merge conflict marker", context.rest(line)).help(
                    "choose one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
                ),
            );
        }
        line = end + 1;
    }
    None
}

fn is_marker(line: &str) -> bool {
    let base = line.strip_prefix(BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    line.starts_with(OPEN) || line.starts_with(CLOSE) || line == MIDDLE || base
}
