//! stdout and stderr of the process: what they are, and how to write to them.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};

use super::error::Error;
use super::phases::Phases;
use crate::report::{ColorChoice, Environment, Terminal, printable};

/// The streams of a run.
pub(super) struct Streams {
    /// What stdout is.
    pub(super) out: Terminal,
    /// How wide stdout is; none where it is no terminal.
    pub(super) out_columns: Option<usize>,
    /// What stderr is.
    pub(super) err: Terminal,
    /// How often `-q` was given.
    pub(super) quiet: u8,
    /// How often `-v` was given.
    pub(super) verbose: u8,
    /// What the run is doing.
    pub(super) phases: Phases,
    /// Whether somebody sees stderr, and as it is written.
    is_terminal: bool,
    /// Whether the environment asks for a log.
    is_logged: bool,
    writer: Box<dyn Write>,
}

impl Streams {
    /// Those of this process. Colour is decided before the arguments are parsed, so that what clap has to
    /// say about them follows it too.
    pub(super) fn of_process(words: &[OsString]) -> Self {
        let choice = color_choice(words);
        let environment = environment();
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let columns = |is_terminal: bool, size: Option<(terminal_size::Width, _)>| {
            is_terminal.then(|| size.map_or(80, |(width, _)| usize::from(width.0)))
        };
        let out_columns = columns(stdout.is_terminal(), terminal_size::terminal_size_of(&stdout));
        let err_columns = columns(stderr.is_terminal(), terminal_size::terminal_size_of(&stderr));
        let out = Terminal::decide(choice, &environment, out_columns);
        let err = Terminal::decide(choice, &environment, err_columns);
        let writer: Box<dyn Write> = if out.color {
            // Translates colours for old consoles of Windows.
            Box::new(anstream::AutoStream::always(stdout))
        } else {
            Box::new(stdout)
        };
        let out_columns = out_columns.map(|_| out.width);
        Self {
            out,
            out_columns,
            err,
            quiet: 0,
            verbose: 0,
            phases: Phases::default(),
            is_terminal: err_columns.is_some() && err.unicode,
            is_logged: variable("GWCTL_LOG")
                .is_some_and(|value| !["", "0", "off"].contains(&value.as_str())),
            writer: Box::new(BufWriter::new(writer)),
        }
    }

    /// The writer of results; nothing comes out where only the exit code is wanted.
    fn results(&mut self) -> Box<dyn Write + '_> {
        if self.quiet > 1 { Box::new(io::sink()) } else { Box::new(&mut *self.writer) }
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.print_by(|out| out.write_all(text.as_bytes()))
    }

    /// Prints results by a function. Whoever reads stdout may have seen enough and gone: that is no error, what else is
    /// printed goes nowhere, and the run ends as it would have ended.
    pub(super) fn print_by(
        &mut self,
        print: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let result = print(&mut *self.results());
        self.unless_closed(result)
    }

    /// Writes out what was printed.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        let result = self.writer.flush();
        self.unless_closed(result)
    }

    fn unless_closed(&mut self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.writer = Box::new(io::sink());
                Ok(())
            }
            result => result,
        }
    }

    /// Prints a text that is no result to stderr, after all results so far.
    pub(super) fn note(&mut self, text: &str) -> io::Result<()> {
        if self.quiet == 0 && !text.is_empty() {
            self.flush()?;
            complain_plainly(text);
        }
        Ok(())
    }

    /// Whether it makes sense to say what goes on while it lasts.
    pub(super) fn is_watched(&self) -> bool {
        self.is_terminal && self.quiet == 0 && !self.is_logged
    }

    /// Says how long everything took to whoever wants to know; `asked`: by a flag.
    pub(super) fn timings(&self, asked: bool) {
        if asked || self.verbose > 1 || self.is_logged {
            complain_plainly(&self.phases.timings());
        }
    }

    /// Writes a line of the log that `GWCTL_LOG` asks for.
    pub(super) fn log(&self, text: impl FnOnce() -> String) {
        if self.is_logged {
            complain_plainly(&format!("debug: {}\n", printable(&text())));
        }
    }

    /// Says why the work could not be done.
    pub(super) fn complain(&mut self, error: &Error) {
        self.phases.begin_printing();
        // A closed stdout is no reason to keep silent about the error.
        drop(self.flush());
        complain_plainly(&error.render(self.err));
    }
}

/// Writes to stderr. Where that is closed, nobody wants to know.
pub(super) fn complain_plainly(text: &str) {
    drop(anstream::AutoStream::always(io::stderr()).write_all(text.as_bytes()));
}

fn color_choice(words: &[OsString]) -> ColorChoice {
    let mut choice = ColorChoice::Auto;
    let mut words = words.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--color") {
            Some("") => words.next(),
            Some(value) => value.strip_prefix('='),
            None => None,
        };
        choice = match value {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            Some("auto") => ColorChoice::Auto,
            _ => choice,
        };
    }
    choice
}

#[expect(clippy::disallowed_methods, reason = "this is where `cli` reads the environment")]
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

fn environment() -> Environment {
    Environment {
        no_color: variable("NO_COLOR"),
        clicolor: variable("CLICOLOR"),
        clicolor_force: variable("CLICOLOR_FORCE"),
        force_color: variable("FORCE_COLOR"),
        term: variable("TERM"),
        columns: variable("COLUMNS"),
    }
}

/// Whether a developer wants to see where a panic came from.
pub(super) fn wants_backtrace() -> bool {
    variable("RUST_BACKTRACE").is_some_and(|value| value != "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colour_is_known_before_the_arguments_are_parsed() {
        let choice =
            |line: &str| color_choice(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(choice("gwctl --color always lint"), ColorChoice::Always);
        assert_eq!(choice("gwctl lint --color=never"), ColorChoice::Never);
        assert_eq!(choice("gwctl --color always lint --color auto"), ColorChoice::Auto);
        assert_eq!(choice("gwctl lint -- --color always"), ColorChoice::Auto);
    }
}
