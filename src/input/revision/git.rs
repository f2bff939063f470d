//! Runs the program `git` for one answer. It finds the repository by itself, by `GIT_DIR` and its like too.

use std::process::{Command, Stdio};

/// A call of git that takes no lock, starts no other program and says what is wrong in English.
pub(super) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-optional-locks", "-c", "core.fsmonitor=false"]).args(arguments);
    command.env("LC_ALL", "C").env_remove("GIT_LITERAL_PATHSPECS").stdin(Stdio::null());
    command
}

/// What git answers; else what it says on stderr.
pub(super) fn run(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = command(arguments).output().map_err(|error| unstarted(&error))?;
    if output.status.success() { Ok(output.stdout) } else { Err(complaint(&output.stderr)) }
}

/// Why git cannot be started.
pub(super) fn unstarted(error: &std::io::Error) -> String {
    format!("the program `git` cannot be started: {}", crate::input::error::reason(error))
}

/// The first line of what git complains of, without the word before it.
pub(super) fn complaint(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let fatal = lines().find(|line| line.starts_with("fatal: ")).or_else(|| lines().next());
    let line = fatal.unwrap_or("git failed without a word");
    line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()
}

/// Refuses what does not name a whole revision. Whether there is one is told by whoever asks for its files.
pub(super) fn check(name: &str) -> Result<(), String> {
    if name.starts_with('-') {
        return Err("a revision does not begin with `-`".to_owned());
    }
    if !name.contains(':') {
        return Ok(());
    }
    // `REV:PATH` is a part of one, `:/TEXT` the last commit with that message.
    // The one knows all names, the other says what is wrong with one.
    let id = run(&["rev-parse", "--verify", name]);
    let id = id.or_else(|_| run(&["cat-file", "-t", name]))?;
    match run(&["cat-file", "-t", String::from_utf8_lossy(&id).trim_end()])?.as_slice() {
        b"commit\n" | b"tag\n" => Ok(()),
        _ => Err("it is a part of a revision: name what is to be read of it as a PATH".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_complaint_is_one_line() {
        assert_eq!(complaint(b"fatal: bad\nUse '--'\n"), "bad");
        assert_eq!(complaint(b"warning: x\nfatal: bad\n"), "bad");
        assert_eq!(complaint(b"\nerror: odd\n"), "odd");
        assert_eq!(complaint(b""), "git failed without a word");
    }
}
