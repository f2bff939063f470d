//! `gwctl completions`: prints a completion script.

use std::collections::BTreeSet;
use std::fmt::Write;

use clap::builder::PossibleValue;
use clap::{Arg, Command, CommandFactory};
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
    let mut command = shown(&Cli::command());
    clap_complete::generate(shell, &mut command, "gwctl", &mut script);
    let mut script = String::from_utf8(script).expect("scripts are made of help texts");
    if shell == Shell::Fish {
        fish_arguments(&command, &[], &mut script);
    }
    for words in lists(&command) {
        script = complete_lists(shell, &script, &words);
    }
    match helper(shell) {
        Some((helper, before)) => script.replacen(before, &format!("{helper}{before}"), 1),
        None => script,
    }
}

/// The words of options that take lists with commas; options that take the same words are one.
fn lists(command: &Command) -> BTreeSet<Vec<String>> {
    let of_list = |arg: &&Arg| arg.get_value_delimiter() == Some(',') && !arg.is_positional();
    let words = |arg: &Arg| -> Vec<String> {
        arg.get_possible_values().iter().map(|word| word.get_name().to_owned()).collect()
    };
    let own = command.get_arguments().filter(of_list).map(words).filter(|all| !all.is_empty());
    own.chain(command.get_subcommands().flat_map(lists)).collect()
}

/// A script that offers `words` behind each comma, too. The generators know of single words alone.
fn complete_lists(shell: Shell, script: &str, words: &[String]) -> String {
    let plain = words.join(" ");
    match shell {
        Shell::Bash => script.replace(
            &format!("compgen -W \"{plain}\" -- \"${{cur}}\""),
            &format!("_gwctl_list \"{plain}\" \"${{cur}}\""),
        ),
        Shell::Zsh => {
            script.replace(&format!(":({plain})'"), &format!(":_sequence compadd - {plain}'"))
        }
        Shell::Fish => {
            let lines: Vec<String> = words.iter().map(|word| format!("{word}\\t''")).collect();
            script.replace(
                &format!("-a \"{}\"", lines.join("\n")),
                &format!("-a \"(__fish_gwctl_list {plain})\""),
            )
        }
        _ => script.to_owned(),
    }
}

/// The function by which a script completes lists, and before what it stands.
fn helper(shell: Shell) -> Option<(&'static str, &'static str)> {
    match shell {
        Shell::Bash => Some((BASH_LIST, "_gwctl() {\n")),
        Shell::Fish => Some((FISH_LIST, "complete -c gwctl ")),
        _ => None,
    }
}

const BASH_LIST: &str = r#"# Offers words behind the last comma.
_gwctl_list() {
    local head=""
    [[ "$2" == *,* ]] && head="${2%,*},"
    compgen -P "${head}" -W "$1" -- "${2##*,}"
}

"#;

const FISH_LIST: &str = r#"# Offers words behind the last comma.
function __fish_gwctl_list
	set -l token (commandline -ct | string replace -r -- '^--[^=]*=' '')
	set -l head (string match -r -- '^.*,' $token)
	test -n "$head"; or set head ''
	printf '%s\n' $head$argv
end

"#;

/// What the generator for fish leaves out: the words that arguments without a flag may be.
fn fish_arguments(command: &Command, path: &[&str], script: &mut String) {
    let condition = match path {
        [] => None,
        [first] => Some(format!("__fish_gwctl_using_subcommand {first}")),
        [first, rest @ ..] => Some(format!(
            "__fish_gwctl_using_subcommand {first}; and __fish_seen_subcommand_from {}",
            rest.join(" ")
        )),
    };
    for argument in command.get_positionals() {
        let words = argument.get_possible_values();
        let words: Vec<&str> = words.iter().map(PossibleValue::get_name).collect();
        if let (Some(condition), false) = (&condition, words.is_empty()) {
            let words = words.join(" ");
            writeln!(script, "complete -c gwctl -n \"{condition}\" -f -a \"{words}\"")
                .expect("a string takes all");
        }
    }
    for sub in command.get_subcommands() {
        let path: Vec<&str> = path.iter().copied().chain([sub.get_name()]).collect();
        fish_arguments(sub, &path, script);
    }
}

/// A command without the options that are hidden, which the generators of clap 4 offer all the same.
fn shown(command: &Command) -> Command {
    let mut shown = Command::new(command.get_name().to_owned())
        .args(command.get_arguments().filter(|arg| !arg.is_hide_set()))
        .subcommands(command.get_subcommands().map(shown))
        .disable_help_flag(command.is_disable_help_flag_set())
        .disable_version_flag(command.is_disable_version_flag_set())
        .disable_help_subcommand(command.is_disable_help_subcommand_set())
        .visible_aliases(command.get_visible_aliases().map(str::to_owned).collect::<Vec<_>>())
        .aliases(command.get_aliases().map(str::to_owned).collect::<Vec<_>>())
        .hide(command.is_hide_set());
    if let Some(about) = command.get_about() {
        shown = shown.about(about.clone());
    }
    if let Some(version) = command.get_version() {
        shown = shown.version(version.to_owned());
    }
    shown
}

pub(in crate::cli) fn run(args: &CompletionsArgs, streams: &mut Streams) -> Result<Exit, Error> {
    streams.print(&completions(args.shell))?;
    Ok(Exit::Clean)
}
