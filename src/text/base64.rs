//! Base64.

/// The bytes of standard base64 with padding; line breaks are skipped (mirrors Go 1.26 `encoding/base64: StdEncoding`).
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|b| !matches!(b, b'\n' | b'\r')).collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    for (i, quad) in digits.chunks_exact(4).enumerate() {
        let padding = quad.iter().rev().take_while(|&&b| b == b'=').count();
        if padding > 2 || (padding > 0 && (i + 1) * 4 != digits.len()) {
            return None;
        }
        let mut bits = 0_u32;
        for &digit in &quad[..4 - padding] {
            bits = bits << 6 | u32::from(value(digit)?);
        }
        bits <<= 6 * padding;
        bytes.extend_from_slice(&bits.to_be_bytes()[1..4 - padding]);
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u8> {
    Some(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_needs_padding_and_may_be_broken_into_lines() {
        let table: [(&str, Option<&[u8]>); 11] = [
            ("", Some(b"")),
            ("aGk=", Some(b"hi")),
            ("aG\nk=", Some(b"hi")),
            ("aGkh", Some(b"hi!")),
            ("aA==", Some(b"h")),
            ("AP8Q", Some(&[0, 255, 16])),
            ("aGk", None),
            ("a===", None),
            ("aA==aA==", None),
            ("a-k=", None),
            ("_-8=", None),
        ];
        for (text, expected) in table {
            assert_eq!(base64(text).as_deref(), expected, "{text:?}");
        }
    }
}
