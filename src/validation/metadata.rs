//! Checks of metadata, for all kinds of Istio (3-validation.md B.2).

use crate::istio::Resource;
use crate::istio::objection::Objections;

/// Annotations that users may not write: the check, and what becomes of them.
const RESERVED: &[(&str, &str, &str)] = &[
    ("istio.io/dry-run", "M-1", "counts for an AuthorizationPolicy alone"),
    ("internal.istio.io/webhook-always-reject", "M-3", "makes Istio reject everything"),
    ("internal.istio.io/parent-namespace", "M-4", "is Istio's own"),
    ("internal.istio.io/parents", "M-5", "is Istio's own"),
];

/// Mirrors istio 1.32 `pkg/config/validation: validateMetadata` and `checkDryRunAnnotation`. There one of them hides all
/// that is wrong besides.
pub(super) fn check(resource: &Resource, out: &mut Objections) {
    let meta = resource.meta();
    if !meta.group().ends_with("istio.io") {
        return;
    }
    for (key, _) in &meta.annotations {
        let Some((_, check, why)) = RESERVED.iter().find(|(name, ..)| key.value == *name) else {
            continue;
        };
        if *check == "M-1" && meta.kind() == "AuthorizationPolicy" {
            continue;
        }
        let kind = meta.kind();
        out.reject(check, key.span, format!("annotation `{key}` {why}: Istio refuses the {kind}"))
            .help("remove it");
    }
}
