//! Names, hosts, addresses and ports (3-validation.md B.1). Each function mirrors the one of istio 1.32 that it names;
//! lengths are in bytes, and letters may be of either case, as there.

use std::net::{IpAddr, Ipv6Addr};

/// What begins an address that is a path of a Unix socket.
pub(super) const UNIX_PREFIX: &str = "unix://";

/// Why a text is no host name; the parts of a message.
pub(super) type Flaw = String;

/// C-1: mirrors `pkg/config/labels: IsDNS1123Label`.
pub(super) fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    bytes.len() <= 63
        && is_edge(bytes.first())
        && is_edge(bytes.last())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// C-2: mirrors `pkg/config/labels: IsWildcardDNS1123Label`.
fn is_wildcard_label(text: &str) -> bool {
    let rest = text.strip_prefix("*-").or_else(|| text.strip_prefix('*'));
    text.len() <= 63 && (text == "*" || is_label(rest.unwrap_or(text)))
}

/// C-3: mirrors `pkg/config/validation/agent: CheckDNS1123Preconditions`.
fn check_size(name: &str) -> Result<(), Flaw> {
    match name.len() {
        0 => Err("it is empty".to_owned()),
        1..=255 => Ok(()),
        bytes => Err(format!("it has {bytes} bytes, more than 255")),
    }
}

/// C-4: mirrors `pkg/config/validation/agent: ValidateDNS1123Labels`.
fn check_labels(domain: &str) -> Result<(), Flaw> {
    let parts: Vec<&str> = domain.split('.').collect();
    // A trailing dot leaves an empty last label.
    let checked = if parts.last() == Some(&"") { &parts[..parts.len() - 1] } else { &parts[..] };
    if let Some(label) = checked.iter().find(|label| !is_label(label)) {
        return Err(format!("`{label}` is not a DNS label"));
    }
    match parts.last() {
        Some(last) if is_go_integer(last) => {
            Err(format!("the top level domain `{last}` is a number"))
        }
        _ => Ok(()),
    }
}

/// Whether Go's `strconv.Atoi` reads a text: an optional sign and digits that fit 64 bits.
fn is_go_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && text.parse::<i64>().is_ok()
}

/// C-5: mirrors `pkg/config/validation/agent: ValidateFQDN`.
pub(super) fn check_fqdn(name: &str) -> Result<(), Flaw> {
    check_size(name)?;
    check_labels(name)
}

/// C-6: mirrors `pkg/config/validation/agent: ValidateWildcardDomain`.
pub(super) fn check_wildcard_domain(name: &str) -> Result<(), Flaw> {
    check_size(name)?;
    let (first, rest) = match name.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (name, None),
    };
    if !is_wildcard_label(first) {
        return Err(format!("`{first}` is not a DNS label, with or without a leading `*`"));
    }
    match rest {
        None | Some("") => Ok(()),
        Some(rest) => check_labels(rest),
    }
}

/// C-7: mirrors `pkg/config/validation: ValidateWildcardDomainForVirtualServiceBoundToGateway`.
pub(super) fn check_gateway_domain(name: &str, is_sni: bool) -> Result<(), Flaw> {
    check_size(name)?;
    if !is_sni || !name.starts_with("outbound_") {
        return check_wildcard_domain(name);
    }
    let parts: Vec<&str> = name.split('_').collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default().trim_matches('.');
    let is_good = parts.len() >= 4
        && part(1).bytes().any(|byte| byte.is_ascii_digit())
        && part(3).bytes().any(|byte| byte.is_ascii_alphabetic());
    if is_good { Ok(()) } else { Err("it is not of the form `outbound_.PORT_._.HOST`".to_owned()) }
}

/// C-8: mirrors `pkg/config/validation/agent: ValidatePort`.
pub(super) fn is_port(number: u32) -> bool {
    (1..=65535).contains(&number)
}

/// C-10: mirrors Go's `netip.ParseAddr`, which takes zones.
pub(super) fn is_ip(text: &str) -> bool {
    match text.split_once('%') {
        Some((address, zone)) => !zone.is_empty() && address.parse::<Ipv6Addr>().is_ok(),
        None => text.parse::<IpAddr>().is_ok(),
    }
}

/// C-11: mirrors `pkg/config/validation/agent: ValidateIPSubnet`.
pub(super) fn is_subnet(text: &str) -> bool {
    let mut parts = text.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(address), Some(bits), None) => is_prefix(address, bits),
        _ => is_ip(text),
    }
}

/// Mirrors Go's `netip.ParsePrefix`: no zone, no sign, no leading zero.
fn is_prefix(address: &str, bits: &str) -> bool {
    let most = match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    let is_number = bits.bytes().all(|byte| byte.is_ascii_digit());
    let has_leading_zero = bits.len() > 1 && bits.starts_with('0');
    is_number && !has_leading_zero && bits.parse::<u32>().is_ok_and(|bits| bits <= most)
}

/// C-16: why labels are refused, if they are: the key and what is wrong. Mirrors `pkg/config/labels: Instance.Validate`.
pub(super) fn label_flaw(key: &str, value: &str) -> Option<Flaw> {
    if !is_label_key(key) {
        return Some(format!("`{key}` is not a label key"));
    }
    (!is_label_value(value)).then(|| format!("`{value}` is not a label value"))
}

fn is_label_key(key: &str) -> bool {
    let name = match key.split_once('/') {
        None => key,
        Some((prefix, name)) => {
            if prefix.len() > 253 || !prefix.split('.').all(is_label) {
                return false;
            }
            name
        }
    };
    name.len() <= 63 && is_label_text(name)
}

fn is_label_value(value: &str) -> bool {
    value.is_empty() || is_label_text(value)
}

/// Letters, digits and `-_.`, with a letter or digit at both ends.
fn is_label_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    is_edge(bytes.first())
        && is_edge(bytes.last())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

/// C-27: mirrors `pkg/config/validation: ValidateUnixAddress`, of the text after `unix://`.
pub(super) fn is_unix_path(path: &str) -> bool {
    path.starts_with('@') || (path.starts_with('/') && !path.ends_with('/'))
}
