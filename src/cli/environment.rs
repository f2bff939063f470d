//! Variables of the environment that stand for flags (cli.md 22.15): they count after the flag, and before the config file.

use clap::ValueEnum;

use super::args::{
    FORMATS, Global, HostFormat, RoutesOutput, RuleFormat, RulesFormat, VersionFormat,
};
use super::error::Error;
use super::streams::variable;

/// A variable that says something.
pub(super) fn said(name: &str) -> Option<String> {
    variable(name).filter(|value| !value.trim().is_empty())
}

/// The number of threads: `-j`, else `GWCTL_JOBS`, else as many as there are cores.
pub(super) fn jobs(global: &Global) -> Result<usize, Error> {
    match (global.jobs, said("GWCTL_JOBS")) {
        (Some(jobs), _) => Ok(jobs),
        (None, None) => Ok(0),
        (None, Some(text)) => text.trim().parse().map_err(|_| {
            Error::usage(format!("`GWCTL_JOBS={text}` is no number of threads"))
                .with_help("0 means as many as there are cores")
        }),
    }
}

/// `FORMAT[=FILE]` of `GWCTL_OUTPUT`. A word that some other command knows is none of this one's business, and
/// one that no command knows is a mistake.
pub(super) fn output<T>(read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Error> {
    let Some(text) = said("GWCTL_OUTPUT") else { return Ok(None) };
    match read(text.trim()) {
        None if !is_known(text.split('=').next().unwrap_or_default().trim()) => {
            Err(Error::usage(format!("`GWCTL_OUTPUT={text}`: no command has this format"))
                .with_help("`gwctl lint --help` and its neighbours list formats at `-o`"))
        }
        output => Ok(output),
    }
}

/// The format of a command: `-o`, else `GWCTL_OUTPUT`, else the command's own.
pub(super) fn format<T: ValueEnum>(given: Option<T>, default: T) -> Result<T, Error> {
    match given {
        Some(format) => Ok(format),
        None => Ok(output(|word| T::from_str(word, false).ok())?.unwrap_or(default)),
    }
}

/// Whether any command has a format of this name.
fn is_known(word: &str) -> bool {
    fn of<T: ValueEnum>(word: &str) -> bool {
        T::from_str(word, false).is_ok()
    }
    FORMATS.contains(&word)
        || of::<RoutesOutput>(word)
        || of::<HostFormat>(word)
        || of::<RuleFormat>(word)
        || of::<RulesFormat>(word)
        || of::<VersionFormat>(word)
}
