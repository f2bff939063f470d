//! What stands between two tokens: blanks, comments, indicators and properties. Knows no grammar.
//!
//! granit reports some places loosely; these functions find the exact ones in the text. All of them take the whole
//! text as bytes, a start and an end.

/// Skips blanks, line ends and comments.
pub(super) fn skip_space(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while at < end {
        match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' => at = line_end(bytes, at, end),
            _ => break,
        }
    }
    at
}

/// Skips like [`skip_space`], and anchors and tags.
pub(super) fn skip_properties(bytes: &[u8], mut at: usize, end: usize) -> usize {
    loop {
        at = skip_space(bytes, at, end);
        if at >= end || !matches!(bytes[at], b'&' | b'!') {
            return at;
        }
        while at < end && !bytes[at].is_ascii_whitespace() {
            at += 1;
        }
    }
}

/// The end of the line of `at`, before its line break.
pub(super) fn line_end(bytes: &[u8], at: usize, end: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &bytes[at..end]).map_or(end, |n| at + n)
}

/// The start of the line of `at`.
pub(super) fn line_start(bytes: &[u8], at: usize, start: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[start..at]).map_or(start, |n| start + n + 1)
}

/// Whether `at` is an indicator, that is, followed by white space.
fn is_indicator(bytes: &[u8], at: usize, end: usize) -> bool {
    at + 1 >= end || bytes[at + 1].is_ascii_whitespace()
}

/// The place right after the colon that follows a key which ends at `at`, if there is one.
pub(super) fn after_colon(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let at = skip_space(bytes, at, end);
    (at < end && bytes[at] == b':').then_some(at + 1)
}

/// The place of the dash that follows `at`, behind a colon and properties.
pub(super) fn dash(bytes: &[u8], mut at: usize, end: usize) -> Option<usize> {
    loop {
        at = skip_properties(bytes, at, end);
        match bytes.get(at) {
            Some(b':' | b'?') if at < end => at += 1,
            Some(b'-') if at < end && is_indicator(bytes, at, end) => return Some(at),
            _ => return None,
        }
    }
}

/// The place of the `|` or `>` of the block scalar that follows `at`.
pub(super) fn block_header(bytes: &[u8], mut at: usize, end: usize) -> Option<usize> {
    loop {
        at = skip_properties(bytes, at, end);
        match bytes.get(at) {
            Some(b'|' | b'>') if at < end => return Some(at),
            Some(b'-' | b':' | b'?') if at < end && is_indicator(bytes, at, end) => at += 1,
            _ => return None,
        }
    }
}

/// The end of the text of a block scalar: `content` is where its text starts, at its indentation. Blank lines at the
/// end do not count, and neither does the last line break.
pub(super) fn block_text_end(bytes: &[u8], content: usize, indent: usize, end: usize) -> usize {
    let mut last = content;
    let mut line = content - indent.min(content);
    while line < end {
        let stop = line_end(bytes, line, end);
        let spaces = bytes[line..stop].iter().take_while(|&&b| b == b' ').count();
        let blank = bytes[line..stop].iter().all(|b| matches!(b, b' ' | b'\t'));
        if !blank && spaces < indent {
            break;
        }
        if !blank {
            last = stop;
        }
        line = if bytes[stop..end].starts_with(b"\r\n") { stop + 2 } else { stop + 1 };
    }
    last
}
