//! Speed and memory of the binary on trees of its own making: `cargo bench`.
//!
//! 1. `gwctl lint` on a GitOps tree, against a process that does nothing but walk the tree and read its files: medians
//!    of runs that alternate, files warm. And the peak memory.
//! 2. `gwctl routes` on 1,000 and on 10,000 VirtualServices: the time of the table beyond reading and parsing, and
//!    how it grows.
//! 3. What it takes to find the routes that others shadow, of 1,000 and of 10,000 for one host.
//! 4. What all rules cost beside the table that they read, for each of these trees, for 3,000 Gateways and for servers of
//!    1,000 and of 4,000 hosts that do not accept what is wanted of them. With the word
//!    `rules` (`cargo bench --bench lint -- rules`) this alone, and with the beginning of the name of a tree's folder
//!    behind it that tree alone, with all rules one by one.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

mod lost;
mod one_host;
mod rules;
mod tree;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rayon::prelude::*;

const GWCTL: &str = env!("CARGO_BIN_EXE_gwctl");
const RUNS: usize = 5;

/// The argument that makes this program the one that only reads.
const READ: &str = "--read";

/// How many of the dearest rules are named.
const DEAREST: usize = 5;

/// The argument that leaves all but the rules out.
const RULES: &str = "rules";

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let [_, flag, folder] = &words[..]
        && flag == READ
    {
        read(Path::new(folder));
        return;
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let rules_alone = words.iter().position(|word| word == RULES);
    if rules_alone.is_none() {
        lint(&target.join("gitops"));
        table(&target.join("scale-1000"), &target.join("scale-10000"));
        shadows(&target.join("one-host"));
    }
    let tree = rules_alone.and_then(|at| words.get(at + 1)).filter(|word| !word.starts_with("--"));
    rules(target, tree.map(String::as_str));
}

/// A tree: its name, its folder, and what writes it there.
type Tree = (&'static str, &'static str, fn(&Path));

const TREES: [Tree; 6] = [
    ("4,000 objects", "gitops", |folder| {
        tree::gitops(folder);
    }),
    ("10,000 routes of one host", "one-host/10000", |folder| one_host::write(folder, 10_000)),
    ("10,000 VirtualServices on 20 Gateways", "scale-10000", |folder| {
        tree::scale(folder, 10_000, 20);
    }),
    ("3,000 VirtualServices on 3,000 Gateways", "scale-3000", |folder| {
        tree::scale(folder, 3_000, 3_000);
    }),
    ("lost hosts among 1,000", "lost/1000", |folder| lost::write(folder, 1_000)),
    ("lost hosts among 4,000", "lost/4000", |folder| lost::write(folder, 4_000)),
];

/// Of all trees, or of those whose folder begins so, and then with what all rules take one by one.
fn rules(target: &Path, wanted: Option<&str>) {
    let folders = TREES.map(|(_, folder, _)| folder);
    if wanted.is_some_and(|wanted| !folders.iter().any(|folder| folder.starts_with(wanted))) {
        println!("no such tree; there are {}", folders.join(", "));
        return;
    }
    rules::head();
    let dearest = if wanted.is_some() { usize::MAX } else { DEAREST };
    for (name, folder, write) in TREES {
        if wanted.is_none_or(|wanted| folder.starts_with(wanted)) {
            let folder = target.join(folder);
            write(&folder);
            rules::print(name, &folder, dearest);
        }
    }
}

fn lint(folder: &Path) {
    let size = tree::gitops(folder);
    println!(
        "{} objects in {} files, {} kB; {} kB of foreign YAML",
        size.objects,
        size.files,
        size.bytes / 1000,
        size.foreign_bytes / 1000
    );
    let reader = std::env::current_exe().expect("this program");
    let lint = || gwctl(&["lint", "--fail-on", "never", "-o", "concise"], folder);
    let only_read = || {
        let mut command = Command::new(&reader);
        command.arg(READ).arg(folder);
        command
    };
    let (lint_time, read_time) = alternate(&lint, &only_read);
    println!("gwctl lint               {:8.1} ms", ms(lint_time));
    println!("walk and read only       {:8.1} ms", ms(read_time));
    println!("ratio                    {:8.2}    (aim: at most 5)", ratio(lint_time, read_time));
    match peak(lint()) {
        Some(peak) => {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            let (peak, bytes) = (peak as f64, size.bytes as f64);
            let aim = 2.0 * bytes + 20e6;
            println!(
                "peak memory              {:8.1} MB   (aim: at most {:.1})",
                peak / 1e6,
                aim / 1e6
            );
            println!("peak per relevant byte   {:8.2}", peak / bytes);
        }
        None => println!("peak memory              not measured: this system has no /proc"),
    }
    println!();
}

