//! The config file of a run: which one it is, and what it says.

use std::sync::LazyLock;

use super::args::{FORMATS, Global, KINDS, parse_kind, parse_output};
use super::environment;
use super::error::Error;
use super::streams::Streams;
use crate::analysis::Overrides;
use crate::config::{self, Config, Vocabulary};
use crate::input::{ConfigFile, Glob, InputError, Root, find_config};
use crate::istio::Version;
use crate::text::Span;

/// What a config file says, and the file; without one nothing is said.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// What it says.
    pub(super) config: Config,
    /// The file.
    pub(super) file: Option<ConfigFile>,
}

impl Project {
    /// The config file that flags or the environment name, else the one for the first path.
    pub(super) fn find(global: &Global, first: &str) -> Result<Self, Error> {
        if global.no_config {
            return Ok(Self::default());
        }
        let of_environment = || environment::said("GWCTL_CONFIG");
        let file = match global.config.clone().or_else(of_environment) {
            Some(path) => Some(ConfigFile::read(&path)?),
            None => find_config(first)?,
        };
        let Some(file) = file else { return Ok(Self::default()) };
        match config::read(&file.text, &vocabulary()) {
            Ok(config) => Self { config, file: Some(file) }.checked(),
            Err(error) => Err(Error::config(&file.name, &file.text, error)),
        }
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
        self.file.as_ref().map_or_else(Root::default, |file| file.root.clone())
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
        match &self.file {
            Some(file) => Error::config(&file.name, &file.text, config::Error::new(span, message)),
            None => Error::usage(message),
        }
    }
}

/// What may be written in a config file.
pub(super) fn vocabulary() -> Vocabulary<'static> {
    static VERSIONS: LazyLock<Vec<&str>> =
        LazyLock::new(|| Version::ALL.map(Version::as_str).to_vec());
    Vocabulary {
        rules: super::registry(),
        versions: &VERSIONS,
        formats: FORMATS,
        kinds: KINDS,
        gwctl: env!("CARGO_PKG_VERSION"),
        kind: parse_kind,
        output: |text| parse_output(text).map(drop),
    }
}
