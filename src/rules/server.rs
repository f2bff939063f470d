//! A server of a Gateway, as rules see it: what is written, and what the builder of a table made of it.

use rustc_hash::FxHashMap;

use crate::envoy::route::Outline;
use crate::envoy::{ServerRecord, Table};
use crate::istio::Object;
use crate::istio::gateway::{Gateway, Server};
use crate::mesh::ObjectRef;
use crate::text::Span;

/// A server of a Gateway on the proxy of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct ServerRef<'a> {
    /// The table.
    pub(super) table: &'a Table<Outline>,
    /// What the table's builder made of the server.
    pub(super) record: &'a ServerRecord,
    /// The Gateway.
    pub(super) gateway: &'a Object<Gateway>,
    /// The server as written.
    pub(super) server: &'a Server,
    /// The number of the table, and that of the server in it.
    pub(super) key: (usize, u32),
}

impl ServerRef<'_> {
    /// `namespace/name` of the Gateway.
    pub(super) fn name(&self) -> String {
        format!("{}/{}", self.gateway.meta.namespace(), self.gateway.meta.name())
    }

    /// The Gateway.
    pub(super) fn object(&self) -> ObjectRef {
        ObjectRef::Gateway(self.record.gateway)
    }

    /// The number of the table.
    pub(super) fn table_index(&self) -> usize {
        self.key.0
    }

    /// Where the port number is written, else the port, else the server.
    pub(super) fn port_span(&self) -> Span {
        let port = self.server.port.as_ref();
        let number = port.and_then(|port| port.number).map(|number| number.span);
        number.or(port.map(|port| port.span)).unwrap_or(self.server.span)
    }

    /// The port as it is written, and the one of the Pods where a Service leads to another one.
    pub(super) fn port(&self) -> String {
        match (self.server.port_number(), self.record.port) {
            (number, target) if number == target => number.to_string(),
            (number, target) => format!("{number} ({target} of the Pods)"),
        }
    }

    /// Whether no placeholder hides what the server accepts.
    pub(super) fn is_known(&self) -> bool {
        !self.record.has_placeholder
    }

    /// The numbers of the Gateway and of the server in it: what is one server, whichever the proxy and port.
    pub(super) fn number(&self) -> (u32, u32) {
        (self.record.gateway, self.record.index)
    }

    /// Whether both are one server of one Gateway.
    pub(super) fn is_same(&self, other: &ServerRef<'_>) -> bool {
        self.number() == other.number()
    }
}

/// What is made once for each server of a Gateway, whichever the proxy and port.
#[derive(Debug)]
pub(super) struct ByServer<T>(FxHashMap<(u32, u32), T>);

impl<T> Default for ByServer<T> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<T> ByServer<T> {
    /// That of a server; made when it is first asked for.
    pub(super) fn of(&mut self, server: &ServerRef<'_>, make: impl FnOnce() -> T) -> &T {
        self.0.entry(server.number()).or_insert_with(make)
    }

    /// That of a server, if it was made.
    pub(super) fn get(&self, server: &ServerRef<'_>) -> Option<&T> {
        self.0.get(&server.number())
    }
}
