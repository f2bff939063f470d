//! Checks of a Gateway.

use crate::istio::Object;
use crate::istio::gateway::Gateway;
use crate::istio::objection::Objections;

/// Mirrors istio 1.32 `pkg/config/validation: ValidateGateway`.
pub(super) fn check(_object: &Object<Gateway>, _out: &mut Objections) {}
