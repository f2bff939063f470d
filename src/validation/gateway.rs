//! Checks of a Gateway (3-validation.md B.3).

use rustc_hash::FxHashMap;

use super::names::{UNIX_PREFIX, is_ip, is_label, is_port, is_unix_path};
use super::scoped_host::{self, Scope};
use super::tls;
use crate::istio::Object;
use crate::istio::gateway::{Gateway, Port, Protocol, Server};
use crate::istio::objection::{Objections, text};
use crate::manifest::Meta;
use crate::text::Span;

/// Mirrors istio 1.32 `pkg/config/validation: ValidateGateway`.
pub(super) fn check(object: &Object<Gateway>, out: &mut Objections) {
    let is_synthetic =
        object.meta.annotation("internal.istio.io/gateway-semantics") == Some("gateway");
    if !is_synthetic {
        name(&object.meta, out);
    }
    let scope = Scope::Gateway { is_synthetic };
    if object.spec.servers.is_empty() {
        out.lacks("G-2", object.spec.span, "a Gateway needs at least one server").field("servers");
    }
    for each in &object.spec.servers {
        server(each, scope, out);
    }
    port_names(&object.spec.servers, out);
    redirects(&object.spec.servers, out);
}

/// G-1: the name is a DNS label, dots are refused.
fn name(meta: &Meta, out: &mut Objections) {
    let name = meta.name();
    if name.is_empty() {
        out.lacks("G-1", meta.name_span, "a Gateway needs a name");
    } else if !is_label(name) {
        let message = format!("`{name}` is not a DNS label: Istio refuses the Gateway");
        out.reject("G-1", meta.name_span, message)
            .help("write at most 63 letters, digits and `-`, without dots");
    }
}

/// Mirrors `validateServer`.
fn server(server: &Server, scope: Scope, out: &mut Objections) {
    if server.hosts.is_empty() {
        out.lacks("G-6", server.span, "a server needs at least one host").field("hosts");
    }
    for host in &server.hosts {
        scoped_host::check(host, scope, out);
    }
    let has_good_port = port(server, out);
    bind(server, out);
    if let Some(settings) = &server.tls {
        tls::check(settings, out);
    }
    if has_good_port {
        settings_fit_protocol(server, out);
    }
}

/// Mirrors `validateServerPort`; whether nothing is wrong.
fn port(server: &Server, out: &mut Objections) -> bool {
    let Some(port) = &server.port else {
        out.lacks("G-14", server.span, "a server needs a port").field("port");
        return false;
    };
    let good = [
        protocol(server, port, out),
        number(server, port, out),
        target_port(port, out),
        port_name(port, out),
    ];
    good.iter().all(|good| *good)
}

/// G-15.
fn protocol(server: &Server, port: &Port, out: &mut Objections) -> bool {
    if server.protocol() != Protocol::Unsupported {
        return true;
    }
    match &port.protocol {
        // What the schema says too.
        None => {
            out.lacks("required", port.span, "a port needs a protocol").field("protocol");
        }
        Some(protocol) => {
            out.reject("G-15", protocol.span, format!("protocol `{protocol}` is not supported"))
                .help("write HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, MONGO, REDIS or MYSQL");
        }
    }
    false
}

/// G-16: a number from 1 to 65535, or 0 with a Unix socket.
fn number(server: &Server, port: &Port, out: &mut Objections) -> bool {
    let number = server.port_number();
    if is_port(number) || (number == 0 && server.bind_text().starts_with(UNIX_PREFIX)) {
        return true;
    }
    match port.number {
        // What the schema says too.
        None => {
            out.lacks("required", port.span, "a port needs a number").field("number");
        }
        Some(number) => {
            out.reject("G-16", number.span, format!("port `{number}` is not from 1 to 65535"));
        }
    }
    false
}

/// G-17.
fn target_port(port: &Port, out: &mut Objections) -> bool {
    let Some(target) = port.target_port.filter(|target| target.value > 0) else { return true };
    out.reject("G-17", target.span, "`targetPort` has no effect on a Gateway and is refused")
        .help("remove it: the Service of the gateway says which port its Pods listen on");
    false
}

/// G-18.
fn port_name(port: &Port, out: &mut Objections) -> bool {
    if !text(&port.name).is_empty() {
        return true;
    }
    out.lacks("G-18", port.span, "a port needs a name").field("name");
    false
}

