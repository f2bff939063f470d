//! X.509 certificates and private keys in PEM: which names a certificate is for, when it holds, and whether a key is its
//! own. Knows nothing of Kubernetes, and verifies no signature.

mod der;
mod key;
mod pem;

#[cfg(test)]
mod tests;

use std::fmt;

use x509_cert::Certificate as Parsed;
use x509_cert::der::Decode;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

pub use key::{KeyId, private_key};

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The DNS names that it is for, in lower case.
    pub names: Vec<String>,
    /// The common name of its subject, in lower case. Neither browsers nor the TLS libraries of today look at it.
    pub common_name: Option<String>,
    /// From when it holds, in seconds since 1970.
    pub not_before: i64,
    /// Until when it holds, in seconds since 1970.
    pub not_after: i64,
    /// Its public key; none: of a kind that is not compared.
    pub key: Option<KeyId>,
}

/// Why a text is no certificate or no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing is written.
    Empty,
    /// No block of PEM.
    NotPem,
    /// A block of PEM that is not closed, or no base64 within.
    BrokenPem,
    /// Blocks of PEM, and none of the kind that is wanted.
    OtherPem,
    /// What is within is not encoded as it must be.
    NotDer,
    /// A private key that needs a password.
    Encrypted,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::NotPem => "is not PEM",
            Self::BrokenPem => "is broken PEM",
            Self::OtherPem => "is PEM of another kind",
            Self::NotDer => "is PEM around something else",
            Self::Encrypted => "needs a password",
        })
    }
}

/// The first certificate of a PEM text, which is the one that a server shows as its own; none where it is encoded in a
/// way that only more lenient readers take.
pub fn certificate(text: &str) -> Result<Option<Certificate>, Flaw> {
    let blocks = pem::blocks(text)?;
    let is_wanted = |label: &str| label.ends_with("CERTIFICATE");
    let block = blocks.iter().find(|block| is_wanted(block.label)).ok_or(Flaw::OtherPem)?;
    der::sequence(&block.bytes).ok_or(Flaw::NotDer)?;
    Ok(Parsed::from_der(&block.bytes).ok().and_then(|parsed| read(&parsed)))
}

fn read(parsed: &Parsed) -> Option<Certificate> {
    let inner = parsed.tbs_certificate();
    let validity = inner.validity();
    let seconds =
        |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_secs()).ok();
    let alternative = inner.get_extension::<SubjectAltName>().ok()?;
    let names = match alternative {
        Some((_, names)) => names.0.iter().filter_map(dns_name).collect(),
        None => Vec::new(),
    };
    let public = inner.subject_public_key_info();
    let key = public.subject_public_key.as_bytes();
    Some(Certificate {
        names,
        common_name: common_name(inner.subject()),
        not_before: seconds(validity.not_before)?,
        not_after: seconds(validity.not_after)?,
        key: key.and_then(|key| key::public(&public.algorithm.oid.to_string(), key)),
    })
}

fn dns_name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(name) => Some(name.as_str().to_ascii_lowercase()),
        _ => None,
    }
}

/// The common name of a subject (`2.5.4.3`).
fn common_name(subject: &x509_cert::name::Name) -> Option<String> {
    let text = subject.to_string();
    let name = text.split(',').find_map(|part| part.trim().strip_prefix("CN="))?;
    Some(name.to_ascii_lowercase())
}

/// Whether one of `names` covers a host as browsers take it: `*` stands for one label, and is the whole first one. A host
/// that begins with `*.` is covered by every name below it: which ones are asked for nobody knows.
pub fn covers<'n>(names: impl IntoIterator<Item = &'n str>, host: &str) -> bool {
    let parent = host.split_once('.').map_or("", |(_, parent)| parent);
    names.into_iter().any(|name| match host.strip_prefix('*') {
        Some(suffix) => name.ends_with(suffix),
        None => name == host || name.strip_prefix("*.").is_some_and(|below| below == parent),
    })
}
