//! The format `yaml`: the document of `json` in block style.

use std::io::{self, BufWriter, Write};

use super::Routes;
use super::json::Document;
use crate::report::yaml;

/// Writes the tables of all proxies.
pub(super) fn write(routes: &Routes<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    yaml::emit(&Document(routes), &mut out)?;
    out.flush()
}
