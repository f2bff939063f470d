//! Protobuf's JSON mapping: which keys a message has. Knows no message.

use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A message: what it puts into its JSON object.
pub(in crate::report) trait Message {
    /// Puts the keys of this message.
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error>;
}

impl<M: Message> Message for &M {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        (*self).fields(to)
    }
}

impl<M: Message> Message for Arc<M> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        self.as_ref().fields(to)
    }
}

/// The JSON of a message, or of a list of messages.
pub(in crate::report) struct Json<'m, M: ?Sized>(pub &'m M);

impl<M: Message> Serialize for Json<'_, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Fields::write(serializer, |to| self.0.fields(to))
    }
}

impl<M: Message> Serialize for Json<'_, [M]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Json))
    }
}

/// An object of one key.
pub(in crate::report) struct Key<V>(pub &'static str, pub V);

impl<V: Serialize> Serialize for Key<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.0, &self.1)])
    }
}

/// An empty object.
pub(in crate::report) struct Empty;

impl Message for Empty {
    fn fields<S: Serializer>(&self, _: &mut Fields<S>) -> Result<(), S::Error> {
        Ok(())
    }
}

/// The object of a message while it is written.
pub(in crate::report) struct Fields<S: Serializer>(S::SerializeMap);

impl<S: Serializer> Fields<S> {
    /// Writes an object with the keys that `put` puts.
    pub(in crate::report) fn write(
        serializer: S,
        put: impl FnOnce(&mut Self) -> Result<(), S::Error>,
    ) -> Result<S::Ok, S::Error> {
        let mut fields = Self(serializer.serialize_map(None)?);
        put(&mut fields)?;
        fields.0.end()
    }

    /// A key that is always there: of a wrapper, a member of a oneof, or a message.
    pub(in crate::report) fn put(
        &mut self,
        key: &str,
        value: impl Serialize,
    ) -> Result<(), S::Error> {
        self.0.serialize_entry(key, &value)
    }

    /// A key that is there where there is a value.
    pub(in crate::report) fn some(
        &mut self,
        key: &str,
        value: Option<impl Serialize>,
    ) -> Result<(), S::Error> {
        value.map_or(Ok(()), |value| self.put(key, value))
    }

    /// A plain scalar: absent at its default.
    pub(in crate::report) fn plain<T>(&mut self, key: &str, value: T) -> Result<(), S::Error>
    where
        T: Serialize + Default + PartialEq,
    {
        if value == T::default() { Ok(()) } else { self.put(key, value) }
    }

    /// A list of messages: absent when empty.
    pub(in crate::report) fn messages<M: Message>(
        &mut self,
        key: &str,
        messages: &[M],
    ) -> Result<(), S::Error> {
        if messages.is_empty() { Ok(()) } else { self.put(key, Json(messages)) }
    }

    /// A list of other values: absent when empty.
    pub(in crate::report) fn list<I>(&mut self, key: &str, values: I) -> Result<(), S::Error>
    where
        I: IntoIterator<Item: Serialize, IntoIter: Clone>,
    {
        let values = values.into_iter();
        if values.clone().next().is_none() {
            return Ok(());
        }
        self.put(key, List(values))
    }
}

/// An array of what an iterator yields.
pub(in crate::report) struct List<I>(pub I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for List<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}
