//! Whole-text expectations in files: `UPDATE=1 cargo test` rewrites them.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether expectations are to be rewritten.
pub(crate) fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Compares `text` with a file of the repository, or rewrites the file. Says what is wrong.
pub(crate) fn compare(file: &str, text: &str) -> Result<(), String> {
    let path = root().join(file);
    let expected = fs::read_to_string(&path).ok().map(|text| text.replace("\r\n", "\n"));
    if expected.as_deref() == Some(text) {
        return Ok(());
    }
    if update() {
        fs::create_dir_all(path.parent().expect("a file has a folder"))
            .map_err(|e| e.to_string())?;
        return fs::write(&path, text).map_err(|error| format!("{file}: {error}"));
    }
    let Some(expected) = expected else { return Err(format!("{file} is missing")) };
    Err(format!("{file}{}", difference(&expected, text)))
}

/// Where two texts begin to differ, and how: `-` lines are those of the file.
fn difference(file: &str, now: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (file.lines().collect(), now.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[same..], &new[same..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut text = format!(":{}: the file is out of date", same + 1);
    for (sign, lines) in [("-", &old[..old.len() - end]), ("+", &new[..new.len() - end])] {
        let shown = lines.iter().take(12).copied();
        let more = (lines.len() > 12).then_some("...");
        for line in shown.chain(more) {
            text.extend(["\n  ", sign, " ", line]);
        }
    }
    text
}

/// Compares a folder with the files that it should hold, by name. Files beyond those are out of date too.
pub(crate) fn compare_folder(folder: &str, files: &[(String, String)]) {
    let wanted: BTreeSet<_> = files.iter().map(|(name, _)| name.clone()).collect();
    let mut wrong: Vec<_> = files
        .iter()
        .filter_map(|(name, text)| compare(&format!("{folder}/{name}"), text).err())
        .collect();
    for name in names(&root().join(folder)).difference(&wanted) {
        let path: PathBuf = root().join(folder).join(name);
        if update() {
            fs::remove_file(&path).expect("the file was just listed");
        } else {
            wrong.push(format!("{folder}/{name} belongs to nothing"));
        }
    }
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n"));
}

/// The names of the files of a folder.
pub(crate) fn names(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}
