//! The namespaces that kustomizations give to the objects of files, by their field `namespace`.
//!
//! Mirrors kustomize 5 `namespace:`: it replaces the namespace of every object that can have one, whatever that states;
//! where kustomizations are built from each other the outermost one decides, and one that has none takes that of the last
//! of its components that has one. A Namespace among the objects gets the name. Texts in other objects that name the
//! namespace (hosts, Gateways, destinations) stay as they are, as kustomize leaves them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Kustomizations;

/// What the objects of a file get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given<'k> {
    /// This namespace.
    One(&'k str),
    /// Nobody can say: the file is built several times, with different namespaces or once without.
    Several,
}

/// The namespaces that a kustomization or a file gets from those that are built from it; none: no namespace.
#[derive(Default)]
struct Found<'k>(Vec<Option<&'k str>>);

impl<'k> Found<'k> {
    /// Adds a namespace; whether anything can follow from that: of more than two it does not matter which.
    fn add(&mut self, namespace: Option<&'k str>) -> bool {
        let is_new = self.0.len() < 3 && !self.0.contains(&namespace);
        if is_new {
            self.0.push(namespace);
        }
        is_new
    }

    fn given(&self) -> Option<Given<'k>> {
        match self.0[..] {
            [] | [None] => None,
            [Some(namespace)] => Some(Given::One(namespace)),
            _ => Some(Given::Several),
        }
    }
}

impl Kustomizations {
    /// What the objects of files get, by the name of the file. A file that no kustomization is built from, or none with a
    /// namespace, is not among them.
    pub fn namespaces(&self) -> FxHashMap<&str, Given<'_>> {
        let is_used = |at: usize| {
            let users = self.built_from.get(&self.all[at].folder).into_iter().flatten();
            users.copied().any(|user| user != at)
        };
        let mut of_files: FxHashMap<&str, Found<'_>> = FxHashMap::default();
        let mut of_all: Vec<Found<'_>> = self.all.iter().map(|_| Found::default()).collect();
        let roots = (0..self.all.len()).filter(|at| !is_used(*at));
        let mut pending: Vec<(usize, Option<&str>)> = roots.map(|at| (at, None)).collect();
        while let Some((at, outer)) = pending.pop() {
            let namespace = outer.or_else(|| self.namespace(at));
            if !of_all[at].add(namespace) {
                continue;
            }
            for resource in &self.all[at].resources {
                match self.by_folder.get(resource) {
                    Some(&inner) => pending.push((inner, namespace)),
                    None => drop(of_files.entry(resource).or_default().add(namespace)),
                }
            }
        }
        of_files.into_iter().filter_map(|(file, found)| Some((file, found.given()?))).collect()
    }

    /// The namespace of a kustomization, else that of the last of its components that has one.
    fn namespace(&self, at: usize) -> Option<&str> {
        let (mut pending, mut seen) = (vec![at], FxHashSet::from_iter([at]));
        while let Some(at) = pending.pop() {
            let one = &self.all[at];
            if let Some(namespace) = &one.namespace {
                return Some(namespace);
            }
            for component in &one.components {
                let inner = self.by_folder.get(component).copied();
                pending.extend(inner.filter(|inner| seen.insert(*inner)));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a file gets, in which kustomizations, each a folder and a text, are read.
    fn given(file: &str, kustomizations: &[(&str, &str)]) -> String {
        let files: Vec<(String, &str)> = kustomizations
            .iter()
            .map(|(folder, text)| (format!("{folder}/kustomization.yaml"), *text))
            .collect();
        let read = Kustomizations::read(files.iter().map(|(name, text)| (name.as_str(), *text)));
        match read.namespaces().get(file) {
            None => "nothing".to_owned(),
            Some(Given::One(namespace)) => (*namespace).to_owned(),
            Some(Given::Several) => "several".to_owned(),
        }
    }

    const BASE: (&str, &str) = ("base", "resources: [x.yaml]");
    const OWN: (&str, &str) = ("base", "namespace: own\nresources: [x.yaml]");
    const PROD: (&str, &str) = ("prod", "namespace: prod\nresources: [../base]");
    const TEST: (&str, &str) = ("test", "namespace: test\nresources: [../base]");
    const PLAIN: (&str, &str) = ("plain", "resources: [../base]");

    #[test]
    fn the_outermost_kustomization_decides() {
        for (expected, kustomizations) in [
            ("nothing", &[][..]),
            ("nothing", &[BASE]),
            ("own", &[OWN]),
            ("prod", &[BASE, PROD]),
            ("prod", &[OWN, PROD]),
            ("own", &[OWN, PLAIN]),
            ("nothing", &[BASE, PLAIN]),
            ("several", &[BASE, PROD, TEST]),
            ("several", &[BASE, PROD, PLAIN]),
            ("several", &[OWN, PROD, PLAIN]),
            ("prod", &[OWN, PROD, ("live", "namespace: prod\nresources: [../base]")]),
            ("all", &[OWN, PROD, TEST, ("all", "namespace: all\nresources: [../prod, ../test]")]),
        ] {
            assert_eq!(given("base/x.yaml", kustomizations), expected, "{kustomizations:?}");
            assert_eq!(given("base/y.yaml", kustomizations), "nothing");
        }
    }

    #[test]
    fn components_change_those_that_name_them() {
        let app = ("app", "resources: [x.yaml]\ncomponents: [../a, ../b, ../c]");
        let a = ("a", "kind: Component\nnamespace: of-a");
        let b = ("b", "kind: Component\nresources: [y.yaml]\nnamespace: of-b");
        let c = ("c", "kind: Component\ncomponents: [../c, ../app]");
        assert_eq!(given("app/x.yaml", &[app, a, b, c]), "nothing", "nobody builds a circle");
        let c = ("c", "kind: Component\ncomponents: [../c]");
        assert_eq!(given("app/x.yaml", &[app, a, b, c]), "of-b");
        assert_eq!(given("b/y.yaml", &[app, a, b, c]), "of-b");
        let own = ("app", "namespace: own\nresources: [x.yaml]\ncomponents: [../a]");
        assert_eq!(given("app/x.yaml", &[own, a]), "own");
    }

    #[test]
    fn many_overlays_of_one_base_cost_little() {
        let overlays: Vec<(String, String)> = (0..3000)
            .map(|at| (format!("o{at}"), format!("namespace: n{at}\nresources: [../base]")))
            .collect();
        let files: Vec<String> = (0..3000).map(|at| format!("x{at}.yaml")).collect();
        let base = format!("resources: [{}]", files.join(", "));
        let mut all: Vec<(&str, &str)> =
            overlays.iter().map(|(folder, text)| (folder.as_str(), text.as_str())).collect();
        all.push(("base", &base));
        assert_eq!(given("base/x7.yaml", &all), "several");
    }
}
