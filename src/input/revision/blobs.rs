//! The bytes of files of a revision: one `git cat-file --batch` for all of them, in their order.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::thread;

use super::tree::{Entry, Links};
use super::{Revision, git};
use crate::input::InputError;

/// No path is longer, and so no link.
const LONGEST_LINK: u64 = 4096;

/// Reads the bytes of `entries`: calls `each` for one after the other.
pub(super) fn read(
    revision: &Revision,
    entries: &[&Entry],
    mut each: impl FnMut(&mut dyn Read) -> Result<(), InputError>,
) -> Result<(), InputError> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut command = git::command(&["cat-file", "--batch", "--buffer"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| revision.broken(&git::unstarted(&error)))?;
    let (Some(asked), Some(answers), Some(complaints)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        unreachable!("all three are piped")
    };
    thread::scope(|scope| {
        // Git answers before all is asked, and waits until that is read.
        scope.spawn(move || ask(asked, entries));
        let complaint = scope.spawn(move || complaint(complaints));
        let mut answers = BufReader::with_capacity(1 << 16, answers);
        let mut all = entries.iter();
        let result = all.try_for_each(|entry| one(revision, entry, &mut answers, &mut each));
        if result.is_err() {
            // Who asks must not wait for one who listens no more.
            let _ = child.kill();
        }
        drop(answers);
        let _ = child.wait();
        let complaint = complaint.join().unwrap_or_default();
        match result {
            Err(Failed::Git) if !complaint.is_empty() => {
                Err(revision.broken(&git::complaint(complaint.as_bytes())))
            }
            Err(Failed::Git) => Err(revision.broken("git ended before all was read")),
            Err(Failed::Input(error)) => Err(error),
            Ok(()) => Ok(()),
        }
    })
}

/// Why a file was not read.
enum Failed {
    /// Git went away.
    Git,
    /// Whatever else.
    Input(InputError),
}

impl From<io::Error> for Failed {
    fn from(_: io::Error) -> Self {
        Self::Git
    }
}

fn ask(mut git: impl Write, entries: &[&Entry]) {
    // If git went away, whoever waits for its answers learns it.
    let mut text = String::new();
    for entry in entries {
        text.push_str(&entry.id);
        text.push('\n');
    }
    let _ = git.write_all(text.as_bytes());
}

fn complaint(mut git: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = git.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads one answer: `ID TYPE SIZE`, a line of its own, then the bytes and another end of line.
fn one(
    revision: &Revision,
    entry: &Entry,
    answers: &mut impl BufRead,
    each: &mut impl FnMut(&mut dyn Read) -> Result<(), InputError>,
) -> Result<(), Failed> {
    let mut head = String::new();
    if answers.read_line(&mut head)? == 0 {
        return Err(Failed::Git);
    }
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size else {
        let path = String::from_utf8_lossy(&entry.path);
        let message = format!("the contents of `{path}` are not in the repository");
        return Err(Failed::Input(revision.broken(&message)));
    };
    let mut blob = answers.take(size);
    each(&mut blob).map_err(Failed::Input)?;
    io::copy(&mut blob, &mut io::sink())?;
    if blob.limit() > 0 {
        return Err(Failed::Git);
    }
    answers.read_exact(&mut [0])?;
    Ok(())
}

/// Where all links of a revision lead.
pub(super) fn links(revision: &Revision) -> Result<Links, InputError> {
    let entries: Vec<&Entry> =
        revision.tree.entries().iter().filter(|entry| entry.is_link()).collect();
    let mut links = Links::default();
    let mut all = entries.iter();
    read(revision, &entries, |blob| {
        let mut target = Vec::new();
        blob.take(LONGEST_LINK)
            .read_to_end(&mut target)
            .map_err(|error| revision.broken(&error.to_string()))?;
        if let Some(entry) = all.next() {
            links.insert(entry.id.clone(), target);
        }
        Ok(())
    })?;
    Ok(links)
}
