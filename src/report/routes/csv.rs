//! The format `csv`: one line per route, or per filter chain where listeners alone are asked for. Quotes as RFC 4180
//! says; every cell is one line of text.

use std::io::{self, Write};

use super::Routes;
use super::rows::Detail;
use super::view::views;

const ROUTES: [&str; 19] = [
    "proxy",
    "name",
    "virtual_host",
    "domains",
    "position",
    "match",
    "virtual_service",
    "destination",
    "timeout",
    "retries",
    "rewrite",
    "headers",
    "cors",
    "fault",
    "mirrors",
    "order",
    "rivals",
    "unknown",
    "source",
];

const LISTENERS: [&str; 9] =
    ["proxy", "listener", "match", "tls", "destination", "order", "rivals", "unknown", "source"];

/// Writes the routes of all proxies.
pub(super) fn write(routes: &Routes<'_>, out: &mut dyn Write) -> io::Result<()> {
    let detail = Detail { extras: true, source: true };
    if !routes.options.routes {
        line(out, LISTENERS.iter().copied())?;
        for view in views(routes) {
            for row in view.chain_rows(detail) {
                let (order, rivals) = order(row.rivals.as_ref());
                let cells = [
                    &view.table.proxy.name,
                    &row.listener,
                    &row.matcher,
                    &row.tls,
                    &row.destination,
                    order,
                    &rivals,
                    truth(row.is_unknown),
                    &row.source,
                ];
                line(out, cells)?;
            }
        }
        return Ok(());
    }
    line(out, ROUTES.iter().copied())?;
    for view in views(routes) {
        for row in view.route_rows(detail) {
            let (order, rivals) = order(row.rivals.as_ref());
            let extras = &row.extras;
            let cells = [
                &view.table.proxy.name,
                &row.name,
                &row.virtual_host,
                &row.domains,
                &row.position,
                &row.matcher,
                &row.virtual_service,
                &row.destination,
                &extras.timeout,
                &extras.retries,
                &extras.rewrite,
                &extras.headers,
                &extras.cors,
                &extras.fault,
                &extras.mirrors,
                order,
                &rivals,
                truth(row.is_unknown),
                &row.source,
            ];
            line(out, cells)?;
        }
    }
    Ok(())
}

/// The word for the order of a row, and the objects that compete.
fn order(rivals: Option<&[String; 2]>) -> (&'static str, String) {
    match rivals {
        None => ("certain", String::new()),
        Some(rivals) => ("creation-time", rivals.join(", ")),
    }
}

fn truth(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}

fn line<'c>(out: &mut dyn Write, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
    for (at, cell) in cells.into_iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}{}", quoted(cell))?;
    }
    writeln!(out)
}

/// A cell, in quotes where it needs them. `-` stands for nothing, and nothing is an empty cell.
fn quoted(cell: &str) -> String {
    match cell {
        "-" => String::new(),
        cell if cell.contains([',', '"', '\n', '\r']) || cell.trim() != cell => {
            format!("\"{}\"", cell.replace('"', "\"\""))
        }
        cell => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let table = [
            ("a b", "a b"),
            ("a,b", "\"a,b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            (" a", "\" a\""),
            ("-", ""),
        ];
        for (cell, expected) in table {
            assert_eq!(quoted(cell), expected);
        }
    }
}
