//! Trees of manifests, the same bytes every time.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How large a tree is.
pub(crate) struct Size {
    pub(crate) objects: usize,
    pub(crate) files: usize,
    /// Bytes of the files with these objects.
    pub(crate) bytes: u64,
    /// Bytes of the foreign files.
    pub(crate) foreign_bytes: u64,
}

/// A small generator of numbers (xorshift); the quality is of no matter, the sequence is.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const NAMES: &[&str] = &["cart", "catalog", "checkout", "payments", "ratings", "search", "users"];
const PATHS: &[&str] = &["/", "/api/v1", "/api/v2", "/static", "/login", "/healthz", "/metrics"];

/// 4,000 objects in 400 files, and four times as many bytes of CRDs, ConfigMaps and HelmReleases beside them.
pub(crate) fn gitops(folder: &Path) -> Size {
    fresh(folder);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut size = Size { objects: 0, files: 0, bytes: 0, foreign_bytes: 0 };
    for app in 0..400 {
        let name = format!("{}-{app:03}", random.pick(NAMES));
        let text = application(app, &name, &mut random);
        size.objects += text.matches("\nkind: ").count();
        size.files += 1;
        size.bytes += text.len() as u64;
        write(&folder.join(format!("apps/{name}/istio.yaml")), &text);
        let mut foreign = Vec::new();
        while foreign.iter().map(String::len).sum::<usize>() < 4 * text.len() {
            foreign.push(match foreign.len() % 3 {
                0 => custom_resource_definition(app, &mut random),
                1 => config_map(&name, &mut random),
                _ => helm_release(&name, &mut random),
            });
        }
        let foreign = foreign.join("---\n");
        size.foreign_bytes += foreign.len() as u64;
        write(&folder.join(format!("apps/{name}/other.yaml")), &foreign);
    }
    size
}

/// Ten objects: Gateways, VirtualServices, DestinationRules and Services of one application.
fn application(app: usize, name: &str, random: &mut Random) -> String {
    let mut text = format!("# {name}\n");
    // Every other application has a Gateway.
    let gateway = format!("team-{:03}/edge", app / 2);
    if app.is_multiple_of(2) {
        let _ = write!(
            text,
            "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: edge\n  \
             namespace: team-{0:03}\nspec:\n  selector:\n    istio: ingressgateway\n  servers:\n  \
             - port:\n      number: 80\n      name: http\n      protocol: HTTP\n    hosts:\n    \
             - \"*/*.team-{0:03}.example.com\"\n    tls:\n      httpsRedirect: true\n  - port:\n      \
             number: 443\n      name: https\n      protocol: HTTPS\n    hosts:\n    \
             - \"*/*.team-{0:03}.example.com\"\n    tls:\n      mode: SIMPLE\n      \
             credentialName: team-{0:03}-cert\n",
            app / 2
        );
    }
    for at in 0..5 {
        virtual_service(&mut text, app, at, name, &gateway, random);
    }
    for at in 0..2 {
        let _ = write!(
            text,
            "---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: {name}-{at}\n  \
             namespace: {name}\nspec:\n  host: {name}-{at}.{name}.svc.cluster.local\n  trafficPolicy:\n    \
             connectionPool:\n      tcp:\n        maxConnections: {}\n  subsets:\n  - name: v1\n    labels:\n      \
             version: v1\n  - name: v2\n    labels:\n      version: v2\n",
            10 + random.below(90)
        );
    }
    for at in 0..3 - usize::from(app.is_multiple_of(2)) {
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}-{at}\n  namespace: {name}\n  labels:\n    \
             app: {name}\nspec:\n  selector:\n    app: {name}-{at}\n  ports:\n  - name: http\n    port: 80\n    \
             targetPort: 8080\n  - name: http-metrics\n    port: 9090\n"
        );
    }
    text
}

