//! The config file of a run: which one it is, and what it says.

use std::path::Path;

use super::args::{FORMATS, Global, KINDS, parse_kind, parse_output};
use super::environment;
use super::error::Error;
use super::streams::Streams;
use crate::analysis::Overrides;
use crate::config::{self, Config, Vocabulary};
use crate::input::{ConfigFile, Glob, InputError, Root, find_config};
use crate::istio::Version;
use crate::text::{SourceId, Span};

/// What a config file says, and the file; without one nothing is said.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// What it says.
    pub(super) config: Config,
    /// The file.
    pub(super) file: Option<ConfigFile>,
    /// `KEY: VALUE`, as `--config` says it besides.
    pub(super) given: Vec<String>,
}

impl Project {
    /// The config file that flags or the environment name, else the one for the first path.
    /// Keys that are given by `--config KEY=VALUE` count before those of the file.
    pub(super) fn find(global: &Global, first: &str) -> Result<Self, Error> {
        let (keys, files): (Vec<_>, Vec<_>) = global.config.iter().partition(|text| is_key(text));
        let of_environment = || environment::said("GWCTL_CONFIG");
        let file = match &files[..] {
            [_, _, ..] => return Err(Error::usage("`--config` names two files")),
            [_] if global.no_config => {
                return Err(Error::usage("`--config FILE` and `--no-config` exclude each other"));
            }
            [path] => Some(ConfigFile::read(path)?),
            [] if global.no_config => None,
            [] => match of_environment() {
                Some(path) => Some(of_variable(&path)?),
                None => find_config(first)?,
            },
        };
        let given = keys.into_iter().map(|text| text.replacen('=', ": ", 1)).collect();
        let mut project = Self { config: Config::default(), file, given };
        let texts: Vec<String> = project.texts().map(|(_, text)| text.to_owned()).collect();
        for (source, text) in (0..).zip(&texts) {
            config::read_into(&mut project.config, SourceId::new(source), text, &vocabulary())
                .map_err(|error| project.wrong(SourceId::new(source), error))?;
        }
        project.checked()
    }

    /// The texts that were read, with what they are called; without a file its text is empty.
    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let file = self.file.as_ref().map_or(("", ""), |file| (&file.name, &file.text));
        std::iter::once(file).chain(self.given.iter().map(|text| ("--config", text.as_str())))
    }

    /// The text of a place, and what it is called.
    pub(super) fn text(&self, source: SourceId) -> (&str, &str) {
        self.texts().nth(source.index()).unwrap_or_default()
    }

    fn wrong(&self, source: SourceId, error: config::Error) -> Error {
        let (name, text) = self.text(source);
        Error::config(name, text, error)
    }

    /// The same, if its patterns of paths can be understood.
    fn checked(self) -> Result<Self, Error> {
        for pattern in &self.config.exclude {
            let wrong = |error: InputError| self.error(pattern.span, error.to_string());
            Glob::new(pattern).map_err(wrong)?;
        }
        Ok(self)
    }

    /// Tells the log which file it is.
    pub(super) fn log(&self, streams: &Streams) {
        streams.log(|| match &self.file {
            Some(file) => format!("config file {}", file.name),
            None => "no config file".to_owned(),
        });
    }

    /// The folder of the file.
    pub(super) fn root(&self) -> Root {
        self.file.as_ref().map_or_else(|| Root::of(Path::new(".")), |file| file.root.clone())
    }

    /// Whether a path is the folder of the file or one above it.
    pub(super) fn is_within(&self, path: &str) -> bool {
        self.file.as_ref().is_some_and(|file| file.root.is_within(path))
    }

    /// A path of the file as seen from the working directory.
    pub(super) fn enter(&self, path: &str) -> String {
        self.file.as_ref().map_or_else(|| path.to_owned(), |file| file.root.enter(path))
    }

    /// Severities by rule, file and object.
    pub(super) fn overrides(&self) -> Result<Overrides, Error> {
        let mut overrides = Overrides::new(self.config.severity.clone(), self.root());
        for one in &self.config.per_path {
            overrides.path(one).map_err(|error| self.error(one.pattern.span, error.to_string()))?;
        }
        for one in &self.config.per_object {
            overrides
                .object(one)
                .map_err(|error| self.error(one.pattern.span, error.to_string()))?;
        }
        Ok(overrides)
    }

    /// Something that is wrong at a place of the file.
    pub(super) fn error(&self, span: Span, message: String) -> Error {
        self.wrong(span.source, config::Error::new(span, message))
    }
}

/// Whether an argument of `--config` is `KEY=VALUE`, and no file that is called so.
fn is_key(text: &str) -> bool {
    let is_name = |key: &str| {
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    text.split_once('=').is_some_and(|(key, _)| is_name(key)) && !Path::new(text).is_file()
}

/// The config file that the environment names.
fn of_variable(path: &str) -> Result<ConfigFile, Error> {
    ConfigFile::read(path).map_err(|error| {
        Error::from(error)
            .with_help("the variable `GWCTL_CONFIG` names this file as the config file")
    })
}

/// What may be written in a config file.
pub(super) fn vocabulary() -> Vocabulary<'static> {
    Vocabulary {
        rules: super::registry(),
        versions: &Version::WORDS,
        formats: FORMATS,
        kinds: KINDS,
        gwctl: env!("CARGO_PKG_VERSION"),
        kind: parse_kind,
        output: |text| parse_output(text).map(drop),
    }
}
