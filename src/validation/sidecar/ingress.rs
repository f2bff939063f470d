//! Listeners of a Sidecar for what its workload serves.

use rustc_hash::FxHashMap;

use super::{connection_pool, number, protocol};
use crate::istio::gateway::{ServerTls, TlsMode};
use crate::istio::objection::{Objections, text};
use crate::istio::sidecar::{Ingress, SidecarPort};
use crate::text::{Span, Spanned, Str};
use crate::validation::names::{UNIX_PREFIX, is_ip, is_port, is_unix_path};
use crate::validation::tls;

/// K-4 to K-9.
pub(super) fn check(listeners: &[Ingress], out: &mut Objections) {
    let mut first: FxHashMap<u32, Span> = FxHashMap::default();
    for listener in listeners {
        let Some(port) = &listener.port else {
            out.lacks("required", listener.span, "an ingress listener needs a port").field("port");
            continue;
        };
        super::port(port, out);
        self::port(port, listener, out);
        let place = port.number.map_or(port.span, |number| number.span);
        if let Some(&earlier) = first.get(&number(port)) {
            let message = format!("port {} is listened on twice", number(port));
            out.reject("K-6", place, message).related(earlier, "listened on here before");
        } else {
            first.insert(number(port), place);
        }
        if let Some(endpoint) = listener.default_endpoint.as_ref().filter(|text| !text.is_empty()) {
            default_endpoint(endpoint, out);
        }
        if let Some(settings) = &listener.tls {
            tls_settings(settings, port, out);
        }
        pool(listener, port, out);
    }
}

/// K-5: mirrors `validateSidecarIngressPortAndBind`.
fn port(port: &SidecarPort, listener: &Ingress, out: &mut Objections) {
    match port.number {
        None => {
            out.lacks("K-5", port.span, "a port needs a number").field("number");
        }
        Some(number) if !is_port(number.value) => {
            out.reject("K-5", number.span, format!("port `{number}` is not from 1 to 65535"));
        }
        Some(_) => {}
    }
    if let Some(bind) = listener.bind.as_ref().filter(|bind| !bind.is_empty() && !is_ip(bind)) {
        out.reject("K-5", bind.span, format!("`{bind}` is not an IP address"));
    }
}

/// K-7: a Unix socket, or a port of the workload's own addresses.
fn default_endpoint(endpoint: &Spanned<Str>, out: &mut Objections) {
    let is_good = match endpoint.strip_prefix(UNIX_PREFIX) {
        Some(path) => is_unix_path(path),
        None => split_host_port(endpoint).is_some_and(|(host, port)| {
            let is_own = ["", "127.0.0.1", "0.0.0.0", "::1", "::"].contains(&host);
            is_own && port.parse::<u32>().is_ok_and(is_port)
        }),
    };
    if !is_good {
        let message = format!("`{endpoint}` is no endpoint of the workload itself");
        out.reject("K-7", endpoint.span, message)
            .help("write `127.0.0.1:PORT`, `0.0.0.0:PORT` or `unix:///PATH`");
    }
}

/// Mirrors Go's `net.SplitHostPort`.
fn split_host_port(text: &str) -> Option<(&str, &str)> {
    let (before, port) = text.rsplit_once(':')?;
    let host = match before.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?,
        None if before.contains(':') => return None,
        None => before,
    };
    let is_plain = |part: &str| !part.contains(['[', ']']);
    (is_plain(host) && is_plain(port)).then_some((host, port))
}

/// K-8: certificates come from files, and the workload itself terminates.
fn tls_settings(settings: &ServerTls, port: &SidecarPort, out: &mut Objections) {
    let one = |name, field: &Option<Spanned<Str>>| {
        let field = field.as_ref().filter(|field| !field.is_empty());
        field.map(|field| (name, field.span))
    };
    let redirect = settings.https_redirect.filter(|redirect| redirect.value);
    let forbidden = [
        settings.subject_alt_names.first().map(|name| ("subjectAltNames", name.span)),
        redirect.map(|redirect| ("httpsRedirect", redirect.span)),
        one("credentialName", &settings.credential_name),
        settings.credential_names.first().map(|name| ("credentialNames", name.span)),
        settings.tls_certificates.first().map(|files| ("tlsCertificates", files.span)),
    ];
    for (field, span) in forbidden.into_iter().flatten() {
        out.reject("K-8", span, format!("a Sidecar takes no `{field}`"))
            .help("remove it; certificates of a Sidecar are files");
    }
    if let Some(mode) = settings.mode
        && matches!(mode.value, TlsMode::IstioMutual | TlsMode::AutoPassthrough)
    {
        let message = format!("a Sidecar takes no mode `{}`", mode.value.as_str());
        out.reject("K-8", mode.span, message).help("write `SIMPLE` or `MUTUAL`");
    }
    if !protocol(port).is_tls() {
        let written = text(&port.protocol);
        let message = format!("a port of protocol `{written}` cannot have TLS settings");
        let objection = out.reject("K-8", settings.span, message);
        objection.help("write `protocol: HTTPS` or `TLS`, or remove `tls`");
        if let Some(protocol) = &port.protocol {
            objection.related(protocol.span, "a protocol without TLS");
        }
    }
    tls::check(settings, out);
}

/// K-9.
fn pool(listener: &Ingress, port: &SidecarPort, out: &mut Objections) {
    let Some(pool) = &listener.connection_pool else { return };
    connection_pool::check(pool, out);
    let Some(http) = pool.http.as_ref().filter(|_| !protocol(port).is_http()) else { return };
    let written = text(&port.protocol);
    let message = format!("HTTP settings do nothing for a port of protocol `{written}`");
    let objection = out.warn("K-9", http.span, message);
    if let Some(protocol) = &port.protocol {
        objection.related(protocol.span, "no HTTP");
    }
}

#[cfg(test)]
mod tests {
    use super::split_host_port;

    #[test]
    fn endpoints_are_split_as_go_does() {
        for (text, expected) in [
            ("127.0.0.1:80", Some(("127.0.0.1", "80"))),
            (":80", Some(("", "80"))),
            ("[::1]:80", Some(("::1", "80"))),
            ("host:", Some(("host", ""))),
            ("host", None),
            ("::1:80", None),
            ("[::1]", None),
            ("[::1]x:80", None),
            ("a]:80", None),
            ("[[::1]]:80", None),
        ] {
            assert_eq!(split_host_port(text), expected, "{text}");
        }
    }
}
