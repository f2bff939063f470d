//! `gwctl completions`: prints a completion script.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::args::{Cli, CompletionsArgs};
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;

/// The files of the folder `completions`.
pub const FILES: [(Shell, &str); 5] = [
    (Shell::Bash, "gwctl.bash"),
    (Shell::Elvish, "gwctl.elv"),
    (Shell::Fish, "gwctl.fish"),
    (Shell::PowerShell, "_gwctl.ps1"),
    (Shell::Zsh, "_gwctl"),
];

/// The script for a shell.
pub fn completions(shell: Shell) -> String {
    // Into a buffer: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gwctl", &mut script);
    String::from_utf8(script).expect("scripts are made of help texts")
}

pub(in crate::cli) fn run(args: &CompletionsArgs, streams: &mut Streams) -> Result<Exit, Error> {
    streams.print(&completions(args.shell))?;
    Ok(Exit::Clean)
}
