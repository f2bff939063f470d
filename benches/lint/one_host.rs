//! One host with very many routes of many VirtualServices, whose order is known.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const GATEWAY: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: public}
  servers:
    - port: {number: 80, name: http, protocol: HTTP}
      hosts: [\"*.example.com\"]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: [{name: http, port: 80}]
";

/// Writes VirtualServices of 100 rules for one host. Of 100 rules 50 match a path, 30 what begins so, 10 a header of one
/// tenant, 9 a regular expression; one matches what another VirtualService matches already.
pub(crate) fn write(folder: &Path, routes: usize) {
    let mut text = GATEWAY.to_owned();
    for service in 0..routes / 100 {
        let (month, day) = (1 + service / 28, 1 + service % 28);
        let _ = write!(
            text,
            "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: vs-{service}, namespace: shop, \
             creationTimestamp: \"2025-{month:02}-{day:02}T00:00:00Z\"}}\nspec:\n  hosts: [shop.example.com]\n  \
             gateways: [infra/public]\n  http:\n"
        );
        for rule in 0..100 {
            let condition = match rule {
                0 => "uri: {exact: /shared/item}".to_owned(),
                1..=50 => format!("uri: {{exact: /shop/{service}/{rule}}}"),
                51..=80 => format!("uri: {{prefix: /api/{service}/{rule}/}}"),
                81..=90 => format!("headers: {{x-tenant: {{exact: \"{service}-{rule}\"}}}}"),
                _ => format!("uri: {{regex: \"/items/{service}-{rule}/[0-9]+(/.*)?\"}}"),
            };
            let _ = write!(
                text,
                "    - match: [{{{condition}}}]\n      route: [{{destination: {{host: web}}}}]\n"
            );
        }
    }
    fs::create_dir_all(folder).expect("the folder of the target is ours");
    fs::write(folder.join("manifests.yaml"), text).expect("it can be written");
}
