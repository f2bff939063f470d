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
        return Some(ResponseBody::Bytes(bytes.value.clone()));
    }
    body.string.as_ref().map(|text| ResponseBody::Text(text.value.to_string()))
}
