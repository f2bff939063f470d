//! Blocks of PEM (RFC 7468), as lenient as OpenSSL and BoringSSL: text between blocks and headers within are passed over.

use super::Flaw;
use crate::text::base64;

/// A block.
#[derive(Debug)]
pub(super) struct Block<'t> {
    /// `CERTIFICATE`.
    pub(super) label: &'t str,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
    /// Whether a header says that it is encrypted (RFC 1421).
    pub(super) is_encrypted: bool,
}

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// The blocks of a text, at least one.
pub(super) fn blocks(text: &str) -> Result<Vec<Block<'_>>, Flaw> {
    if text.trim().is_empty() {
        return Err(Flaw::Empty);
    }
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(BEGIN) {
        let (label, body) = rest[at + BEGIN.len()..].split_once(DASHES).ok_or(Flaw::BrokenPem)?;
        let end = format!("-----END {label}-----");
        let (body, after) = body.split_once(end.as_str()).ok_or(Flaw::BrokenPem)?;
        blocks.push(block(label, body)?);
        rest = after;
    }
    if blocks.is_empty() { Err(Flaw::NotPem) } else { Ok(blocks) }
}

fn block<'t>(label: &'t str, body: &str) -> Result<Block<'t>, Flaw> {
    let is_header = |line: &&str| line.contains(':');
    let is_encrypted = body
        .lines()
        .filter(is_header)
        .any(|line| line.starts_with("Proc-Type:") && line.contains("ENCRYPTED"));
    let digits: String =
        body.lines().filter(|line| !is_header(line)).flat_map(str::split_whitespace).collect();
    let bytes = base64(&digits).ok_or(Flaw::BrokenPem)?;
    Ok(Block { label, bytes, is_encrypted })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_may_stand_between_other_text() {
        let text = "who\n-----BEGIN A-----\nZm9v\n-----END A-----\n\n-----BEGIN B-----\nX: y\n\nYm\nFy\n-----END B-----\n";
        let blocks = blocks(text).unwrap();
        let read: Vec<(&str, &[u8])> =
            blocks.iter().map(|block| (block.label, block.bytes.as_slice())).collect();
        assert_eq!(read, [("A", &b"foo"[..]), ("B", b"bar")]);
    }

    #[test]
    fn what_is_no_pem_is_told_apart() {
        let table = [
            (" \n", Flaw::Empty),
            ("foo", Flaw::NotPem),
            ("-----BEGIN A-----\nZm9v", Flaw::BrokenPem),
            ("-----BEGIN A", Flaw::BrokenPem),
            ("-----BEGIN A-----\nZm9\n-----END A-----", Flaw::BrokenPem),
        ];
        for (text, flaw) in table {
            assert_eq!(blocks(text).unwrap_err(), flaw, "{text}");
        }
    }
}
