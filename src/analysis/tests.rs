//! What only several modules together show.
#![expect(clippy::disallowed_methods, reason = "a test looks for its inputs")]

use std::path::Path;

use super::load::{LoadOptions, outline};
use crate::input::{self, Options};
use crate::rules::{Complete, World, run};

/// Folders of `testdata` whose files, or folders, are inputs.
const INPUTS: [&str; 4] = ["rules", "golden", "unreached", "routes"];

/// All files below a folder, and what stands in each folder of files taken together.
fn inputs(folder: &Path, all: &mut Vec<String>) {
    let entries = std::fs::read_dir(folder).expect("testdata is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    if paths.iter().any(|path| path.is_file()) {
        all.push(folder.display().to_string());
    }
    for path in paths {
        if path.is_dir() {
            inputs(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            all.push(path.display().to_string());
        }
    }
}

#[test]
fn marks_hide_nothing_from_rules() {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut all = Vec::new();
    for name in INPUTS {
        inputs(&testdata.join(name), &mut all);
    }
    let mut found = 0;
    for path in all {
        let options = Options { paths: vec![path.clone()], ..Options::default() };
        let Ok(input) = input::collect(&options, &mut std::io::empty()) else { continue };
        let loaded = outline(input, &LoadOptions::default());
        let (complete, unread) = (Complete::default(), loaded.unread());
        let (mesh, tables) = (&loaded.mesh, &loaded.tables);
        let marked = World::new(mesh, tables, &complete, &unread);
        let unmarked = World::without_marks(mesh, tables, &complete, &unread);
        let [by_marks, by_all] = [marked, unmarked].map(|world| {
            let (findings, skips) = run(&world, std::iter::empty(), |_| true);
            found += findings.len();
            format!("{findings:#?} {skips:#?}")
        });
        assert_eq!(by_marks, by_all, "{path}");
    }
    assert!(found > 1000, "{found}");
}
