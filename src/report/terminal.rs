//! Colour and width: the only place that knows them. What it decides from is gathered by `cli`.

use std::fmt;

use owo_colors::{OwoColorize, Style};

use crate::finding::Severity;

/// What was asked for with `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// As the environment and the stream suggest.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The variables of the environment that matter here; none where a variable is not set.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `NO_COLOR`.
    pub no_color: Option<String>,
    /// `CLICOLOR`.
    pub clicolor: Option<String>,
    /// `CLICOLOR_FORCE`.
    pub clicolor_force: Option<String>,
    /// `FORCE_COLOR`.
    pub force_color: Option<String>,
    /// `TERM`.
    pub term: Option<String>,
    /// `COLUMNS`.
    pub columns: Option<String>,
}

/// How to write to one stream. stdout and stderr are decided on separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether to write escape sequences for colour.
    pub color: bool,
    /// Whether frames are drawn with box characters.
    pub unicode: bool,
    /// Columns; only prose is wrapped.
    pub width: usize,
}

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// Something to know.
    Info,
    /// Success.
    Good,
    /// A heading or a name.
    Strong,
    /// Something beside the point.
    Dim,
}

/// Width where nothing tells it.
const WIDTH: usize = 100;

impl Terminal {
    /// Without colour, with box characters.
    pub fn plain() -> Self {
        Self { color: false, unicode: true, width: WIDTH }
    }

    /// Decides for a stream: `columns` is the width of the terminal that it is, or none.
    pub fn decide(choice: ColorChoice, environment: &Environment, columns: Option<usize>) -> Self {
        let dumb = environment.term.as_deref() == Some("dumb");
        let told = environment.columns.as_deref().and_then(|columns| columns.parse().ok());
        Self {
            color: color(choice, environment, dumb, columns.is_some()),
            unicode: !(dumb && columns.is_some()),
            width: told.filter(|&width| width > 0).or(columns).unwrap_or(WIDTH),
        }
    }

    /// `text` in the colour of `tone`.
    pub fn paint<'t>(&self, tone: Tone, text: &'t str) -> impl fmt::Display + 't {
        text.style(if self.color { tone.style() } else { Style::new() }).to_string()
    }
}

/// In this order: the flag, `NO_COLOR`, `CLICOLOR_FORCE` and `FORCE_COLOR`, `CLICOLOR=0`, `TERM=dumb`, whether
/// the stream is a terminal.
fn color(choice: ColorChoice, environment: &Environment, dumb: bool, terminal: bool) -> bool {
    let set =
        |variable: &Option<String>| variable.as_deref().is_some_and(|value| !value.is_empty());
    let forced = |variable| set(variable) && variable.as_deref() != Some("0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set(&environment.no_color) => false,
        ColorChoice::Auto
            if forced(&environment.clicolor_force) || forced(&environment.force_color) =>
        {
            true
        }
        ColorChoice::Auto => terminal && !dumb && environment.clicolor.as_deref() != Some("0"),
    }
}

impl Tone {
    /// The tone of a severity.
    pub fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Error => Style::new().red().bold(),
            Self::Warning => Style::new().yellow().bold(),
            Self::Info => Style::new().cyan().bold(),
            Self::Good => Style::new().green().bold(),
            Self::Strong => Style::new().bold(),
            Self::Dim => Style::new().dimmed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: fn(&mut Environment, Option<String>), value: &str) -> Environment {
        let mut environment = Environment::default();
        set(&mut environment, Some(value.to_owned()));
        environment
    }

    #[test]
    fn the_flag_is_stronger_than_the_environment_and_that_than_the_stream() {
        use ColorChoice::{Always, Auto, Never};
        let none = Environment::default();
        let no = with(|e, v| e.no_color = v, "1");
        let empty = with(|e, v| e.no_color = v, "");
        let force = with(|e, v| e.force_color = v, "1");
        let zero = with(|e, v| e.force_color = v, "0");
        let cli_force = with(|e, v| e.clicolor_force = v, "1");
        let cli = with(|e, v| e.clicolor = v, "0");
        let dumb = with(|e, v| e.term = v, "dumb");
        let both = Environment { no_color: no.no_color.clone(), ..force.clone() };
        for (choice, environment, terminal, expected) in [
            (Auto, &none, true, true),
            (Auto, &none, false, false),
            (Always, &no, false, true),
            (Never, &force, true, false),
            (Auto, &no, true, false),
            (Auto, &empty, true, true),
            (Auto, &force, false, true),
            (Auto, &zero, false, false),
            (Auto, &cli_force, false, true),
            (Auto, &both, true, false),
            (Auto, &cli, true, false),
            (Auto, &dumb, true, false),
        ] {
            let columns = terminal.then_some(80);
            let decided = Terminal::decide(choice, environment, columns);
            assert_eq!(decided.color, expected, "{choice:?} {environment:?} {terminal}");
        }
    }

    #[test]
    fn the_width_is_told_by_columns_then_by_the_terminal() {
        let width = |columns: &str, terminal| {
            let environment = with(|e, v| e.columns = v, columns);
            Terminal::decide(ColorChoice::Auto, &environment, terminal).width
        };
        assert_eq!(width("60", Some(80)), 60);
        assert_eq!(width("x", Some(80)), 80);
        assert_eq!(width("0", None), 100);
    }

    #[test]
    fn text_without_colour_is_left_alone() {
        assert_eq!(Terminal::plain().paint(Tone::Error, "x").to_string(), "x");
    }
}
