//! Two servers of which only one can be in the table: the words that GW107 and GW401 share.

use super::World;
use super::server::ServerRef;
use super::world::Lost;

/// The server that is left out, the one that keeps the place, and how sure that is.
pub(super) struct Rivals<'a> {
    /// Left out; where the order is not known, by name.
    pub(super) loser: ServerRef<'a>,
    /// In the table.
    pub(super) winner: ServerRef<'a>,
    /// Whether files tell which of the two it is.
    pub(super) is_certain: bool,
    /// Proxies for which this holds, where it does not hold for all.
    pub(super) proxies: Vec<String>,
}

impl<'a> Rivals<'a> {
    /// The servers of a record of the table's builder.
    pub(super) fn new(world: &World<'a>, lost: &Lost) -> Option<Self> {
        let &(table, _) = lost.places.first()?;
        let loser = world.server_at(table, lost.what)?;
        let winner = world.server_at(table, lost.by?)?;
        let tables: Vec<usize> = lost.places.iter().map(|(table, _)| *table).collect();
        Some(Self {
            loser,
            winner,
            is_certain: world.knows_order(loser.object(), winner.object()),
            proxies: world.proxies_unless_all(loser.record.gateway, &tables),
        })
    }

    /// The two, as `ns/a` and `ns/b`, or one where they are servers of one Gateway.
    pub(super) fn names(&self) -> String {
        let (loser, winner) = (self.loser.name(), self.winner.name());
        if loser == winner {
            format!("two servers of `{loser}`")
        } else {
            format!("`{winner}` and `{loser}`")
        }
    }

    /// Where the two meet.
    pub(super) fn place(&self) -> String {
        let (loser, winner) = (&self.loser, &self.winner);
        let [a, b] = [loser, winner].map(|server| server.server.port_number());
        let port = if a == b {
            format!("port {}", loser.port())
        } else {
            // The Service leads both to one port.
            format!("ports {b} and {a} (both {} of the Pods)", loser.record.port)
        };
        match loser.record.bind.as_str() {
            "" => port,
            bind => format!("{port} of {bind}"),
        }
    }

    /// What becomes of the loser.
    pub(super) fn fate(&self) -> &'static str {
        if self.is_certain {
            "not in the table"
        } else {
            "dropped if it is the later one (of two created together, this one by its name)"
        }
    }
}
