//! The format `markdown`: the tables of `table` for issues and merge requests, one section per proxy.

use std::io::{self, Write};

use super::Routes;
use super::dropped;
use super::rows::Detail;
use super::view::{View, views};
use crate::report::inline::{code, text};
use crate::report::printable;

/// Writes the tables of all proxies.
pub(super) fn write(routes: &Routes<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut is_first = true;
    for view in views(routes) {
        if !is_first {
            writeln!(out)?;
        }
        is_first = false;
        let proxy = &view.table.proxy;
        let (name, labels) = (code(&printable(&proxy.name)), code(&printable(&view.labels())));
        writeln!(out, "## Proxy {name}\n\nLabels: {labels}; {}.", text(&view.found()))?;
        view.markdown(out)?;
    }
    Ok(())
}

impl View<'_> {
    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let options = self.routes.options;
        let detail = Detail { extras: false, source: options.show_source };
        let source = options.show_source.then_some("Source");
        let mut rivals: Vec<[String; 2]> = Vec::new();
        if options.listeners {
            let titles = ["Listener", "Match", "TLS", "Destination"];
            let rows = self.chain_rows(detail).into_iter().map(|row| {
                rivals.extend(row.rivals);
                [row.listener, row.matcher, row.tls, row.destination, row.source]
            });
            table(out, "Listeners", titles.into_iter().chain(source), rows.collect())?;
        }
        if options.routes {
            let titles =
                ["Name", "Virtual host", "Domains", "Match", "VirtualService", "Destination"];
            let rows = self.route_rows(detail).into_iter().map(|row| {
                rivals.extend(row.rivals);
                let service = row.virtual_service;
                let (name, host) = (row.name, row.virtual_host);
                [name, host, row.domains, row.matcher, service, row.destination, row.source]
            });
            table(out, "Routes", titles.into_iter().chain(source), rows.collect())?;
        }
        rivals.sort();
        rivals.dedup();
        for [first, second] in &rivals {
            writeln!(
                out,
                "\nThe order of {} and {} depends on creation time in the cluster; shown by name.",
                code(first),
                code(second)
            )?;
        }
        let titles = ["What", "Why", "Written at"].into_iter();
        table(out, "Refused by Envoy", titles, self.refused_rows())?;
        let titles = ["What", "Written at", "Why"].into_iter();
        table(out, "Not in the table", titles, dropped::rows(self))
    }
}

/// A table under its heading; cells beyond the titles are left out. Nothing where there is no row.
fn table<'t, const N: usize>(
    out: &mut dyn Write,
    heading: &str,
    titles: impl Iterator<Item = &'t str>,
    rows: Vec<[String; N]>,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let titles: Vec<_> = titles.collect();
    writeln!(out, "\n### {heading}\n\n| {} |", titles.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(titles.len()))?;
    for row in rows {
        let cells = row.iter().zip(&titles).map(|(cell, title)| match *title {
            "Why" => text(cell),
            _ => code(cell),
        });
        writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}