fn virtual_service(
    text: &mut String,
    app: usize,
    at: usize,
    name: &str,
    gateway: &str,
    random: &mut Random,
) {
    // One host in fifty is served by no Gateway.
    let domain = if random.below(50) == 0 { "example.org" } else { "example.com" };
    let _ = write!(
        text,
        "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: {name}-{at}\n  \
         namespace: {name}\nspec:\n  hosts:\n  - {name}-{at}.team-{:03}.{domain}\n  gateways:\n  - {gateway}\n  http:\n",
        app / 2
    );
    for rule in 0..3 {
        let (path, service) = (PATHS[(at + rule) % PATHS.len()], random.below(2));
        let _ = write!(
            text,
            "  - name: rule-{rule}\n    match:\n    - uri:\n        prefix: {path}\n      headers:\n        x-canary:\n          \
             exact: \"{rule}\"\n    route:\n    - destination:\n        host: {name}-{service}\n        subset: v1\n        \
             port:\n          number: 80\n      weight: {weight}\n    - destination:\n        host: {name}-{service}\n        \
             subset: v2\n        port:\n          number: 80\n      weight: {rest}\n    timeout: 5s\n    retries:\n      \
             attempts: 3\n      perTryTimeout: 2s\n",
            weight = 10 * (rule + 1),
            rest = 100 - 10 * (rule + 1),
        );
    }
}

fn custom_resource_definition(app: usize, random: &mut Random) -> String {
    let mut text = format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  \
         name: things{app}.example.com\nspec:\n  group: example.com\n  names:\n    kind: Thing{app}\n    \
         plural: things{app}\n  scope: Namespaced\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    \
         schema:\n      openAPIV3Schema:\n        type: object\n        properties:\n"
    );
    for field in 0..60 {
        let _ = write!(
            text,
            "          field{field}:\n            description: What {} does with {} in service {field}.\n            \
             type: string\n            maxLength: {}\n",
            random.pick(NAMES),
            random.pick(PATHS),
            random.below(1000)
        );
    }
    text
}

fn config_map(name: &str, random: &mut Random) -> String {
    let mut text = format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n  namespace: {name}\ndata:\n  \
         application.properties: |\n"
    );
    for key in 0..120 {
        let _ = writeln!(
            text,
            "    {}.{}.{key}=http://{}.internal:{}",
            random.pick(NAMES),
            random.pick(NAMES),
            random.pick(NAMES),
            random.below(65536)
        );
    }
    text
}

fn helm_release(name: &str, random: &mut Random) -> String {
    let mut text = format!(
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: {name}\n  namespace: {name}\n\
         spec:\n  interval: 10m\n  chart:\n    spec:\n      chart: {name}\n      version: 1.2.3\n  values:\n"
    );
    for key in 0..80 {
        let _ = write!(
            text,
            "    option{key}:\n      enabled: {}\n      path: {}\n      replicas: {}\n",
            random.below(2) == 0,
            random.pick(PATHS),
            random.below(9)
        );
    }
    text
}

/// VirtualServices with three rules each over Gateways of one proxy.
pub(crate) fn scale(folder: &Path, virtual_services: usize, count: usize) -> Size {
    fresh(folder);
    let mut size = Size { objects: 0, files: 0, bytes: 0, foreign_bytes: 0 };
    let mut add = |name: String, text: &str| {
        size.objects += text.matches("\nkind: ").count();
        size.files += 1;
        size.bytes += text.len() as u64;
        write(&folder.join(name), text);
    };
    let mut gateways = String::new();
    for at in 0..count {
        let _ = write!(
            gateways,
            "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: edge-{at:02}\n  \
             namespace: istio-system\nspec:\n  selector:\n    istio: ingressgateway\n  servers:\n  - port:\n      \
             number: 80\n      name: http\n      protocol: HTTP\n    hosts:\n    - \"*.zone-{at:02}.example.com\"\n"
        );
    }
    add("gateways.yaml".to_owned(), &gateways);
    for file in 0..virtual_services / 10 {
        let mut text = String::new();
        for at in 10 * file..10 * file + 10 {
            let zone = at % count;
            let _ = write!(
                text,
                "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: app-{at:05}\n  \
                 namespace: apps\nspec:\n  hosts:\n  - app-{at:05}.zone-{zone:02}.example.com\n  gateways:\n  \
                 - istio-system/edge-{zone:02}\n  http:\n"
            );
            for path in ["/api/v1", "/api/v2", "/"] {
                let _ = write!(
                    text,
                    "  - match:\n    - uri:\n        prefix: {path}\n    route:\n    - destination:\n        \
                     host: app-{at:05}\n        port:\n          number: 80\n"
                );
            }
        }
        add(format!("apps-{file:04}.yaml"), &text);
    }
    size
}

/// Empties a folder, so that nothing of an earlier run is measured.
fn fresh(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the folder is ours");
    }
    fs::create_dir_all(folder).expect("the target folder can be written");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
    fs::write(path, text).expect("the target folder can be written");
}
