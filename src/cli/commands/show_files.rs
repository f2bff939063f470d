//! `--show-files`: prints which files would be read, and why others are not.

use std::io;

use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::settings::Settings;
use crate::cli::streams::Streams;
use crate::input::{self, Contents, Input, LeftOut};
use crate::manifest::Kustomizations;
use crate::report;

/// Prints the files of all clusters, one after another.
pub(super) fn show_files(settings: &[Settings], streams: &mut Streams) -> Result<Exit, Error> {
    let mut exit = Exit::Clean;
    for (at, one) in settings.iter().enumerate() {
        if settings.len() > 1 {
            super::heading(at, one, false, streams)?;
        }
        streams.phases.begin("reading files");
        let input = input::collect(&one.input, &mut io::stdin().lock())?;
        streams.phases.begin_printing();
        streams.print(&report::columns(&rows(&input)))?;
        for problem in &input.problems {
            let name = report::printable(&problem.path);
            streams.note(&format!("error: cannot read `{name}`: {}\n", problem.reason))?;
            exit = Exit::Failure;
        }
    }
    Ok(exit)
}

/// Files by name, with what becomes of each.
fn rows(input: &Input) -> Vec<[String; 2]> {
    let texts = input.kustomized.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let built = Kustomizations::read(texts);
    let read = input.files.iter().map(|file| {
        let what = match file.contents {
            Contents::Text(_) if built.is_patch(&file.name) => PATCH,
            Contents::Text(_) if file.chart_template => "skipped: template of a Helm chart",
            Contents::Text(_) => "read",
            Contents::NotUtf8 { .. } | Contents::Utf16(_) => "not read: not UTF-8",
            Contents::TooLarge { .. } => "not read: too large",
        };
        (&file.name, what)
    });
    let kustomizations = input.kustomizations.iter();
    let kustomizations = kustomizations.map(|name| (name, "skipped: kustomizations are not built"));
    let is_kustomization = |name: &&String| input.kustomizations.contains(name);
    let others = input.others.iter().filter(|name| !is_kustomization(name));
    let others = others.map(|name| (name, "skipped: holds no object that matters"));
    let compared = input.compared.iter();
    let compared = compared.map(|name| (name, "skipped: a test compares with it"));
    let left_out = input.left_out.iter().map(|(name, why)| (name, left_out(*why)));
    let all = read.chain(kustomizations).chain(compared).chain(others).chain(left_out);
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    all.dedup_by(|a, b| a.0 == b.0);
    all.iter()
        .map(|(name, what)| [report::printable(name).into_owned(), (*what).to_owned()])
        .collect()
}

const PATCH: &str = "skipped: a patch of a kustomization, which holds parts of objects";

fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Excluded => "skipped: excluded",
        LeftOut::Forced => "skipped: excluded or ignored, by --force-exclude",
        LeftOut::OwnIgnoreFile => "skipped: ignored by .gwctlignore",
        LeftOut::GitIgnore => "skipped: ignored by git; --no-gitignore reads it",
        LeftOut::Hidden => "skipped: hidden; --hidden reads it",
        LeftOut::Extension => "skipped: not .yaml, .yml or .json",
        LeftOut::Link => "skipped: a symbolic link; -L follows it",
    }
}
