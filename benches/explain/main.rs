//! Speed of `gwctl explain host --requests`: `cargo bench --bench explain`.
//!
//! 100,000 requests against tables of 1,000 routes: 100 hosts of 10 routes, and one host of 1,000, where Envoy and
//! gwctl look at 500 of them for the average request. The whole process counts: reading manifests, making the table,
//! reading requests, writing answers.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const GWCTL: &str = env!("CARGO_BIN_EXE_gwctl");
const RUNS: usize = 5;
const REQUESTS: usize = 100_000;
const ROUTES: usize = 1_000;

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

fn main() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for hosts in [100, 1] {
        let folder = target.join(format!("explain-{hosts}"));
        fs::create_dir_all(&folder).expect("the folder of the target is ours");
        let requests = folder.join("requests.jsonl");
        fs::write(folder.join("manifests.yaml"), manifests(hosts)).expect("it can be written");
        fs::write(&requests, request_lines(hosts)).expect("it can be written");
        let mut times: Vec<Duration> = (0..=RUNS).map(|_| time(&folder, &requests)).collect();
        // The first run warms the files.
        times.remove(0);
        times.sort_unstable();
        let median = times[RUNS / 2].as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let rate = REQUESTS as f64 / median;
        println!(
            "{REQUESTS} requests, {hosts:3} hosts of {:4} routes {:8.1} ms {rate:10.0} requests/s    (aim: at least 100000)",
            ROUTES / hosts,
            median * 1e3,
        );
    }
}

/// One VirtualService for each host.
fn manifests(hosts: usize) -> String {
    let mut text = GATEWAY.to_owned();
    for host in 0..hosts {
        write!(
            text,
            "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\n\
             metadata: {{name: host-{host}, namespace: shop}}\nspec:\n  \
             hosts: [host-{host}.example.com]\n  gateways: [infra/public]\n  http:\n"
        )
        .expect("a string takes all");
        for route in 0..ROUTES / hosts {
            writeln!(
                text,
                "    - match: [{{uri: {{prefix: /service-{route}/}}, headers: {{x-tenant: {{exact: a}}}}}}]\n      \
                 route: [{{destination: {{host: web}}}}]"
            )
            .expect("a string takes all");
        }
    }
    text
}

/// Requests for all routes in turn.
fn request_lines(hosts: usize) -> String {
    let mut text = String::new();
    for at in 0..REQUESTS {
        let (host, route) = (at % hosts, (at / hosts) % (ROUTES / hosts));
        writeln!(
            text,
            r#"{{"port":80,"host":"host-{host}.example.com","path":"/service-{route}/items?page={at}","headers":[["user-agent","curl/8"],["x-tenant","a"]]}}"#
        )
        .expect("a string takes all");
    }
    text
}

/// Wall time of a run that answers all requests.
fn time(folder: &Path, requests: &Path) -> Duration {
    let mut command = Command::new(GWCTL);
    command.args(["--no-config", "explain", "host", "-o", "jsonl", "--requests"]).arg(requests);
    command.arg(folder.join("manifests.yaml"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the program starts");
    let elapsed = start.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    elapsed
}
