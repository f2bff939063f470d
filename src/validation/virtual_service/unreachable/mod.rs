//! stub
use crate::istio::objection::Objections;
use crate::istio::virtual_service::VirtualService;
pub(super) fn check(_spec: &VirtualService, _out: &mut Objections) {}
