//! The format `table`: per proxy its listeners, its routes, what Envoy refuses, and what is not there and why.

use std::io::{self, Write};

use super::RoutesOptions;
use super::dropped;
use super::filter::Filter;
use super::rows::Rows;
use crate::envoy::Table;
use crate::mesh::{Found, Mesh, Origin, Proxy};
use crate::report::{Terminal, Tone, columns, printable};
use crate::text::Sources;

/// Writes the tables of all proxies. A filter hides proxies of which it leaves nothing.
pub fn write(
    tables: &[Table],
    mesh: &Mesh,
    sources: &Sources,
    options: &RoutesOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut is_first = true;
    for table in tables {
        let filter = Filter::new(table, mesh, options);
        let view = View { table, mesh, sources, options, filter };
        let sections = view.sections();
        if sections.is_empty() && !view.filter.is_off() {
            continue;
        }
        if !is_first {
            writeln!(out)?;
        }
        is_first = false;
        view.heading(out)?;
        for section in sections {
            writeln!(out)?;
            let (head, body) = section.split_once('\n').unwrap_or((&section, ""));
            writeln!(out, "{}", view.paint().paint(Tone::Dim, head))?;
            out.write_all(body.as_bytes())?;
        }
    }
    if is_first && !tables.is_empty() {
        writeln!(out, "nothing in the tables matches")?;
    }
    Ok(())
}

/// One table as it is shown.
struct View<'a> {
    table: &'a Table,
    mesh: &'a Mesh,
    sources: &'a Sources,
    options: &'a RoutesOptions,
    filter: Filter<'a>,
}

impl View<'_> {
    fn paint(&self) -> Terminal {
        Terminal { color: self.options.color, ..Terminal::plain() }
    }

    fn heading(&self, out: &mut dyn Write) -> io::Result<()> {
        let proxy = &*self.table.proxy;
        let labels: Vec<_> =
            proxy.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let title = format!("PROXY {}", printable(&proxy.name));
        let title = self.paint().paint(Tone::Strong, &title);
        writeln!(out, "{title}  ({})  {}", labels.join(","), self.found(proxy))
    }

    /// How the proxy was found.
    fn found(&self, proxy: &Proxy) -> String {
        let by = |origin: Origin| {
            let (name, place) =
                (self.mesh.name(origin.object), self.sources.file_line(origin.span));
            format!("found by {name} at {place}")
        };
        match proxy.found {
            Found::Given => "given".into(),
            Found::Workload(origin) | Found::Service(origin) => by(origin),
            Found::Assumed => format!("assumed in namespace {}", proxy.namespace),
        }
    }

    /// What there is to show: texts whose first line is a heading.
    fn sections(&self) -> Vec<String> {
        let mut sections = Vec::new();
        let rows = Rows {
            table: self.table,
            mesh: self.mesh,
            sources: self.sources,
            filter: &self.filter,
            show_source: self.options.show_source,
        };
        let everything = self.filter.is_off();
        if self.options.listeners {
            let listeners = rows.listeners();
            if listeners.len() > 1 {
                sections.push(columns(&listeners));
            } else if everything {
                sections.push("no listener: nothing answers on any port of this proxy\n".into());
            }
        }
        if self.options.routes {
            let routes = rows.routes();
            if routes.len() > 1 {
                sections.push(columns(&routes));
            }
        }
        let refused = if everything { rows.refused() } else { Vec::new() };
        if !refused.is_empty() {
            sections.push(format!("refused by Envoy:\n{}", columns(&refused)));
        }
        let dropped = dropped::rows(self.table, self.mesh, self.sources, &self.filter);
        if !dropped.is_empty() {
            sections.push(format!("not in the table:\n{}", columns(&dropped)));
        }
        sections
    }
}
