//! Writing XML 1.0: elements, attributes and texts that a reader gives back as they were.

use std::borrow::Cow;
use std::io::{self, Write};

/// An attribute: its name and value.
pub(super) type Attribute<'a> = (&'static str, &'a str);

/// A document, element by element, one a line.
pub(super) struct Xml<'o> {
    out: &'o mut dyn Write,
    open: Vec<&'static str>,
}

impl<'o> Xml<'o> {
    /// Begins a document.
    pub(super) fn new(out: &'o mut dyn Write) -> io::Result<Self> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        Ok(Self { out, open: Vec::new() })
    }

    /// Begins an element that holds others.
    pub(super) fn open(&mut self, name: &'static str, of: &[Attribute<'_>]) -> io::Result<()> {
        self.tag(name, of)?;
        self.open.push(name);
        writeln!(self.out, ">")
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) -> io::Result<()> {
        let Some(name) = self.open.pop() else { return Ok(()) };
        self.indent()?;
        writeln!(self.out, "</{name}>")
    }

    /// An element that holds nothing.
    pub(super) fn empty(&mut self, name: &'static str, of: &[Attribute<'_>]) -> io::Result<()> {
        self.tag(name, of)?;
        writeln!(self.out, "/>")
    }

    /// An element that holds a text.
    pub(super) fn text(
        &mut self,
        name: &'static str,
        of: &[Attribute<'_>],
        text: &str,
    ) -> io::Result<()> {
        self.tag(name, of)?;
        writeln!(self.out, ">{}</{name}>", escaped(text))
    }

    fn tag(&mut self, name: &str, of: &[Attribute<'_>]) -> io::Result<()> {
        self.indent()?;
        write!(self.out, "<{name}")?;
        of.iter().try_for_each(|(name, value)| write!(self.out, " {name}=\"{}\"", escaped(value)))
    }

    fn indent(&mut self) -> io::Result<()> {
        write!(self.out, "{:width$}", "", width = 2 * self.open.len())
    }
}

/// A text for attributes and between tags. Line ends and tabs are written as references, since readers make blanks of
/// them in attributes. What XML 1.0 cannot hold at all, not even as a reference, becomes U+FFFD.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| escape(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match escape(c) {
            Some(escape) => out.push_str(escape),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn escape(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\t' => "&#9;",
        '\n' => "&#10;",
        '\r' => "&#13;",
        '\0'..' ' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_indented_and_escaped() {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out).unwrap();
        xml.open("a", &[]).unwrap();
        xml.open("b", &[("n", "1"), ("m", "<\"\n\u{1b}é")]).unwrap();
        xml.empty("c", &[]).unwrap();
        xml.text("d", &[], "x & y").unwrap();
        xml.close().unwrap();
        xml.close().unwrap();
        xml.close().unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  \
             <b n=\"1\" m=\"&lt;&quot;&#10;\u{fffd}é\">\n    <c/>\n    <d>x &amp; y</d>\n  </b>\n</a>\n"
        );
    }
}
