//! `gwctl routes`: the effective tables of the proxies, one file per format. Knows nothing of how a table came about.

mod cells;
mod clusters;
mod csv;
mod destinations;
mod dropped;
mod extras;
mod filter;
mod json;
mod json_routes;
mod markdown;
mod nothing;
mod order;
mod rows;
mod short;
mod sources;
mod table;
#[cfg(test)]
mod tests;
mod unaccepted;
mod unknown;
mod view;
mod yaml;

use std::io::{self, Write};

use super::envoy;
use crate::analysis::Contested;
use crate::envoy::Table;
use crate::mesh::Mesh;
use crate::rules::{ClusterPresences, SecretPresences};
use crate::text::Sources;

pub use order::{ByAge, Certain, Order, Row};

/// The formats of `gwctl routes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RoutesFormat {
    /// Columns.
    #[default]
    Table,
    /// More columns.
    Wide,
    /// The columns of istioctl.
    Short,
    /// One JSON document.
    Json,
    /// The same as YAML.
    Yaml,
    /// One line per route.
    Csv,
    /// Tables of GitHub's Markdown.
    Markdown,
    /// Envoy's own JSON.
    Envoy,
}

/// What to show of the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutesOptions {
    /// Show the listeners.
    pub listeners: bool,
    /// Show the routes.
    pub routes: bool,
    /// Add `file:line` to each row.
    pub show_source: bool,
    /// Write escape sequences for colour.
    pub color: bool,
    /// Fold cells so that lines fit into so many columns, where that can be done without breaking a word.
    pub width: Option<usize>,
    /// Only what comes from this Gateway: `namespace/name`, or a name in any namespace.
    pub gateway: Option<String>,
    /// Only what is behind this listener port, or this port of the servers or of the Service where no listener is on it.
    pub port: Option<u32>,
    /// Only what serves this host, itself or by a wildcard.
    pub host: Option<String>,
    /// Only this route configuration.
    pub name: Option<String>,
}

impl RoutesOptions {
    /// Whether nothing is left out.
    fn is_unfiltered(&self) -> bool {
        self.gateway.is_none() && self.port.is_none() && self.host.is_none() && self.name.is_none()
    }
}

impl Default for RoutesOptions {
    /// Everything, plain.
    fn default() -> Self {
        Self {
            listeners: true,
            routes: true,
            show_source: false,
            color: false,
            width: None,
            gateway: None,
            port: None,
            host: None,
            name: None,
        }
    }
}

/// All that is printed, and what it is printed from.
#[derive(Clone, Copy)]
pub struct Routes<'a> {
    /// The tables.
    pub tables: &'a [Table],
    /// The objects that they come from.
    pub mesh: &'a Mesh,
    /// The texts.
    pub sources: &'a Sources,
    /// What to show.
    pub options: &'a RoutesOptions,
    /// Which clusters exist.
    pub clusters: &'a ClusterPresences<'a>,
    /// Which Secrets exist.
    pub secrets: &'a SecretPresences<'a>,
    /// Which rows stand where they stand by creation time alone.
    pub order: &'a dyn Order,
    /// Objects of which the input does not tell the text; the last one of each is in the tables.
    pub contested: &'a [Contested<'a>],
}

impl Routes<'_> {
    /// Writes the tables in a format.
    pub fn write(&self, format: RoutesFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            RoutesFormat::Table => table::write(self, table::Columns::Usual, out),
            RoutesFormat::Wide => table::write(self, table::Columns::All, out),
            RoutesFormat::Short => short::write(self, out),
            RoutesFormat::Json => json::write(self, out),
            RoutesFormat::Yaml => yaml::write(self, out),
            RoutesFormat::Csv => csv::write(self, out),
            RoutesFormat::Markdown => markdown::write(self, out),
            RoutesFormat::Envoy => envoy::write(self.tables, self.mesh.version, out),
        }
    }
}
