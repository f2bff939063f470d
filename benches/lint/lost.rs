//! One server with very many hosts, and VirtualServices whose hosts it does not accept, keeps for others, or has another
//! server for.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const GATEWAYS: [(&str, &str); 2] = [
    ("plain", "{number: 80, name: http, protocol: HTTP}"),
    (
        "secure",
        "{number: 443, name: https, protocol: HTTPS}\n      tls: {mode: SIMPLE, credentialName: shop}",
    ),
];

/// Writes a Gateway of so many hosts with TLS and one without, and half as many VirtualServices for each: of three hosts,
/// the first one is meant and misspelt, the second is kept for another namespace, and TLS for the third one lands in a
/// server for it alone.
pub(crate) fn write(folder: &Path, hosts: usize) {
    let mut text = String::new();
    for (name, port) in GATEWAYS {
        let _ = write!(
            text,
            "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {name}, namespace: infra}}\nspec:\n  \
             selector: {{istio: public}}\n  servers:\n    - port: {port}\n      hosts:\n        - \"*.wide.example.com\"\n"
        );
        for at in 0..hosts {
            let _ = write!(
                text,
                "        - shop-{at}.{name}.example.com\n        - other/kept-{at}.{name}.example.com\n"
            );
        }
    }
    let _ = write!(
        text,
        "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: own, namespace: infra}}\nspec:\n  \
         selector: {{istio: public}}\n  servers:\n    - port: {}\n      hosts:\n",
        GATEWAYS[1].1
    );
    for at in 0..hosts {
        let _ = writeln!(text, "        - own-{at}.wide.example.com");
    }
    for at in 0..hosts {
        let (name, _) = GATEWAYS[at % 2];
        let _ = write!(
            text,
            "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: vs-{at}, namespace: shop}}\n\
             spec:\n  hosts: [shop-{at}.{name}.example.org, kept-{at}.{name}.example.com, own-{at}.wide.example.com]\n  \
             gateways: [infra/{name}]\n  http:\n    - route: [{{destination: {{host: web}}}}]\n"
        );
    }
    fs::create_dir_all(folder).expect("the folder of the target is ours");
    fs::write(folder.join("manifests.yaml"), text).expect("it can be written");
}
