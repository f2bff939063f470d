//! GW007: an object that is defined twice.

use crate::finding::{Finding, Severity};
use crate::istio::is_complete;
use crate::manifest::Meta;
use crate::mesh::Duplicate;
use crate::rules::prelude::*;
use crate::text::first_five;

rule! {
    /// ## What it reports
    /// The same kind, namespace and name in two documents. It is a warning where both are applied together: they stand in
    /// one file, in files that are both named on the command line, in input that the config file says is one cluster, or
    /// one kustomization is built from both. Everything else is info, since files that just lie in one tree may never meet
    /// in a cluster; and so are documents with the same text, and those of kinds of Istio that are not checked, as
    /// `WasmPlugin`: one of the two may be refused.
    ///
    /// Where objects stand in several folders that look like those of environments, one finding says so for all of them,
    /// and what the config file has to say of clusters. Until it does, no other finding compares objects of such folders
    /// with each other, and conflicts between other folders are info. Such folders are `overlays/*`, `clusters/*`, `environments/*`, `envs/*`, folders with
    /// kustomizations, and those whose last part of the name tells the cluster, as in `shop-eu`, `shop-us`, `users-eu` and
    /// `users-us`: at least two of one suffix hold the same objects as those beside them with the other suffix, and not
    /// only Namespaces.
    ///
    /// Where objects stand in two other folders, or two files of one folder, with different text, one finding says so for
    /// each two of them; where there are many, for all. They may be two clusters, steps of an exercise, test cases: which
    /// of the objects a cluster holds, and which files meet in it, is not known. So no other finding rests on such an
    /// object and on another file, or compares objects of such folders and files with each other.
    ///
    /// A file beside a kustomization that does not name it may be applied in another way, or not at all. Unless another
    /// kustomization or the command line names it, no finding compares its objects with those of other files.
    ///
    /// ## Why it matters
    /// The last one that is applied replaces the other one, and which one that is depends on the order of the files.
    /// Routes that stand in the other one are lost.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.org"]
    /// ```
    ///
    /// ## Instead
    /// Give the second object another name, or make one of the two.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com", "*.example.org"]
    /// ```
    DUPLICATE_RESOURCE = "GW007" "duplicate-resource", Warning; without check
}

/// The finding for an object that replaces another one.
pub fn defined_twice(duplicate: &Duplicate) -> Finding {
    let (later, earlier) = (&duplicate.later, &duplicate.earlier);
    let is_same = later.content == earlier.content;
    let name = full_name(later);
    // Whether one of another kind of Istio would be refused is not known.
    let is_checked = later.group().is_empty() || is_complete(later);
    let what = if is_same {
        ", with the same text"
    } else if is_checked {
        "; the last one applied wins"
    } else {
        "; if both are accepted, the last one applied wins"
    };
    let message = format!("{} `{name}` is defined twice{what}", later.kind());
    let severity = if is_same || !is_checked { Severity::Info } else { Severity::Warning };
    Finding::new(&DUPLICATE_RESOURCE, later.subject.clone(), later.name_span, message)
        .severity(severity)
        .here("replaces the other one")
        .label(earlier.name_span, "defined here before")
        .help("keep one of the two, or give one another name")
}

/// Folders that look like environments, of which several have the same objects.
#[derive(Clone, Debug)]
pub struct Environments {
    /// How many objects are in several.
    pub objects: usize,
    /// The folders.
    pub folders: Vec<String>,
    /// The entries of `clusters` in the config file.
    pub snippet: Vec<String>,
    /// Whether some objects are also outside of these folders.
    pub is_patched: bool,
}

/// Folders, or files, that have the same objects with different text.
#[derive(Clone, Debug)]
pub struct Variants {
    /// How many objects stand in several.
    pub objects: usize,
    /// The folders or files.
    pub places: Vec<String>,
    /// The entries of `clusters` in the config file; none where these are many.
    pub snippet: Vec<String>,
}

/// The finding for all objects that stand in several folders or files with different text; `first` is one of them.
pub fn defined_in_variants(first: &Duplicate, variants: &Variants) -> Finding {
    let (later, earlier) = (&first.later, &first.earlier);
    let more = match variants.objects {
        0 | 1 => " stands".to_owned(),
        2 => " and another object stand".to_owned(),
        n => format!(" and {} other objects stand", n - 1),
    };
    let places: Vec<String> = variants.places.iter().map(|place| format!("`{place}`")).collect();
    let places = match places.as_slice() {
        [here, there] => format!("in {here} and in {there}"),
        _ => format!("in several of {}", first_five(&places, ", ")),
    };
    let message = format!(
        "{} `{}`{more} {places} with different text: in one cluster only the last one applied is left",
        later.kind(),
        full_name(later)
    );
    let mut help =
        "keep one of them; or say in `.gwctl.yaml`, under `clusters`, what belongs together"
            .to_owned();
    if !variants.snippet.is_empty() {
        help += "\nclusters:";
    }
    for entry in &variants.snippet {
        help += "\n  ";
        help += entry;
    }
    Finding::new(&DUPLICATE_RESOURCE, later.subject.clone(), later.name_span, message)
        .severity(Severity::Info)
        .here("here")
        .label(earlier.name_span, "and here")
        .help(help)
}

/// `namespace/name`; the name alone of what has no namespace.
fn full_name(meta: &Meta) -> String {
    match meta.namespace() {
        "" => meta.name().to_owned(),
        namespace => format!("{namespace}/{}", meta.name()),
    }
}

/// The finding for all objects that are in several environments; `first` is one of them.
pub fn defined_by_environments(first: &Duplicate, environments: &Environments) -> Finding {
    let (later, earlier) = (&first.later, &first.earlier);
    let name = full_name(later);
    let more = match environments.objects {
        0 | 1 => " is".to_owned(),
        2 => " and another object are".to_owned(),
        n => format!(" and {} other objects are", n - 1),
    };
    let folders: Vec<String> =
        environments.folders.iter().map(|folder| format!("`{folder}`")).collect();
    let message = format!(
        "{} `{name}`{more} defined more than once, in folders that look like environments: {}",
        later.kind(),
        first_five(&folders, ", ")
    );
    let mut help =
        "say in `.gwctl.yaml` what belongs together; until then objects of these folders are not compared".to_owned();
    help += "\nclusters:";
    for entry in &environments.snippet {
        help += "\n  ";
        help += entry;
    }
    if environments.is_patched {
        help += "\nor lint what is rendered, as in `kustomize build DIR | gwctl lint -`";
    }
    Finding::new(&DUPLICATE_RESOURCE, later.subject.clone(), later.name_span, message)
        .severity(Severity::Info)
        .here("here")
        .label(earlier.name_span, "and here")
        .help(help)
}
