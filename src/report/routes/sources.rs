//! Where things are written, for formats that machines read.

use serde::{Serialize, Serializer};

use crate::mesh::{Mesh, Origin, Part};
use crate::report::envoy::message::{Fields, Json, Message};
use crate::text::{Sources, Span};

/// Turns origins into places.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub mesh: &'a Mesh,
    pub sources: &'a Sources,
}

/// One place: file, line, field path, and the object.
pub(super) struct Place<'a> {
    file: &'a str,
    line: u32,
    path: String,
    object: String,
}

impl<'a> Places<'a> {
    /// The place of an origin.
    pub(super) fn of(self, origin: Origin) -> Place<'a> {
        let path = match origin.part {
            Part::Whole => "metadata.name".to_owned(),
            part => part.to_string(),
        };
        self.at(origin, origin.span, path)
    }

    /// The place of something within the object of an origin.
    pub(super) fn at(self, origin: Origin, span: Span, path: String) -> Place<'a> {
        Place {
            file: &self.sources.get(span.source).name,
            line: self.sources.place(span).line,
            path,
            object: self.mesh.name(origin.object),
        }
    }

    /// The places of origins, each once.
    pub(super) fn all<'o>(self, origins: impl IntoIterator<Item = &'o Origin>) -> List<'a> {
        let mut seen: Vec<Origin> = Vec::new();
        for origin in origins {
            if !seen.contains(origin) {
                seen.push(*origin);
            }
        }
        List(seen.into_iter().map(|origin| self.of(origin)).collect())
    }

    /// `a.yaml:3, b.yaml:7`, each place once.
    pub(super) fn lines(self, origins: impl IntoIterator<Item = Origin>) -> String {
        let mut places: Vec<String> = Vec::new();
        for origin in origins {
            let place = self.sources.file_line(origin.span);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.join(", ")
    }
}

impl Message for Place<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("file", self.file)?;
        to.put("line", self.line)?;
        to.put("path", &self.path)?;
        to.put("object", &self.object)
    }
}

/// A list of places.
pub(super) struct List<'a>(pub Vec<Place<'a>>);

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Json(&self.0[..]).serialize(serializer)
    }
}
