//! What Envoy makes of the lines of an HTTP/1.1 request, and which requests it refuses without routing them.
//!
//! Mirrors `source/common/http/http1/balsa_parser.cc`: `isMethodValid`, `isUrlValid`,
//! `source/common/http/http1/codec_impl.cc`: `ServerConnectionImpl::handlePath` and
//! `source/common/http/conn_manager_impl.cc`: `ActiveStream::decodeHeaders` (1.40).

use std::borrow::Cow;

use super::authority;
use super::incoming::Incoming;
use super::path::{self, BadPath, EscapedSlashes, PathOptions};
use super::request::Request;
use crate::envoy::listener::HttpConnectionManager;

/// Why a request is not routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadRequest {
    /// Not HTTP, or a PROXY line that nobody expects.
    NoHttp,
    /// A method that the parser does not know.
    Method,
    /// A target that is none.
    Target,
    /// An absolute target with another scheme than http and https.
    Scheme,
    /// An absolute target with `https` on a plaintext connection.
    HttpsOnPlaintext,
    /// A header name or value with forbidden characters.
    Header,
    /// `Host` with forbidden characters.
    Authority,
    /// No `Host`.
    NoHost,
    /// A path that cannot be normalized.
    Path,
    /// A path whose encoded slashes the client is to decode.
    EscapedSlashes,
    /// `QUERY` without `content-type`.
    QueryWithoutType,
}

impl BadRequest {
    /// The status of the answer.
    pub fn status(self) -> u32 {
        match self {
            Self::HttpsOnPlaintext => 403,
            Self::EscapedSlashes => 307,
            _ => 400,
        }
    }

    /// Envoy's response code details.
    pub fn details(self) -> &'static str {
        match self {
            Self::NoHttp | Self::Method | Self::Target => "http1.codec_error",
            Self::Scheme | Self::HttpsOnPlaintext => "http1.invalid_scheme",
            Self::Header => "http1.invalid_characters",
            Self::Authority => "http.invalid_authority",
            Self::NoHost => "missing_host_header",
            Self::Path | Self::EscapedSlashes => "path_normalization_failed",
            Self::QueryWithoutType => "missing_content_type",
        }
    }

    /// Whether the connection manager refuses it, which has looked up the virtual host by then; otherwise the parser.
    pub(super) fn has_virtual_host(self) -> bool {
        matches!(self, Self::NoHost | Self::Path | Self::EscapedSlashes | Self::QueryWithoutType)
    }
}

/// A refusal, with the authority that was read before it.
pub(super) struct Refused<'r> {
    pub(super) why: BadRequest,
    pub(super) authority: Option<Cow<'r, str>>,
    pub(super) location: Option<String>,
}

impl From<BadRequest> for Refused<'_> {
    fn from(why: BadRequest) -> Self {
        Self { why, authority: None, location: None }
    }
}

/// Reads a request; `is_tls`: on a connection where TLS is terminated.
pub(super) fn read<'r>(
    request: &'r Request,
    manager: &HttpConnectionManager,
    is_tls: bool,
) -> Result<Incoming<'r>, Refused<'r>> {
    let method = request.method.as_deref().ok_or(BadRequest::NoHttp)?;
    if !METHODS.contains(&method) {
        return Err(BadRequest::Method.into());
    }
    if !request.headers.iter().all(|(name, value)| is_header(name, value)) {
        return Err(BadRequest::Header.into());
    }
    let host = request.host.as_deref().or_else(|| request.header("host")).map(trim);
    let target = Target::read(&request.path, method)?;
    if target.scheme.as_deref() == Some("https") && !is_tls {
        return Err(BadRequest::HttpsOnPlaintext.into());
    }
    let authority = target.authority.map(Cow::Borrowed).or(host.map(Cow::Borrowed));
    if authority.as_ref().is_some_and(|authority| !authority::is_valid(authority)) {
        return Err(BadRequest::Authority.into());
    }
    let refused = |why, location| Refused { why, authority: authority.clone(), location };
    let Some(known) = &authority else { return Err(refused(BadRequest::NoHost, None)) };
    if method == "QUERY" && request.header("content-type").is_none() {
        return Err(refused(BadRequest::QueryWithoutType, None));
    }
    let path = match target.path {
        Some(path) if path != "*" => match path::normalize(&path, &options(manager)) {
            Ok(path) => Some(path),
            Err(BadPath::Refused) => return Err(refused(BadRequest::Path, None)),
            Err(BadPath::Redirected(path)) => {
                return Err(refused(BadRequest::EscapedSlashes, Some(path)));
            }
        },
        other => other.map(Cow::into_owned),
    };
    Ok(Incoming::new(request, method, known.clone(), path, target.scheme, manager, is_tls))
}