fn table(small: &Path, large: &Path) {
    let mut costs = Vec::new();
    for (folder, count) in [(small, 1_000), (large, 10_000)] {
        let size = tree::scale(folder, count, 20);
        // A proxy that no Gateway selects: everything is read, parsed and resolved, and the table is empty.
        let load =
            || gwctl(&["routes", "-o", "envoy", "--proxy", "istio-system/istio=nobody"], folder);
        let routes = || gwctl(&["routes", "-o", "envoy"], folder);
        let lint = || gwctl(&["lint", "--fail-on", "never", "-o", "concise"], folder);
        let (routes_time, load_time) = alternate(&routes, &load);
        let (lint_time, _) = alternate(&lint, &load);
        let table_time = routes_time.saturating_sub(load_time);
        println!("{count} VirtualServices of 3 rules, 20 Gateways, {} kB", size.bytes / 1000);
        println!("read, parse, resolve     {:8.1} ms", ms(load_time));
        println!("build and print table    {:8.1} ms", ms(table_time));
        println!("gwctl routes -o envoy    {:8.1} ms", ms(routes_time));
        println!("gwctl lint               {:8.1} ms", ms(lint_time));
        println!();
        costs.push((load_time, table_time, lint_time));
    }
    let (load, table, lint) = (
        ratio(costs[1].0, costs[0].0),
        ratio(costs[1].1, costs[0].1),
        ratio(costs[1].2, costs[0].2),
    );
    println!("growth from 1,000 to 10,000: reading {load:.1}, table {table:.1}, lint {lint:.1}");
}

fn shadows(folder: &Path) {
    println!();
    for count in [1_000, 10_000] {
        let folder = folder.join(count.to_string());
        one_host::write(&folder, count);
        let lint = |rule: &str| {
            gwctl(&["lint", "--fail-on", "never", "-o", "concise", "--select", rule], &folder)
        };
        let (with, without) = alternate(&|| lint("GW504"), &|| lint("GW301"));
        println!(
            "{count:6} routes of one host: lint {:8.1} ms, of it shadowed routes {:8.1} ms",
            ms(with),
            ms(with.saturating_sub(without))
        );
    }
}

fn gwctl(words: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(GWCTL);
    command.args(["--no-config", "--color", "never"]).args(words).arg(folder);
    command
}

/// The medians of two commands that run in turn, after one run of each that warms the files.
fn alternate(a: &dyn Fn() -> Command, b: &dyn Fn() -> Command) -> (Duration, Duration) {
    time(a());
    time(b());
    let mut times: [Vec<Duration>; 2] = Default::default();
    for _ in 0..RUNS {
        times[0].push(time(a()));
        times[1].push(time(b()));
    }
    let [a, b] = times.map(|mut times| {
        times.sort_unstable();
        times[RUNS / 2]
    });
    (a, b)
}

/// Wall time of a process, its output discarded.
fn time(mut command: Command) -> Duration {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the program starts");
    let elapsed = start.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    elapsed
}

/// The most memory that a process ever had resident: the system keeps the maximum, which is asked for until the
/// process ends.
fn peak(mut command: Command) -> Option<u64> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let path = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut most = None;
    while child.try_wait().expect("the child is ours").is_none() {
        let now = std::fs::read_to_string(&path).ok().and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.trim().strip_suffix(" kB")?.parse::<u64>().ok()
        });
        most = most.max(now.map(|kib| kib * 1024));
        std::thread::sleep(Duration::from_micros(100));
    }
    most
}

/// Walks as gwctl walks, and reads what it finds with as many threads, each into one buffer.
fn read(folder: &Path) {
    let files = Mutex::new(Vec::new());
    ignore::WalkBuilder::new(folder)
        .ignore(false)
        .add_custom_ignore_filename(".gwctlignore")
        .threads(0)
        .build_parallel()
        .run(|| {
            Box::new(|entry| {
                let path = entry.expect("the tree is ours").into_path();
                if path.extension().is_some_and(|extension| extension == "yaml") {
                    files.lock().expect("no thread panics").push(path);
                }
                ignore::WalkState::Continue
            })
        });
    let files = files.into_inner().expect("no thread panics");
    let threads = std::thread::available_parallelism().map_or(8, |cores| cores.get().max(8));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let bytes: usize = pool.install(|| {
        let read = |buffer: &mut Vec<u8>, path: &PathBuf| {
            let mut file = File::open(path).expect("the tree is ours");
            let mut length = 0;
            loop {
                match file.read(&mut buffer[length..]).expect("the tree is ours") {
                    0 => return length,
                    count => length += count,
                }
                if length == buffer.len() {
                    buffer.resize(2 * length, 0);
                }
            }
        };
        files.par_iter().map_init(|| vec![0; 256 * 1024], read).sum()
    });
    assert!(bytes > 0, "{} has files", folder.display());
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(1e-6)
}
