//! Exit codes, and what becomes of a panic.

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Mutex;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing to complain about.
    Clean,
    /// 1: findings, or no answer.
    Findings,
    /// 2: gwctl could not do its work.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failure => 2,
        })
    }
}

/// What the first panic said; later ones follow from it.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Runs `f`; a panic in it, on whatever thread, is told as a bug of gwctl and is a failure.
pub(super) fn guard(f: impl FnOnce() -> Exit) -> Exit {
    let default = panic::take_hook();
    let backtrace = super::streams::wants_backtrace();
    panic::set_hook(Box::new(move |info| {
        if backtrace {
            default(info);
        }
        let mut first = PANIC.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        first.get_or_insert_with(|| info.to_string());
    }));
    panic::catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|_| {
        let first = PANIC.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        super::streams::complain_plainly(&bug(&first.unwrap_or_default()));
        Exit::Failure
    })
}

/// The text about a panic.
fn bug(what: &str) -> String {
    let what = what.trim().replace('\n', "\n  ");
    format!(
        "error: this is a bug in gwctl, not a finding about your files\n  {what}\n\
         help: please report it with this text, the command line and, if you may, the files;\n      \
         gwctl {} on {} {}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_as_a_bug() {
        let text = bug("panicked at src/a.rs:1:1:\nno such thing");
        assert!(text.starts_with("error: this is a bug in gwctl, not a finding"));
        assert!(text.contains("\n  panicked at src/a.rs:1:1:\n  no such thing\n"));
    }
}
