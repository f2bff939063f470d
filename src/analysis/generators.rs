//! What kustomizations generate: they are not built, but a Secret that one generates is there.

use crate::istio::kustomization::{GeneratedSecret, generated_secrets};
use crate::text::SourceId;
use crate::yaml;

/// The Secrets that kustomizations, by name and text, generate; none where one that does cannot be read.
pub(super) fn generated(kustomized: &[(String, String)]) -> Option<Vec<GeneratedSecret>> {
    let mut all = Vec::new();
    for (_, text) in kustomized.iter().filter(|(_, text)| text.contains("secretGenerator")) {
        for chunk in yaml::split(text) {
            // No place of it is told, so it needs no number of its own.
            let tree = yaml::parse(SourceId::new(0), text, &chunk).ok()?;
            all.extend(tree.root().map(generated_secrets).unwrap_or_default());
        }
    }
    Some(all)
}
