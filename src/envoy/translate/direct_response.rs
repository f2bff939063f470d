//! Fixed answers (spec 2, R-7.12; mirrors istio 1.32 `route.go: ApplyDirectResponse`).

use crate::envoy::route::{DirectResponseAction, ResponseBody};
use crate::istio::virtual_service::{Body, DirectResponse};

/// The action of a fixed answer.
pub(super) fn translate(answer: &DirectResponse) -> DirectResponseAction {
    DirectResponseAction {
        status: answer.status.map_or(0, |status| status.value),
        body: answer.body.as_ref().and_then(body),
    }
}

/// The body; of text and bytes the latter, which is declared last, counts.
fn body(body: &Body) -> Option<ResponseBody> {
    if let Some(bytes) = &body.bytes {
        return Some(ResponseBody::Bytes(decode(&bytes.value)));
    }
    body.string.as_ref().map(|text| ResponseBody::Text(text.value.clone()))
}

/// The bytes of a base64 text; decoding has checked it.
fn decode(text: &str) -> Vec<u8> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0_u16, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u16::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            let [_, byte] = (bits >> count).to_be_bytes();
            out.push(byte);
            bits &= (1 << count) - 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded() {
        let table: [(&str, &[u8]); 5] = [
            ("", b""),
            ("aGVsbG8=", b"hello"),
            ("AP8Q", &[0, 255, 16]),
            ("_-8=", &[0xff, 0xef]),
            ("aGVs\nbG8h", b"hello!"),
        ];
        for (text, expected) in table {
            assert_eq!(decode(text), expected, "{text}");
        }
    }
}
