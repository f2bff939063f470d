//! Hosts with a namespace before them: `NAMESPACE/HOST` of servers and of egress listeners.

use super::names::{check_wildcard_domain, is_ip, is_label};
use crate::istio::objection::Objections;
use crate::text::{Spanned, Str};

/// Where the host stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// `servers[].hosts` of a Gateway, which is synthetic where it is made from one of the Gateway API.
    Gateway {
        /// Whether it is.
        is_synthetic: bool,
    },
    /// `egress[].hosts` of a Sidecar: all of its checks are K-12.
    Sidecar,
}

/// G-7 to G-13, K-12: mirrors istio 1.32 `agent.ValidateNamespaceSlashWildcardHostname`.
pub(super) fn check(host: &Spanned<Str>, scope: Scope, out: &mut Objections) {
    let Some((namespace, name)) = host.split_once('/') else {
        match scope {
            Scope::Gateway { .. } => check_name(host, host, scope, out),
            Scope::Sidecar => {
                let message = format!("`{host}` has no namespace before it");
                out.reject("K-12", host.span, message).help("write `NAMESPACE/HOST` or `*/HOST`");
            }
        }
        return;
    };
    if namespace.is_empty() || name.is_empty() {
        let message = format!("neither side of `/` in `{host}` may be empty");
        out.reject(scope.number("G-11"), host.span, message);
        return;
    }
    if !scope.allows_namespace(namespace) {
        let message = format!("`{namespace}` in `{host}` is no namespace");
        out.reject(scope.number("G-12"), host.span, message)
            .help("write a DNS label, `*` for all or `.` for its own before the `/`");
    }
    check_name(name, host, scope, out);
}

impl Scope {
    fn number(self, check: &'static str) -> &'static str {
        match self {
            Self::Gateway { .. } => check,
            Self::Sidecar => "K-12",
        }
    }

    /// `*`, `.` or a label. `~` is for synthetic Gateways that no route matches; before a namespace of a Sidecar it
    /// excludes it.
    fn allows_namespace(self, namespace: &str) -> bool {
        let (is_excluded, plain) = match self {
            Self::Gateway { is_synthetic } => (is_synthetic && namespace == "~", namespace),
            Self::Sidecar => (namespace == "~", namespace.strip_prefix('~').unwrap_or(namespace)),
        };
        is_excluded || plain == "*" || plain == "." || is_label(plain)
    }
}

/// Mirrors `agent.validateSidecarOrGatewayHostnamePart`: several may fail, and what is told is the first.
fn check_name(name: &str, host: &Spanned<Str>, scope: Scope, out: &mut Objections) {
    let is_address = matches!(scope, Scope::Gateway { .. }) && is_ip(name);
    if name != "*" && !name.contains('.') {
        let number = if is_address { "G-10" } else { "G-7" };
        let (message, help) = if is_address {
            (
                format!("Istio takes no IPv6 address without a dot as host, as `{name}`"),
                "write a name that resolves to it, or `*`",
            )
        } else {
            (
                format!("`{name}` is a short name, which Istio refuses here"),
                "write the full name, with a dot in it",
            )
        };
        out.reject(scope.number(number), host.span, message).help(help);
    }
    if let Err(flaw) = check_wildcard_domain(name)
        && !is_address
    {
        let number = if name.contains('/') { "G-13" } else { "G-8" };
        out.reject(scope.number(number), host.span, format!("`{name}` is no host: {flaw}"));
    }
    if name.contains('*') && name != "*" && !name.starts_with("*.") {
        let message = format!("`{name}` has a `*` that is not its whole first label");
        out.reject(scope.number("G-9"), host.span, message).help("write `*` or `*.DOMAIN`");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span};

    fn checks(host: &str, scope: Scope) -> Vec<&'static str> {
        let mut out = Objections::default();
        let span = Span::new(SourceId::new(0), 0, 1);
        check(&Spanned::new(host.into(), span), scope, &mut out);
        out.into_vec().iter().map(|objection| objection.check).collect()
    }

    #[test]
    fn hosts_of_servers() {
        for (host, expected) in [
            ("*", &[][..]),
            ("*.example.com", &[]),
            ("10.1.2.3", &[]),
            ("./shop.example.com", &[]),
            ("*/shop.example.com", &[]),
            ("shop", &["G-7"]),
            ("", &["G-7", "G-8"]),
            ("shop_.example.com", &["G-8"]),
            ("*shop.example.com", &["G-9"]),
            ("shop.*.com", &["G-8", "G-9"]),
            ("fe80::1", &["G-10"]),
            ("/shop.example.com", &["G-11"]),
            ("infra/", &["G-11"]),
            ("~/shop.example.com", &["G-12"]),
            ("in.fra/shop.example.com", &["G-12"]),
            ("infra/shop/a.example.com", &["G-13"]),
        ] {
            assert_eq!(checks(host, Scope::Gateway { is_synthetic: false }), expected, "{host}");
        }
        assert!(checks("~/*", Scope::Gateway { is_synthetic: true }).is_empty());
    }

    #[test]
    fn hosts_of_egress_listeners() {
        for host in ["*/*", "./*", "~/*", "~infra/*", "infra/*.example.com"] {
            assert!(checks(host, Scope::Sidecar).is_empty(), "{host}");
        }
        for host in ["*", "web.example.com", "infra/web", "in_/*", "/*", "infra/10.1.2.3"] {
            assert_eq!(checks(host, Scope::Sidecar), ["K-12"], "{host}");
        }
    }
}
