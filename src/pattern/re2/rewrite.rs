//! Replacing by RE2's rewrite strings.
//!
//! Mirrors `re2/re2.cc`: `RE2::GlobalReplace`, `RE2::Rewrite`, `RE2::MaxSubmatch`.

use regex::bytes::{CaptureLocations, Regex};

/// The largest group that `substitution` names.
pub(super) fn last_group(substitution: &str) -> usize {
    let mut last = 0;
    let mut bytes = substitution.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\'
            && let Some(digit @ b'0'..=b'9') = bytes.next()
        {
            last = last.max(usize::from(digit - b'0'));
        }
    }
    last
}

/// `text` with every match replaced; none if there is no match.
pub(super) fn replace_all(regex: &Regex, text: &[u8], substitution: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut groups = regex.capture_locations();
    let mut at = 0;
    let mut last_end = None;
    while at <= text.len() {
        let Some(found) = regex.captures_read_at(&mut groups, text, at) else { break };
        out.extend_from_slice(&text[at..found.start()]);
        at = found.start();
        if found.is_empty() && last_end == Some(at) {
            // Not twice at one place: step over a byte.
            out.extend(text.get(at));
            at += 1;
            continue;
        }
        rewrite(&mut out, text, &groups, substitution);
        at = found.end();
        last_end = Some(at);
    }
    last_end?;
    out.extend_from_slice(text.get(at..).unwrap_or_default());
    Some(out)
}

/// Appends `substitution`. Up to a wrong escape only, which RE2 reports and `GlobalReplace` does not look at.
fn rewrite(out: &mut Vec<u8>, text: &[u8], groups: &CaptureLocations, substitution: &[u8]) {
    let mut bytes = substitution.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match bytes.next() {
            Some(digit @ b'0'..=b'9') => {
                if let Some((start, end)) = groups.get(usize::from(digit - b'0')) {
                    out.extend_from_slice(&text[start..end]);
                }
            }
            Some(b'\\') => out.push(b'\\'),
            _ => return,
        }
    }
}
