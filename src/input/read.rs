//! The bytes of files: reads them, drops those that do not matter, decodes the rest. Knows nothing of YAML.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::prefilter::{file_matters, mentions};
use super::{Contents, InputError};

/// Enough for nearly all manifests: asking for their size costs more.
const BUFFER: usize = 256 * 1024;

/// How much of a file that is too large is looked at again with its next part, so that no word is cut.
const OVERLAP: usize = 256;

const BOM: &[u8] = b"\xEF\xBB\xBF";

thread_local! {
    static BUFFERS: RefCell<Vec<u8>> = RefCell::new(vec![0; BUFFER]);
}

/// How much may be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Of one file.
    pub(super) file: u64,
    /// Of all files that are kept.
    pub(super) total: u64,
}

/// Reads files for one run, from any number of threads.
#[derive(Debug)]
pub(super) struct Reader {
    limits: Limits,
    kept: AtomicU64,
    read: AtomicU64,
}

impl Reader {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, kept: AtomicU64::new(0), read: AtomicU64::new(0) }
    }

    /// All bytes read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Whether the files kept so far are too much together.
    pub(super) fn check_total(&self) -> Result<(), InputError> {
        let limit = self.limits.total;
        if self.kept.load(Ordering::Relaxed) > limit {
            Err(InputError::TooMuch { limit })
        } else {
            Ok(())
        }
    }

    /// Reads a file; `None` if it does not matter.
    pub(super) fn file(&self, path: &Path) -> io::Result<Option<(Contents, bool)>> {
        self.stream(&mut File::open(path)?)
    }

    /// Reads what tells of other files, whatever it holds; what is not UTF-8 in it is lost.
    pub(super) fn whole_text(&self, stream: impl Read) -> io::Result<String> {
        let mut bytes = Vec::new();
        stream.take(self.limits.file).read_to_end(&mut bytes)?;
        self.read.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(String::from_utf8_lossy(bytes.strip_prefix(BOM).unwrap_or(&bytes)).into_owned())
    }

    /// Reads a stream; `None` if it does not matter.
    pub(super) fn stream(&self, stream: &mut dyn Read) -> io::Result<Option<(Contents, bool)>> {
        BUFFERS.with_borrow_mut(|buffer| {
            let result = self.with_buffer(stream, buffer);
            buffer.truncate(BUFFER);
            buffer.shrink_to(BUFFER);
            result
        })
    }

    fn with_buffer(
        &self,
        stream: &mut dyn Read,
        buffer: &mut Vec<u8>,
    ) -> io::Result<Option<(Contents, bool)>> {
        let length = fill(stream, buffer, self.limits.file)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        let bytes = &buffer[..length];
        if length as u64 > self.limits.file {
            return self.too_large(stream, bytes);
        }
        let contents = decode(bytes);
        if contents.is_some() {
            self.kept.fetch_add(length as u64, Ordering::Relaxed);
        }
        Ok(contents)
    }

    /// Reads the rest of a file in parts, only to know whether it matters and how large it is.
    fn too_large(
        &self,
        stream: &mut dyn Read,
        start: &[u8],
    ) -> io::Result<Option<(Contents, bool)>> {
        let mut matters = mentions(start);
        let mut bytes = start.len() as u64;
        let mut part = start[start.len().saturating_sub(OVERLAP)..].to_vec();
        loop {
            let length = stream.take(BUFFER as u64).read_to_end(&mut part)?;
            if length == 0 {
                break;
            }
            self.read.fetch_add(length as u64, Ordering::Relaxed);
            bytes += length as u64;
            matters = matters || mentions(&part);
            part.drain(..part.len().saturating_sub(OVERLAP));
        }
        Ok(matters.then_some((Contents::TooLarge { bytes }, start.starts_with(BOM))))
    }
}

/// Reads until the end or past the limit; the buffer grows but is never cleared.
fn fill(stream: &mut dyn Read, buffer: &mut Vec<u8>, limit: u64) -> io::Result<usize> {
    let mut length = 0;
    while length as u64 <= limit {
        if length == buffer.len() {
            buffer.resize(length * 2, 0);
        }
        match stream.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// The text of bytes that matter, and whether it began with a byte order mark.
fn decode(bytes: &[u8]) -> Option<(Contents, bool)> {
    if let Some(text) = utf16(bytes) {
        let bom = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        return file_matters(text.as_bytes()).then_some((Contents::Utf16(text), bom));
    }
    let (bytes, bom) = bytes.strip_prefix(BOM).map_or((bytes, false), |rest| (rest, true));
    if !file_matters(bytes) {
        return None;
    }
    let contents = match std::str::from_utf8(bytes) {
        Ok(text) => Contents::Text(text.to_owned()),
        Err(error) => Contents::NotUtf8 {
            text: String::from_utf8_lossy(bytes).into_owned(),
            offset: u32::try_from(error.valid_up_to()).expect("files are far smaller than 4 GiB"),
        },
    };
    Some((contents, bom))
}

/// The text of UTF-16, known by its byte order mark or by the zero of its first character: only to know whether it
/// matters, and to show it.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (unit, rest): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => (u16::from_be_bytes, rest),
        [first, 0, ..] if *first != 0 => (u16::from_le_bytes, bytes),
        [0, second, ..] if *second != 0 => (u16::from_be_bytes, bytes),
        _ => return None,
    };
    let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Some(
        char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
    )
}

