//! YAML in block style: the documents of `json`. Every string is in double quotes with the escapes of JSON, which YAML
//! has too, so that no reader takes one for a number, a date or a boolean.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes a value as one YAML document.
pub(super) fn emit(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Block::default()))?;
    writeln!(out)
}

/// Writes in block style what `serde_json` would write between braces.
#[derive(Default)]
struct Block {
    /// The maps and lists that are open.
    open: Vec<Collection>,
    /// What the next value stands behind.
    behind: Behind,
}

struct Collection {
    is_empty: bool,
    /// Blanks before its entries.
    indent: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Behind {
    /// The start of the document, or a key's own quotes.
    #[default]
    Nothing,
    /// `- `: the first entry of a map or list goes on in this line.
    Dash,
    /// `key:`.
    Colon,
}

impl Block {
    fn begin(&mut self) {
        let indent = self.open.last().map_or(0, |outer| outer.indent + 2);
        self.open.push(Collection { is_empty: true, indent });
    }

    /// Goes to where the next entry of the innermost collection stands.
    fn entry<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        let is_outermost = self.open.len() == 1;
        let behind = std::mem::take(&mut self.behind);
        let Some(collection) = self.open.last_mut() else { return Ok(()) };
        let is_first = std::mem::replace(&mut collection.is_empty, false);
        if is_first && (behind == Behind::Dash || is_outermost) {
            return Ok(());
        }
        write!(out, "\n{:1$}", "", collection.indent)
    }

    fn end<W: Write + ?Sized>(&mut self, out: &mut W, empty: &str) -> io::Result<()> {
        if self.open.pop().is_some_and(|collection| collection.is_empty) {
            self.gap(out)?;
            out.write_all(empty.as_bytes())?;
        }
        Ok(())
    }

    /// The blank between a colon and a value in its line.
    fn gap<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        let behind = std::mem::take(&mut self.behind);
        if behind == Behind::Colon { out.write_all(b" ") } else { Ok(()) }
    }
}

macro_rules! plain_scalars {
    ($($name:ident: $type:ty),*) => {
        $(fn $name<W: Write + ?Sized>(&mut self, out: &mut W, value: $type) -> io::Result<()> {
            self.gap(out)?;
            write!(out, "{value}")
        })*
    };
}

impl Formatter for Block {
    plain_scalars! {
        write_bool: bool, write_i8: i8, write_i16: i16, write_i32: i32, write_i64: i64, write_u8: u8,
        write_u16: u16, write_u32: u32, write_u64: u64, write_f64: f64, write_number_str: &str
    }

    fn write_null<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.gap(out)?;
        out.write_all(b"null")
    }

    fn begin_string<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.gap(out)?;
        out.write_all(b"\"")
    }

    /// Escapes what JSON leaves alone and YAML does not print, or takes for the end of a line.
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let is_special = |c: char| {
            matches!(
                c,
                '\u{7f}'
                    ..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
        };
        for piece in fragment.split_inclusive(is_special) {
            match piece.chars().next_back().filter(|&c| is_special(c)) {
                Some(c) => {
                    let before = &piece[..piece.len() - c.len_utf8()];
                    write!(out, "{before}\\u{:04x}", u32::from(c))?;
                }
                None => out.write_all(piece.as_bytes())?,
            }
        }
        Ok(())
    }

    fn begin_array<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.begin();
        Ok(())
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, "[]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, _: bool) -> io::Result<()> {
        self.entry(out)?;
        self.behind = Behind::Dash;
        out.write_all(b"- ")
    }

    fn begin_object<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.begin();
        Ok(())
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, "{}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, _: bool) -> io::Result<()> {
        self.entry(out)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.behind = Behind::Colon;
        out.write_all(b":")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn yaml(value: &Value) -> String {
        let mut out = Vec::new();
        emit(value, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn collections_are_blocks_and_strings_are_quoted() {
        let value = json!({
            "a": [], "b": {}, "c": [1, "on", null], "d": {"e": true, "f": [[1, 2], [[]]]},
            "g": [{"h": 1, "i": {"j": "1_000"}}, {}],
        });
        let expected = "\
\"a\": []
\"b\": {}
\"c\":
  - 1
  - \"on\"
  - null
\"d\":
  \"e\": true
  \"f\":
    - - 1
      - 2
    - - []
\"g\":
  - \"h\": 1
    \"i\":
      \"j\": \"1_000\"
  - {}
";
        assert_eq!(yaml(&value), expected);
    }

    #[test]
    fn what_yaml_would_not_print_is_escaped() {
        let value =
            json!({ "~": "a\u{85}b\u{2028}\u{7f}\u{9b}\u{feff}\u{1b}\n\"\\ \u{1f600}é: # -" });
        let expected = r#""~": "a\u0085b\u2028\u007f\u009b\ufeff\u001b\n\"\\ "#.to_owned()
            + "\u{1f600}é: # -\"\n";
        assert_eq!(yaml(&value), expected);
    }
}
