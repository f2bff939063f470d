//! The table as Envoy's own JSON: listeners, reduced to what decides routing, and whole route configurations, in
//! protobuf's mapping (spec 2, section 21). Says nothing of where a thing is written.

mod action;
mod listener;
pub(super) mod message;
pub(super) mod route;
#[cfg(test)]
mod tests;

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};
use serde_json::Value;

use self::message::{Fields, Json, Message};
use crate::envoy::{Rejected, Table};
use crate::istio::Version;

/// The tables of all proxies as one JSON value.
pub fn proxies(tables: &[Table], version: Version) -> Value {
    serde_json::to_value(Document(tables, version))
        .expect("all keys are texts and no value is a float")
}

/// Writes what [`proxies`] returns, piece by piece.
pub fn write(tables: &[Table], version: Version, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    serde_json::to_writer_pretty(&mut out, &Document(tables, version))?;
    writeln!(out)?;
    out.flush()
}

struct Document<'t>(&'t [Table], Version);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Fields::write(serializer, |to| {
            to.put("istio", self.1.as_str())?;
            to.put("proxies", Json(self.0))
        })
    }
}

impl Message for Table {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let mut listeners: Vec<_> = self.listeners.iter().collect();
        listeners.sort_by(|a, b| a.name.cmp(&b.name));
        to.put("name", &self.proxy.name)?;
        to.put("namespace", &self.proxy.namespace)?;
        to.put("labels", &self.proxy.labels)?;
        to.put("listeners", Json(&listeners[..]))?;
        to.put("routes", Json(&self.routes[..]))?;
        to.messages("rejected", &self.verdict.rejected)?;
        to.list("missingClusters", self.verdict.missing_clusters.iter().map(AsRef::<str>::as_ref))
    }
}

impl Message for Rejected {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("name", &self.name)?;
        to.put("reason", &self.reason)
    }
}
