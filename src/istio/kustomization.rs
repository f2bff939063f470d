//! The Secrets that a kustomization generates, as far as a gateway may name them.

use super::secret::string;
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

/// The Secrets that a kustomization generates.
pub fn generated_secrets(kustomization: Node<'_>) -> Vec<GeneratedSecret> {
    let text =
        |node: Node<'_>, key: &str| node.get(key).and_then(string).filter(|text| !text.is_empty());
    let known = |node: Node<'_>| text(node, "namespace").filter(|name| !is_placeholder(name));
    // The namespace of the kustomization replaces all that are written.
    let namespace = known(kustomization);
    let affix = |key: &str| text(kustomization, key).unwrap_or_default();
    let (prefix, suffix) = (affix("namePrefix"), affix("nameSuffix"));
    let generators = kustomization.get("secretGenerator").into_iter().flat_map(Node::items);
    let mut all = Vec::new();
    for generator in generators {
        let Some(name) = text(generator, "name") else { continue };
        let namespace = namespace.clone().or_else(|| known(generator));
        if !prefix.is_empty() || !suffix.is_empty() {
            let name = format!("{prefix}{name}{suffix}");
            all.push(GeneratedSecret { name, namespace: namespace.clone() });
        }
        // A Gateway may be written with the name as it stands here.
        all.push(GeneratedSecret { name, namespace });
    }
    all
}
