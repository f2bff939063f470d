//! What identifies a key: enough to tell whether a private key and a certificate belong together.

use super::{Flaw, der, pem};

const RSA: &str = "1.2.840.113549.1.1.1";
const EC: &str = "1.2.840.10045.2.1";
const RSA_BYTES: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const EC_BYTES: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];

const BIT_STRING: u8 = 3;
const CONTEXT_1: u8 = 0xa1;

/// The part of a key that both halves have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyId {
    /// The modulus.
    Rsa(Vec<u8>),
    /// The public point.
    Ec(Vec<u8>),
}

impl KeyId {
    /// Whether two keys are surely not halves of one.
    pub fn differs(&self, other: &Self) -> bool {
        match (self, other) {
            // A point may be written in a short form.
            (Self::Ec(a), Self::Ec(b)) => a.len() == b.len() && a != b,
            _ => self != other,
        }
    }
}

/// The public key of a certificate, by its algorithm; none for others.
pub(super) fn public(algorithm: &str, key: &[u8]) -> Option<KeyId> {
    match algorithm {
        RSA => {
            let (_, modulus) = *der::sequence(key)?.first()?;
            Some(KeyId::Rsa(number(modulus)))
        }
        EC => Some(KeyId::Ec(key.to_vec())),
        _ => None,
    }
}

/// The first private key of a PEM text; none where its kind does not tell the public half.
pub fn private_key(text: &str) -> Result<Option<KeyId>, Flaw> {
    let blocks = pem::blocks(text)?;
    let block = blocks.iter().find(|block| block.label.ends_with("PRIVATE KEY"));
    let block = block.ok_or(Flaw::OtherPem)?;
    if block.is_encrypted || block.label == "ENCRYPTED PRIVATE KEY" {
        return Err(Flaw::Encrypted);
    }
    let fields = der::sequence(&block.bytes).ok_or(Flaw::NotDer)?;
    Ok(match block.label {
        "RSA PRIVATE KEY" => rsa(&fields),
        "EC PRIVATE KEY" => ec(&fields),
        "PRIVATE KEY" => pkcs8(&fields),
        _ => None,
    })
}

/// RFC 8017: version, modulus, exponents.
fn rsa(fields: &[der::Element<'_>]) -> Option<KeyId> {
    fields.get(1).map(|(_, modulus)| KeyId::Rsa(number(modulus)))
}

/// RFC 5915: version, private key, [0] parameters, [1] public key.
fn ec(fields: &[der::Element<'_>]) -> Option<KeyId> {
    let (_, public) = fields.iter().find(|(tag, _)| *tag == CONTEXT_1)?;
    match der::elements(public)?.first()? {
        (BIT_STRING, [0, point @ ..]) => Some(KeyId::Ec(point.to_vec())),
        _ => None,
    }
}

/// RFC 5958: version, algorithm, private key.
fn pkcs8(fields: &[der::Element<'_>]) -> Option<KeyId> {
    let (_, algorithm) = *fields.get(1)?;
    let (_, inner) = *fields.get(2)?;
    let (_, algorithm) = *der::elements(algorithm)?.first()?;
    match algorithm {
        RSA_BYTES => rsa(&der::sequence(inner)?),
        EC_BYTES => ec(&der::sequence(inner)?),
        _ => None,
    }
}

/// A number without leading zeros.
fn number(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().skip_while(|&byte| byte == 0).collect()
}
