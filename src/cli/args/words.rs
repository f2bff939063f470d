//! Values that are one of several words, perhaps with more behind them: they complete, and are judged by a function.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};

use crate::finding::words;
use crate::text::spelling;

/// Reads a value by a function; shells offer the words.
#[derive(Clone)]
pub(super) struct Words<T: 'static> {
    pub(super) words: &'static [&'static str],
    pub(super) parse: fn(&str) -> Result<T, String>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Words<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        let parse = self.parse;
        StringValueParser::new().try_map(move |text| parse(&text)).parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.words.iter().map(PossibleValue::new)))
    }
}

/// Words that mean rules: shells offer them, and the run judges them, which can say what may be meant.
#[derive(Clone, Copy)]
pub(super) enum RuleWords {
    /// Single rules.
    Single,
    /// Groups of rules, too.
    Groups,
}

impl TypedValueParser for RuleWords {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let words = match self {
            Self::Single => words::names(crate::cli::registry()),
            Self::Groups => words::all(crate::cli::registry()),
        };
        Some(Box::new(words.into_iter().map(PossibleValue::new)))
    }
}

/// The kinds of objects that decide something about an ingress gateway.
pub(in crate::cli) const KINDS: &[&str] = &[
    "Service",
    "Secret",
    "Gateway",
    "VirtualService",
    "DestinationRule",
    "ServiceEntry",
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "Rollout",
    "Pod",
    "Namespace",
    "ConfigMap",
    "Sidecar",
    "WorkloadEntry",
    "WorkloadGroup",
    "ProxyConfig",
    "EnvoyFilter",
    "WasmPlugin",
    "AuthorizationPolicy",
    "PeerAuthentication",
    "RequestAuthentication",
    "Telemetry",
    "Ingress",
    "GatewayClass",
    "HTTPRoute",
    "GRPCRoute",
    "TCPRoute",
    "TLSRoute",
    "ReferenceGrant",
];

/// Reads `Kind` or `Kind@namespace`, in any case; nothing is as good.
pub(in crate::cli) fn parse_kind(text: &str) -> Result<String, String> {
    let (kind, namespace) = match text.trim().split_once('@') {
        Some((kind, namespace)) => (kind.trim(), Some(namespace.trim())),
        None => (text.trim(), None),
    };
    if kind.is_empty() && namespace.is_none() {
        return Ok(String::new());
    }
    if namespace == Some("") {
        return Err("no namespace after `@`".to_owned());
    }
    let Some(known) = KINDS.iter().find(|known| known.eq_ignore_ascii_case(kind)) else {
        return Err(match spelling::nearest(kind, KINDS.iter().copied()) {
            Some(near) => format!("unknown kind; did you mean `{near}`?"),
            None => "unknown kind; write kinds as in manifests, such as `Service`".to_owned(),
        });
    };
    Ok(namespace.map_or_else(|| (*known).to_owned(), |namespace| format!("{known}@{namespace}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_in_any_case_and_others_are_refused() {
        for (typed, meant) in [
            ("Service", "Service"),
            ("virtualservice", "VirtualService"),
            (" SERVICE@shop ", "Service@shop"),
            ("", ""),
        ] {
            assert_eq!(parse_kind(typed).as_deref(), Ok(meant));
        }
        for (typed, said) in [
            ("Servce", "did you mean `Service`?"),
            ("services@shop", "did you mean `Service`?"),
            ("Foo", "unknown kind; write"),
            ("@shop", "unknown kind; write"),
            ("Service@", "no namespace"),
        ] {
            assert!(parse_kind(typed).unwrap_err().contains(said), "{typed}");
        }
    }
}
