//! What a run is doing: how long it took, for those who ask, and while it lasts a line on a terminal.

use std::cell::RefCell;
use std::fmt::Write;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::streams::complain_plainly;

/// Who waits longer than this is told what for.
const PATIENCE: Duration = Duration::from_secs(1);

/// The phases of a run, one after another.
#[derive(Debug, Default)]
pub(super) struct Phases {
    done: RefCell<Vec<(&'static str, Duration)>>,
    current: RefCell<Option<(&'static str, Instant)>>,
    progress: RefCell<Option<Progress>>,
}

impl Phases {
    /// Tells on the terminal what goes on, once that takes long.
    pub(super) fn show_progress(&self) {
        *self.progress.borrow_mut() = Some(Progress::start());
    }

    /// Ends the phase so far and begins another one. A phase that is named again goes on.
    pub(super) fn begin(&self, name: &'static str) {
        self.end_current();
        *self.current.borrow_mut() = Some((name, Instant::now()));
        if let Some(progress) = &*self.progress.borrow() {
            progress.say(name);
        }
    }

    /// Nothing but printing is left: the line of the terminal goes.
    pub(super) fn begin_printing(&self) {
        self.begin("printing");
        self.progress.borrow_mut().take();
    }

    /// All phases, a line each.
    pub(super) fn timings(&self) -> String {
        self.end_current();
        let done = self.done.borrow();
        let all: Duration = done.iter().map(|(_, time)| *time).sum();
        let mut text = String::new();
        for (name, time) in done.iter().copied().chain([("all", all)]) {
            let millis = time.as_secs_f64() * 1e3;
            writeln!(text, "time: {millis:>9.1} ms  {name}").expect("a string takes all");
        }
        text
    }

    fn end_current(&self) {
        let Some((name, since)) = self.current.borrow_mut().take() else { return };
        let mut done = self.done.borrow_mut();
        match done.iter_mut().find(|(known, _)| *known == name) {
            Some((_, time)) => *time += since.elapsed(),
            None => done.push((name, since.elapsed())),
        }
    }
}

/// A line on stderr that says what goes on, and is gone afterwards.
#[derive(Debug)]
struct Progress {
    words: Option<Sender<&'static str>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    fn start() -> Self {
        let (words, said) = mpsc::channel();
        let thread = thread::Builder::new().spawn(move || show(&said, Instant::now())).ok();
        Self { words: Some(words), thread }
    }

    fn say(&self, what: &'static str) {
        if let Some(words) = &self.words {
            // Without a thread nobody hears it.
            let _ = words.send(what);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.words = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Writes the line when the patience ends, and again with each new word; erases it at the end.
fn show(said: &mpsc::Receiver<&'static str>, started: Instant) {
    let mut now = "";
    let mut is_shown = false;
    loop {
        let left =
            if is_shown { Duration::MAX } else { PATIENCE.saturating_sub(started.elapsed()) };
        match said.recv_timeout(left) {
            Ok(word) => now = word,
            Err(RecvTimeoutError::Timeout) => is_shown = true,
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if is_shown {
            complain_plainly(&format!("\r\u{1b}[K{now} ..."));
        }
    }
    if is_shown {
        complain_plainly("\r\u{1b}[K");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_add_up_by_phase() {
        let phases = Phases::default();
        for name in ["reading", "checking", "reading"] {
            phases.begin(name);
        }
        phases.begin_printing();
        let text = phases.timings();
        let names: Vec<_> =
            text.lines().filter_map(|line| line.rsplit_once("  ").map(|(_, name)| name)).collect();
        assert_eq!(names, ["reading", "checking", "printing", "all"]);
    }

    #[test]
    fn who_is_done_soon_shows_nothing() {
        let phases = Phases::default();
        phases.show_progress();
        phases.begin("reading");
        phases.begin_printing();
        assert!(phases.progress.borrow().is_none());
    }
}