fn options(manager: &HttpConnectionManager) -> PathOptions {
    PathOptions {
        normalize: manager.normalize_path,
        merge_slashes: manager.merge_slashes,
        escaped_slashes: if manager.unescape_slashes {
            EscapedSlashes::UnescapeAndForward
        } else {
            EscapedSlashes::KeepUnchanged
        },
    }
}

/// The second word of a request line.
struct Target<'r> {
    /// Of the absolute form.
    scheme: Option<String>,
    /// Of the absolute form and of CONNECT.
    authority: Option<&'r str>,
    /// None for CONNECT.
    path: Option<Cow<'r, str>>,
}

impl<'r> Target<'r> {
    fn read(text: &'r str, method: &str) -> Result<Self, BadRequest> {
        let text = text.trim_end_matches([' ', '\t']);
        let is_connect = method == "CONNECT";
        let is_path = text.starts_with('/') || text == "*";
        if is_path {
            if is_connect || (text == "*" && method != "OPTIONS") || !text.bytes().all(is_visible) {
                return Err(BadRequest::Target);
            }
            return Ok(Self { scheme: None, authority: None, path: Some(text.into()) });
        }
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) if !is_connect => (Some(scheme.to_ascii_lowercase()), rest),
            None if is_connect => (None, text),
            _ => return Err(BadRequest::Target),
        };
        if scheme
            .as_ref()
            .is_some_and(|s| s.is_empty() || !s.bytes().all(|b| b.is_ascii_alphabetic()))
        {
            return Err(BadRequest::Target);
        }
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let is_connect_with_path = is_connect && !path.is_empty();
        if authority.is_empty() || is_connect_with_path || !path.bytes().all(is_visible) {
            return Err(BadRequest::Target);
        }
        if scheme.as_ref().is_some_and(|scheme| scheme != "http" && scheme != "https") {
            return Err(BadRequest::Scheme);
        }
        // What stands before `@` is no part of the host.
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let path = match path {
            _ if is_connect => None,
            "" => Some("/".into()),
            path if path.starts_with('/') => Some(path.into()),
            path => Some(format!("/{path}").into()),
        };
        Ok(Self { scheme, authority: Some(authority), path })
    }
}

fn is_visible(byte: u8) -> bool {
    byte.is_ascii_graphic()
}

/// Without the blanks that the parser strips.
pub(super) fn trim(value: &str) -> &str {
    value.trim_matches([' ', '\t'])
}

fn is_header(name: &str, value: &str) -> bool {
    is_name(name) && value.bytes().all(|byte| byte == b'\t' || (byte >= b' ' && byte != 0x7f))
}

/// Whether a header may have this name.
pub(super) fn is_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

/// `isMethodValid`, with `QUERY` of 1.40.
pub(in crate::envoy) const METHODS: [&str; 35] = [
    "ACL",
    "BIND",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "MSEARCH",
    "NOTIFY",
    "OPTIONS",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PURGE",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "SOURCE",
    "SUBSCRIBE",
    "TRACE",
    "UNBIND",
    "UNLINK",
    "UNLOCK",
    "UNSUBSCRIBE",
];
