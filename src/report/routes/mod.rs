//! `gwctl routes`: the effective table of a proxy for people. Knows nothing of how the table came about.

mod cells;
mod destinations;
mod dropped;
mod filter;
mod rows;
pub mod table;
#[cfg(test)]
mod tests;

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
    /// Only what comes from this Gateway: `namespace/name`, or a name in any namespace.
    pub gateway: Option<String>,
    /// Only what is behind this listener port.
    pub port: Option<u32>,
    /// Only what serves this host, itself or by a wildcard.
    pub host: Option<String>,
    /// Only this route configuration.
    pub name: Option<String>,
}

impl Default for RoutesOptions {
    /// Everything, plain.
    fn default() -> Self {
        Self {
            listeners: true,
            routes: true,
            show_source: false,
            color: false,
            gateway: None,
            port: None,
            host: None,
            name: None,
        }
    }
}