/// Reads a single file that has to be text, such as a mesh configuration.
pub(super) fn text(path: &str, limit: u64) -> Result<String, InputError> {
    let file = File::open(path).map_err(|error| InputError::unreadable(path, &error))?;
    text_of(file, path, limit)
}

/// The text of a stream; `path` is what it is called.
pub(super) fn text_of(stream: impl Read, path: &str, limit: u64) -> Result<String, InputError> {
    let mut bytes = Vec::new();
    let read = stream.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| InputError::unreadable(path, &error))?;
    if bytes.len() as u64 > limit {
        return Err(InputError::TooLarge { path: path.to_owned(), limit });
    }
    if bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
    }
    String::from_utf8(bytes).map_err(|error| InputError::NotUtf8 {
        path: path.to_owned(),
        offset: error.utf8_error().valid_up_to(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = "apiVersion: v1\nkind: Service\n";

    fn reader(file: u64, total: u64) -> Reader {
        Reader::new(Limits { file, total })
    }

    fn read(bytes: &[u8]) -> Option<(Contents, bool)> {
        reader(1 << 20, 1 << 20).stream(&mut &*bytes).unwrap()
    }

    #[test]
    fn text_is_kept_without_its_byte_order_mark() {
        assert_eq!(read(SERVICE.as_bytes()), Some((Contents::Text(SERVICE.to_owned()), false)));
        let marked = format!("\u{feff}{SERVICE}");
        assert_eq!(read(marked.as_bytes()), Some((Contents::Text(SERVICE.to_owned()), true)));
        assert_eq!(read(b"kind: Job\napiVersion: batch/v1\n"), None);
        assert_eq!(read(b""), None);
    }

    #[test]
    fn other_encodings_are_told_with_their_first_bad_byte() {
        let latin1 = [SERVICE.as_bytes(), b"# caf\xe9\n"].concat();
        let text = format!("{SERVICE}# caf\u{fffd}\n");
        let offset = u32::try_from(SERVICE.len() + 5).unwrap();
        assert_eq!(read(&latin1), Some((Contents::NotUtf8 { text, offset }, false)));
        let utf16: Vec<u8> =
            format!("\u{feff}{SERVICE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16), Some((Contents::Utf16(SERVICE.to_owned()), true)));
        assert_eq!(read(&utf16[2..]), Some((Contents::Utf16(SERVICE.to_owned()), false)));
        let other: Vec<u8> = SERVICE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&other), Some((Contents::Utf16(SERVICE.to_owned()), false)));
    }

    #[test]
    fn a_file_over_the_limit_is_told_only_if_it_matters() {
        let long = |start: &str, end: &str| format!("{start}{}{end}", "# -\n".repeat(BUFFER / 3));
        let contents = |text: &str| reader(100, 1 << 20).stream(&mut text.as_bytes()).unwrap();
        for text in [long(SERVICE, ""), long("", SERVICE)] {
            let bytes = text.len() as u64;
            assert_eq!(contents(&text), Some((Contents::TooLarge { bytes }, false)));
        }
        assert_eq!(contents(&long("", "kind: Job\n")), None);
        assert_eq!(contents(&SERVICE.repeat(3)), Some((Contents::Text(SERVICE.repeat(3)), false)));
    }

    #[test]
    fn the_total_counts_what_is_kept() {
        let reader = reader(1 << 20, SERVICE.len() as u64);
        for text in [SERVICE, "kind: Job\n"] {
            reader.stream(&mut text.as_bytes()).unwrap();
        }
        assert!(reader.check_total().is_ok());
        assert_eq!(reader.bytes_read(), SERVICE.len() as u64 + 10);
        reader.stream(&mut SERVICE.as_bytes()).unwrap();
        let error = reader.check_total().unwrap_err().to_string();
        assert_eq!(
            error,
            format!("the manifests are together larger than {} bytes", SERVICE.len())
        );
    }
}