/// G-19 to G-21: mirrors `validateServerBind`.
fn bind(server: &Server, out: &mut Objections) {
    let Some(bind) = server.bind.as_ref().filter(|bind| !bind.is_empty()) else { return };
    let Some(path) = bind.strip_prefix(UNIX_PREFIX) else {
        if !is_ip(bind) {
            out.reject("G-21", bind.span, format!("`{bind}` is not an IP address"));
        }
        return;
    };
    if !is_unix_path(path) {
        let message = format!("`{path}` is not an absolute path of a file");
        out.reject("G-19", bind.span, message).help("write `unix:///PATH` or `unix://@NAME`");
    }
    let number = server.port.as_ref().and_then(|port| port.number);
    if let Some(number) = number.filter(|number| number.value != 0) {
        let message = format!("port `{number}` must be 0, as the server is bound to a Unix socket");
        out.reject("G-20", number.span, message).related(bind.span, "the socket");
    }
}

/// G-22 to G-24: TLS protocols need `tls`, others must not have it; a redirect alone may stand at HTTP.
fn settings_fit_protocol(server: &Server, out: &mut Objections) {
    let written = server.protocol_text();
    let protocol = server.protocol();
    let span = server.port.as_ref().and_then(|port| port.protocol.as_ref()).map(|text| text.span);
    let span = span.unwrap_or(server.span);
    let is_tls = protocol.is_tls();
    let Some(settings) = &server.tls else {
        if is_tls {
            out.lacks("G-22", server.span, format!("a server of protocol `{written}` needs `tls`"))
                .related(span, "a protocol with TLS")
                .help("add `tls`, such as `tls: {mode: SIMPLE, credentialName: NAME}`");
        }
        return;
    };
    let files = [&settings.ca_certificates, &settings.private_key, &settings.server_certificate];
    let is_plain = server.is_passthrough() && files.iter().all(|file| text(file).is_empty());
    let check = match protocol {
        _ if is_tls => return,
        _ if protocol.is_http() && is_plain => return,
        _ if protocol.is_http() => "G-23",
        _ => "G-24",
    };
    let instead = if protocol.is_http() { "HTTPS" } else { "TLS" };
    let help = match protocol {
        Protocol::Http2 | Protocol::Grpc | Protocol::GrpcWeb => {
            "write `protocol: HTTPS`, where clients choose HTTP/2 and gRPC by ALPN".to_owned()
        }
        _ => format!("write `protocol: {instead}`, or remove `tls`"),
    };
    let message = format!("a server of protocol `{written}` cannot have TLS settings");
    out.reject(check, settings.span, message).related(span, "a protocol without TLS").help(help);
}

/// G-4: port names are used once. A name that is missing is told already (G-18).
fn port_names(servers: &[Server], out: &mut Objections) {
    let mut first: FxHashMap<&str, Span> = FxHashMap::default();
    for server in servers {
        let Some(port) = &server.port else { continue };
        let Some(name) = port.name.as_ref().filter(|name| !name.is_empty()) else { continue };
        let Some(&earlier) = first.get(name.as_str()) else {
            first.insert(name.as_str(), name.span);
            continue;
        };
        let message = format!("port name `{name}` is used twice: Istio refuses the Gateway");
        out.reject("G-4", name.span, message)
            .related(earlier, "used here before")
            .help(format!("write another name, such as `{name}-{}`", server.port_number()));
    }
}

/// G-5: a redirect stands at a server of plain HTTP.
fn redirects(servers: &[Server], out: &mut Objections) {
    for server in servers.iter().filter(|server| server.redirects_to_https()) {
        let (Some(port), Some(settings)) = (&server.port, &server.tls) else { continue };
        let redirect = settings.https_redirect.filter(|_| !server.protocol().is_http());
        let Some(redirect) = redirect else { continue };
        let protocol = server.protocol_text();
        let objection = out.warn(
            "G-5",
            redirect.span,
            format!("`httpsRedirect` is of no use to a server of protocol `{protocol}`"),
        );
        objection.help("move it to the server of plain HTTP");
        if let Some(protocol) = &port.protocol {
            objection.related(protocol.span, "no plain HTTP");
        }
    }
}
