//! The path of a request as routes see it, and as it is forwarded.
//!
//! Mirrors `source/common/http/conn_manager_utility.cc`: `maybeNormalizePath`, `source/common/http/path_utility.cc`
//! (1.40) and `url/url_canon_path.cc`: `CanonicalizePath` of the googleurl that it is built with.

/// What Istio's `pathNormalization` makes of the connection manager's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathOptions {
    /// `normalize_path`: resolve dot segments, decode unreserved characters (`BASE` and above).
    pub normalize: bool,
    /// `merge_slashes`: join adjacent slashes (`MERGE_SLASHES` and above).
    pub merge_slashes: bool,
    /// `path_with_escaped_slashes_action`.
    pub escaped_slashes: EscapedSlashes,
}

/// What happens to `%2F` and `%5C` in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EscapedSlashes {
    /// They stay.
    KeepUnchanged,
    /// They become slashes (`DECODE_AND_MERGE_SLASHES`).
    UnescapeAndForward,
    /// The client is sent to the path that has slashes instead.
    UnescapeAndRedirect,
}

/// Why a path is not routed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    /// Answered with 400.
    #[error("Envoy refuses the path with 400")]
    Refused,
    /// Answered with 307 to this path and query.
    #[error("Envoy redirects to `{0}` with 307")]
    Redirected(String),
}

/// The path and query that Envoy matches and forwards for `raw`, the target of a request line in origin form.
///
/// A fragment is cut, as Istio's bootstrap wants it (`http_reject_path_with_fragment: false`). The query is untouched.
pub fn normalize(raw: &str, options: &PathOptions) -> Result<String, BadPath> {
    // The HTTP/1 parser's part: a slash first, then visible ASCII only; blanks before the version belong to neither.
    let raw = raw.trim_end_matches([' ', '\t']);
    if !raw.starts_with('/') || !raw.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(BadPath::Refused);
    }
    let raw = raw.split_once('#').map_or(raw, |(before, _)| before);
    let (path, query) = raw.split_at(raw.find('?').unwrap_or(raw.len()));
    let mut path = path.to_owned();
    let mut redirect = false;
    if options.escaped_slashes != EscapedSlashes::KeepUnchanged {
        let unescaped = unescape_slashes(&path);
        redirect =
            options.escaped_slashes == EscapedSlashes::UnescapeAndRedirect && unescaped != path;
        path = unescaped;
    }
    if options.normalize {
        path = canonicalize(&strip_parameters_of_dot_segments(&path)).ok_or(BadPath::Refused)?;
    }
    if options.merge_slashes {
        path = merge_slashes(&path);
    }
    path.push_str(query);
    if redirect { Err(BadPath::Redirected(path)) } else { Ok(path) }
}

/// Mirrors `PathUtil::unescapeSlashes`.
fn unescape_slashes(path: &str) -> String {
    path.replace("%2F", "/").replace("%2f", "/").replace("%5C", "\\").replace("%5c", "\\")
}

/// Mirrors `PathUtil::stripParametersFromDotSegments`: runs before anything is decoded, so `%2e%2e;` stays.
fn strip_parameters_of_dot_segments(path: &str) -> String {
    let strip = |segment| match segment {
        _ if str::starts_with(segment, "..;") => "..",
        _ if str::starts_with(segment, ".;") => ".",
        _ => segment,
    };
    path.split('/').map(strip).collect::<Vec<_>>().join("/")
}

/// Mirrors `PathUtil::mergeSlashes`, where only slashes (`///`) leave two.
fn merge_slashes(path: &str) -> String {
    if !path.contains("//") {
        return path.to_owned();
    }
    let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let first = if path.starts_with('/') { "/" } else { "" };
    let last = if path.ends_with('/') { "/" } else { "" };
    format!("{first}{}{last}", segments.join("/"))
}

/// Mirrors googleurl's `CanonicalizePath` for a path of visible ASCII; none for one that it refuses.
fn canonicalize(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    let mut lone_percent = None;
    while let Some(&byte) = bytes.get(at) {
        if let Some(length) = dot_at(bytes, at) {
            at += length;
            match if out.ends_with('/') { after_dot(bytes, at) } else { Dot::OfName } {
                Dot::OfName => out.push('.'),
                Dot::Here(length) => at += length,
                Dot::Up(length) => {
                    at += length;
                    back_up(&mut out);
                }
            }
            continue;
        }
        at += 1;
        match byte {
            b'\\' => out.push('/'),
            b'%' => match escaped_at(bytes, at) {
                Some(0) => return None,
                Some(decoded) if decoded.is_ascii_alphanumeric() || b"-_~".contains(&decoded) => {
                    out.push(char::from(decoded));
                    at += 2;
                    if let Some(percent) = lone_percent.filter(|percent| percent + 3 >= out.len()) {
                        avoid_escape(&mut out, percent, bytes.get(at));
                    }
                }
                // Its digits are copied as they are.
                Some(_) => out.push('%'),
                None => {
                    lone_percent = Some(out.len());
                    out.push('%');
                }
            },
            b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                out.push('%');
                out.extend(
                    [byte >> 4, byte & 15]
                        .map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])),
                );
            }
            _ => out.push(char::from(byte)),
        }
    }
    Some(out)
}

/// What a dot after a slash begins, with the length of the rest.
enum Dot {
    OfName,
    Here(usize),
    Up(usize),
}

/// Mirrors `ClassifyAfterDot`.
fn after_dot(bytes: &[u8], at: usize) -> Dot {
    let end_at = |at: usize| match bytes.get(at) {
        None => Some(0),
        Some(b'/' | b'\\') => Some(1),
        Some(_) => None,
    };
    if let Some(slash) = end_at(at) {
        return Dot::Here(slash);
    }
    match dot_at(bytes, at) {
        Some(length) => end_at(at + length).map_or(Dot::OfName, |slash| Dot::Up(length + slash)),
        None => Dot::OfName,
    }
}

/// The length of `.` or `%2e` at `at`.
fn dot_at(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b'.', ..] => Some(1),
        [b'%', b'2', b'e' | b'E', ..] => Some(3),
        _ => None,
    }
}

/// The byte that the two digits at `at` name.
fn escaped_at(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| {
        char::from(*bytes.get(at)?).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
    };
    Some(digit(at)? << 4 | digit(at + 1)?)
}

/// Writes `%25` for the `%` at `percent`, which was none of an escape, if a character decoded after it makes it one
/// (mirrors `CheckForNestedEscapes`).
fn avoid_escape(out: &mut String, percent: usize, next: Option<&u8>) {
    let mut tail = out[percent + 1..].to_owned();
    let mut escape = tail.clone();
    if tail.len() == 1 {
        escape.extend(next.map(|&next| char::from(next)));
    }
    if escaped_at(escape.as_bytes(), 0).is_some() {
        tail.insert_str(0, "25");
        out.replace_range(percent + 1.., &tail);
    }
}

/// Removes the last segment of a path that ends with a slash (mirrors `BackUpToPreviousSlash`).
fn back_up(out: &mut String) {
    let parent = out[..out.len() - 1].rfind('/').unwrap_or(0);
    out.truncate(parent + 1);
}

#[cfg(test)]
mod tests;
