//! The formats `table` and `wide`: per proxy its listeners, its routes, what Envoy refuses, and what is not there and
//! why.

use std::io::{self, Write};
use std::mem::take;

use super::Routes;
use super::dropped;
use super::rows::{ChainRow, Detail, RouteRow};
use super::view::{View, views};
use crate::mesh::Refused;
use crate::report::{Terminal, Tone, columns, columns_within, printable};

/// Which columns there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    /// Those of `table`.
    Usual,
    /// Those of `wide`.
    All,
}

/// Writes the tables of all proxies. A filter hides proxies of which it leaves nothing.
pub(super) fn write(routes: &Routes<'_>, columns: Columns, out: &mut dyn Write) -> io::Result<()> {
    let paint = Terminal { color: routes.options.color, ..Terminal::plain() };
    let mut is_first = true;
    for view in views(routes) {
        if !is_first {
            writeln!(out)?;
        }
        is_first = false;
        let title = format!("PROXY {}", printable(&view.table.proxy.name));
        let title = paint.paint(Tone::Strong, &title);
        writeln!(out, "{title}  ({})  {}", printable(&view.labels()), printable(&view.found()))?;
        for section in view.sections(columns) {
            writeln!(out)?;
            let (head, body) = section.split_once('\n').unwrap_or((&section, ""));
            writeln!(out, "{}", paint.paint(Tone::Dim, head))?;
            out.write_all(body.as_bytes())?;
        }
    }
    if is_first && !routes.tables.is_empty() {
        writeln!(out, "nothing in the tables matches")?;
    }
    let refused = indented(refused(routes));
    if !refused.is_empty() && routes.options.is_unfiltered() {
        writeln!(out, "\n{}", paint.paint(Tone::Dim, "never admitted:"))?;
        out.write_all(crate::report::columns(&refused).as_bytes())?;
    }
    Ok(())
}

impl View<'_> {
    /// What there is to show: texts whose first line is a heading.
    fn sections(&self, columns_of: Columns) -> Vec<String> {
        let options = self.routes.options;
        let extras = columns_of == Columns::All;
        let detail = Detail { extras, source: extras || options.show_source };
        let mut sections = Vec::new();
        let mut rivals = Vec::new();
        if options.listeners {
            let rows = self.chain_rows(detail);
            rivals.extend(rows.iter().filter_map(|row| row.rivals.clone()));
            if !rows.is_empty() {
                let rows = listeners(rows, detail.source);
                sections.push(columns_within(&rows, options.width));
            } else if self.filter.is_off() {
                sections.push("no listener: nothing answers on any port of this proxy\n".into());
            }
        }
        if options.routes {
            let rows = self.route_rows(detail);
            rivals.extend(rows.iter().filter_map(|row| row.rivals.clone()));
            if !rows.is_empty() {
                sections.push(match columns_of {
                    Columns::Usual => columns_within(&usual(rows, detail.source), options.width),
                    Columns::All => columns_within(&all(rows), options.width),
                });
            }
        }
        if let Some(last) = sections.last_mut() {
            last.push_str(&footnotes(rivals));
        }
        let refused = indented(self.refused_rows());
        if !refused.is_empty() {
            sections.push(format!("refused by Envoy:\n{}", columns(&refused)));
        }
        let dropped = indented(dropped::rows(self));
        if !dropped.is_empty() {
            sections.push(format!("not in the table:\n{}", columns(&dropped)));
        }
        sections
    }
}

/// A line for each object that is never admitted.
fn refused(routes: &Routes<'_>) -> Vec<[String; 3]> {
    let row = |refused: &Refused| {
        let why = format!("{} would refuse it: {}", refused.judges(), refused.reason);
        [refused.name(), routes.sources.file_line(refused.span), why]
            .map(|cell| printable(&cell).into_owned())
    };
    routes.mesh.store.refused.iter().map(row).collect()
}

/// A line for each pair of objects whose order nobody knows.
fn footnotes(rivals: Vec<[String; 2]>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for [first, second] in rivals {
        let line = printable(&format!(
            "~ order of {first} and {second} depends on creation time in the cluster; shown by name"
        ))
        .into_owned();
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn indented(rows: Vec<[String; 3]>) -> Vec<[String; 3]> {
    rows.into_iter().map(|[first, second, third]| [format!("  {first}"), second, third]).collect()
}

/// A column that is empty is not there.
fn titles<const N: usize>(titles: [&str; N], with_source: bool) -> [String; N] {
    titles.map(|title| if title == "SOURCE" && !with_source { "" } else { title }.to_owned())
}

/// `~` after what depends on creation time.
fn marked(cell: String, rivals: Option<&[String; 2]>) -> String {
    if rivals.is_some() { cell + " ~" } else { cell }
}

fn listeners(chains: Vec<ChainRow>, with_source: bool) -> Vec<[String; 5]> {
    let heading = titles(["LISTENER", "MATCH", "TLS", "DESTINATION", "SOURCE"], with_source);
    let row = |row: ChainRow| {
        let destination = marked(row.destination, row.rivals.as_ref());
        [row.listener, row.matcher, row.tls, destination, row.source]
    };
    [heading].into_iter().chain(chains.into_iter().map(row)).collect()
}

/// The columns of `table`; what is as in the row above is left blank.
fn usual(mut rows: Vec<RouteRow>, with_source: bool) -> Vec<[String; 7]> {
    let heading = ["NAME", "VHOST", "DOMAINS", "MATCH", "VIRTUAL SERVICE", "DESTINATION", "SOURCE"];
    blank_repeated(&mut rows);
    let row = |row: RouteRow| {
        let service = marked(row.virtual_service, row.rivals.as_ref());
        let (name, host) = (row.name, row.virtual_host);
        [name, host, row.domains, row.matcher, service, row.destination, row.source]
    };
    [titles(heading, with_source)].into_iter().chain(rows.into_iter().map(row)).collect()
}

/// The columns of `wide`.
fn all(mut rows: Vec<RouteRow>) -> Vec<[String; 15]> {
    let heading = [
        "NAME",
        "VHOST",
        "DOMAINS",
        "POSITION",
        "MATCH",
        "VIRTUAL SERVICE",
        "DESTINATION",
        "TIMEOUT",
        "RETRIES",
        "REWRITE",
        "HEADERS",
        "CORS",
        "FAULT",
        "MIRRORS",
        "SOURCE",
    ];
    blank_repeated(&mut rows);
    let row = |row: RouteRow| {
        let service = marked(row.virtual_service, row.rivals.as_ref());
        let extras = row.extras;
        [
            row.name,
            row.virtual_host,
            row.domains,
            row.position,
            row.matcher,
            service,
            row.destination,
            extras.timeout,
            extras.retries,
            extras.rewrite,
            extras.headers,
            extras.cors,
            extras.fault,
            extras.mirrors,
            row.source,
        ]
    };
    [heading.map(str::to_owned)].into_iter().chain(rows.into_iter().map(row)).collect()
}

/// Leaves out names that stand in the row above.
fn blank_repeated(rows: &mut [RouteRow]) {
    let (mut name, mut host) = (String::new(), String::new());
    for row in rows {
        let is_same_name = row.name == name;
        if is_same_name {
            row.name.clear();
        } else {
            name = take(&mut row.name);
            row.name.clone_from(&name);
        }
        if is_same_name && row.virtual_host == host {
            row.virtual_host.clear();
            row.domains.clear();
        } else {
            host.clone_from(&row.virtual_host);
        }
    }
}
