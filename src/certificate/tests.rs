//! Certificates and keys that were made for this.

use super::*;

const SHOP: &str = include_str!("../../testdata/certificates/shop.pem");
const SHOP_KEY: &str = include_str!("../../testdata/certificates/shop.key");
const RSA: &str = include_str!("../../testdata/certificates/rsa.pem");
const RSA_KEY: &str = include_str!("../../testdata/certificates/rsa.key");
const RSA_KEY_1: &str = include_str!("../../testdata/certificates/rsa-pkcs1.key");
const OTHER_KEY: &str = include_str!("../../testdata/certificates/other.key");

fn read_one(text: &str) -> Certificate {
    certificate(text).expect("a certificate").expect("a readable one")
}

#[test]
fn a_certificate_has_names_and_dates() {
    let shop = read_one(SHOP);
    assert_eq!(shop.names, ["shop.example.com", "*.pay.example.com"]);
    assert_eq!((shop.not_before, shop.not_after), (1_767_225_600, 1_798_761_600));
    // The common name is none of them.
    let rsa = read_one(RSA);
    assert_eq!((rsa.names.len(), rsa.common_name.as_deref()), (0, Some("rsa.example.com")));
}

#[test]
fn keys_belong_to_their_certificates() {
    let key = |text: &str| private_key(text).expect("a key").expect("a known one");
    assert!(!read_one(SHOP).key.unwrap().differs(&key(SHOP_KEY)));
    assert!(!read_one(RSA).key.unwrap().differs(&key(RSA_KEY)));
    assert!(!read_one(RSA).key.unwrap().differs(&key(RSA_KEY_1)));
    assert!(read_one(SHOP).key.unwrap().differs(&key(OTHER_KEY)));
    assert!(read_one(SHOP).key.unwrap().differs(&key(RSA_KEY)));
}

#[test]
fn what_is_none_is_told_apart() {
    assert_eq!(certificate(""), Err(Flaw::Empty));
    assert_eq!(certificate(SHOP_KEY), Err(Flaw::OtherPem));
    assert_eq!(private_key(SHOP), Err(Flaw::OtherPem));
    let broken = "-----BEGIN CERTIFICATE-----\nZm9v\n-----END CERTIFICATE-----\n";
    assert_eq!(certificate(broken), Err(Flaw::NotDer));
    let locked =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n";
    assert_eq!(private_key(locked), Err(Flaw::Encrypted));
}

#[test]
fn a_wildcard_is_one_label() {
    let table = [
        ("a.example.com", "a.example.com", true),
        ("*.example.com", "a.example.com", true),
        ("*.example.com", "a.b.example.com", false),
        ("*.example.com", "example.com", false),
        ("*.example.com", "*.example.com", true),
        ("a.example.com", "*.example.com", true),
        ("a.example.org", "*.example.com", false),
        ("example.com", "*.example.com", false),
    ];
    for (name, host, expected) in table {
        assert_eq!(covers([name], host), expected, "{name} {host}");
    }
}
