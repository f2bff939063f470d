//! The Secrets that kustomizations generate, as far as a gateway may name them.

use super::Kustomizations;
use super::read::text_of;
use crate::text::is_placeholder;
use crate::yaml::Node;

/// A Secret that kustomize generates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedSecret {
    /// The name, without the hash that kustomize adds to it and to all that refer to it.
    pub name: String,
    /// The namespace; none: that of whoever builds the kustomization.
    pub namespace: Option<String>,
}

impl Kustomizations {
    /// The Secrets that all of them generate; none where one that does cannot be read.
    pub fn generated_secrets(&self) -> Option<Vec<GeneratedSecret>> {
        let all = self.all.iter().flat_map(|one| &one.secrets).cloned();
        (!self.hides_secrets).then(|| all.collect())
    }
}

/// The Secrets that a kustomization generates.
pub(super) fn generated(kustomization: Node<'_>) -> Vec<GeneratedSecret> {
    let known = |node| text_of(node, "namespace").filter(|name| !is_placeholder(name));
    // The namespace of the kustomization replaces all that are written.
    let namespace = known(kustomization);
    let affix = |key| text_of(kustomization, key).unwrap_or_default();
    let (prefix, suffix) = (affix("namePrefix"), affix("nameSuffix"));
    let generators = kustomization.get("secretGenerator").into_iter().flat_map(Node::items);
    let mut all = Vec::new();
    for generator in generators {
        let Some(name) = text_of(generator, "name") else { continue };
        let namespace = namespace.or_else(|| known(generator)).map(str::to_owned);
        if !prefix.is_empty() || !suffix.is_empty() {
            let name = format!("{prefix}{name}{suffix}");
            all.push(GeneratedSecret { name, namespace: namespace.clone() });
        }
        // A Gateway may be written with the name as it stands here.
        all.push(GeneratedSecret { name: name.to_owned(), namespace });
    }
    all
}
