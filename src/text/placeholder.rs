//! Texts in whose place another one is put later, by envsubst, kustomize, Flux, Helm or the reader of a document.

/// Whether a text holds something that is put in later, so that nobody knows the value: `$NAME`, `${NAME}` and `$(NAME)`,
/// `{{ ... }}` of templates, `ENC[...]` of SOPS, `<name>` of documents.
pub fn is_placeholder(text: &str) -> bool {
    let has_sign = memchr::memchr3(b'$', b'{', b'<', text.as_bytes()).is_some();
    (has_sign && has_placeholder(text)) || text.starts_with("ENC[")
}

fn has_placeholder(text: &str) -> bool {
    text.contains('$') || text.contains("{{") || labels(text).any(is_in_angles)
}

/// Whether a part of `text` is certainly put in later: `${NAME}`, `$(NAME)`, `{{ .Values.name }}`, a value of SOPS.
/// Another `$` is mostly that of a regular expression: [`may_be_put_in`].
pub fn has_substitution(text: &str) -> bool {
    if memchr::memchr3(b'$', b'{', b'[', text.as_bytes()).is_none() {
        return false;
    }
    let is_name = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let opened = text.split("${").skip(1).any(|after| is_name(after) && after.contains('}'));
    opened
        || text.contains("{{")
        || is_variable_of_kustomize(text)
        || unquoted(text).starts_with("ENC[")
}

/// Whether a value, with its quotes, looks as if another one were put in its place or that of a label of it: `$NAME`,
/// `<name>`, `name...`. Istio takes it as it stands, and so may its author.
pub fn may_be_put_in(value: &str) -> bool {
    let value = unquoted(value);
    labels(value).any(|label| is_variable(label) || is_in_angles(label)) || is_abridged(value)
}

fn unquoted(value: &str) -> &str {
    value.trim().trim_matches(['"', '\''])
}

/// The parts of a host, of a path or of a name with a namespace.
fn labels(value: &str) -> impl Iterator<Item = &str> {
    value.split(['.', '/', ':'])
}

/// `$NAME`, in capitals.
fn is_variable(label: &str) -> bool {
    let is_of_name = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_';
    label.strip_prefix('$').is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
            && name.bytes().all(is_of_name)
    })
}

/// `$(NAME)` anywhere.
fn is_variable_of_kustomize(value: &str) -> bool {
    let is_of_name = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-' | b'.');
    let mut opened = value.split("$(").skip(1).filter_map(|after| after.split_once(')'));
    opened.any(|(name, _)| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(is_of_name)
    })
}

/// `<name>`, `<name-of-more-words>`.
fn is_in_angles(label: &str) -> bool {
    let is_of_name = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-' | b' ');
    let name = label.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    name.is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(is_of_name)
    })
}

/// `ab12...example.com`: a name of which something is left out.
fn is_abridged(value: &str) -> bool {
    let is_of_name = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'/');
    value.contains("...") && value.bytes().all(is_of_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_look_put_in_are_told_from_others() {
        for value in [
            "$HOST",
            "\"$HOST\"",
            "$PORT_1",
            "shop.$DOMAIN",
            "gw.$NS.svc.cluster.local",
            "<host>",
            "'<my-host-name>'",
            "<name>.example.com",
            "<HOST NAME>",
            "prod/<gateway>",
            "...",
            "ef39...us-east.elb.example.com",
            "$HOST:80",
        ] {
            assert!(may_be_put_in(value), "{value}");
        }
        for value in [
            "shop.example.com",
            "a$",
            "$host",
            "^/a.$",
            "^(a|b)$",
            "$",
            "(?P<name>a.b)",
            "$HOSTx",
            "<",
            "<>",
            "a<b>c",
            "<br/>",
            "..",
            "(...",
            "$()",
            "$( )",
        ] {
            assert!(!may_be_put_in(value), "{value}");
        }
    }

    #[test]
    fn substitutions_are_told_from_other_dollars() {
        for text in ["a${B}c", "$(HOST)", "api.$(kfp-namespace).svc", "{{ a }}", "'ENC[x]'"] {
            assert!(has_substitution(text), "{text}");
        }
        for text in ["$HOST", "^(a|b)$", "a$(", "$(a|b)", "$()", "${}", "<name>"] {
            assert!(!has_substitution(text), "{text}");
        }
    }

    #[test]
    fn nobody_knows_what_is_put_in() {
        for text in ["$x", "a${B}", "{{ a }}", "ENC[x]", "<name>", "<name>.example.com"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["a", "(?P<name>a)", "a < b > c"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
