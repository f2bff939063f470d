//! `exportTo`: which namespaces see an object.

use std::sync::{Arc, LazyLock};

/// The namespaces that see an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportTo {
    names: Arc<[String]>,
}

/// What nearly all objects have.
static EVERYWHERE: LazyLock<Arc<[String]>> = LazyLock::new(|| Arc::new(["*".to_owned()]));

impl ExportTo {
    /// Reads a list (mirrors istio 1.32 `virtualservice_controller.go: convertExportToSet`): `.` is `namespace`; an
    /// empty list means `default`, where an empty one means everywhere.
    pub fn new<'a>(
        list: impl IntoIterator<Item = &'a str>,
        default: impl IntoIterator<Item = &'a str>,
        namespace: &str,
    ) -> Self {
        let own = |name: &str| if name == "." { namespace.to_owned() } else { name.to_owned() };
        let mut names: Vec<String> = list.into_iter().map(own).collect();
        if names.is_empty() {
            names = default.into_iter().map(own).collect();
        }
        let is_everywhere = names.is_empty() || names == **EVERYWHERE;
        Self { names: if is_everywhere { Arc::clone(&EVERYWHERE) } else { names.into() } }
    }

    /// Seen everywhere.
    pub fn is_public(&self) -> bool {
        self.names.iter().any(|name| name == "*")
    }

    /// Seen nowhere: `~` without `*`.
    pub fn is_hidden(&self) -> bool {
        !self.is_public() && self.names.iter().any(|name| name == "~")
    }

    /// Whether the list names `namespace` itself.
    pub fn names(&self, namespace: &str) -> bool {
        self.names.iter().any(|name| name == namespace)
    }

    /// Whether `namespace` sees the object.
    pub fn includes(&self, namespace: &str) -> bool {
        self.is_public() || (!self.is_hidden() && self.names(namespace))
    }

    /// The entries, `.` resolved.
    pub fn entries(&self) -> &[String] {
        &self.names
    }
}
