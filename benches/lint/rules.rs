//! What all rules cost beside the table that they read: time of the processor, within one process and one thread, so that
//! what else the machine does hardly matters.

use std::path::Path;
use std::time::{Duration, Instant};

use gwctl::analysis::{Ignores, LoadOptions, Loaded, Selected, lint, outline, suppress};
use gwctl::envoy;
use gwctl::envoy::route::Outline;
use gwctl::input::{self, Options};
use gwctl::rules::{self, Complete, Findings, World};
use gwctl::suppression::Date;

use crate::{ms, ratio};

/// Of so many runs the median is taken.
const RUNS: usize = 9;

/// 2026-01-01.
const NOW: i64 = 1_767_225_600;

/// Prints the head of the lines of [`print`].
pub(crate) fn head() {
    println!();
    println!("{:42} {:>8}  {:>8}  {:>8}  ratio", "one thread, ms", "outline", "table", "rules");
}

/// Prints what the tables of a tree take, in outline as lint makes them and whole as `routes` does, and what all rules take
/// that are on by default; then the dearest rules.
pub(crate) fn print(name: &str, folder: &Path, count: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    pool.install(|| {
        let loaded = load(folder);
        let complete = Complete::default();
        let on = rules::checks().map(|check| check.rule).filter(|rule| rule.on_by_default);
        let selected = Selected::all_of(on.collect());
        let proxies = &loaded.mesh.proxies;
        let (mut outlines, mut tables, mut checks) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let outline = |proxy| envoy::outline(&loaded.mesh, proxy);
            outlines.push(time(|| proxies.iter().map(outline).collect::<Vec<_>>()));
            let build = |proxy| envoy::build(&loaded.mesh, proxy);
            tables.push(time(|| proxies.iter().map(build).collect::<Vec<_>>()));
            checks.push(time(|| check(&loaded, &selected, &complete)));
        }
        let [outline, table, checks] = [outlines, tables, checks].map(median);
        let [to_outline, to_table] = [outline, table].map(|one| ratio(checks, one));
        println!(
            "{name:42} {:8.2}  {:8.2}  {:8.2}  {to_outline:.2} of the outline, {to_table:.2} of the table",
            ms(outline),
            ms(table),
            ms(checks)
        );
        println!("    {}", dearest(&loaded, &complete, count));
    });
}

fn load(folder: &Path) -> Loaded<Outline> {
    let paths = vec![folder.display().to_string()];
    let input = input::collect(&Options { paths, ..Options::default() }, &mut std::io::empty());
    let options = LoadOptions { now: Some(NOW), ..LoadOptions::default() };
    outline(input.expect("the tree is ours"), &options)
}

/// All that `gwctl lint` does between tables and printing.
fn check(loaded: &Loaded<Outline>, selected: &Selected, complete: &Complete) -> usize {
    let mut outcome = lint(loaded, selected, complete);
    let ignores = Ignores { selected, today: Date::of_seconds(NOW), is_partial: false };
    suppress(&mut outcome, &loaded.sources, ignores);
    outcome.findings.len()
}

/// The rules that take most of the time. The first of those that share something pays for it.
fn dearest(loaded: &Loaded<Outline>, complete: &Complete, count: usize) -> String {
    let unread = loaded.unread();
    let mut of_rules: Vec<(&str, Vec<Duration>)> = Vec::new();
    for _ in 0..RUNS {
        let world = World::new(&loaded.mesh, &loaded.tables, complete, &unread).at(loaded.now);
        let all = rules::checks().filter(|check| check.rule.on_by_default);
        let all = all.filter_map(|check| Some((check.rule.code, check.run?)));
        for (at, (code, run)) in all.enumerate() {
            if of_rules.len() == at {
                of_rules.push((code, Vec::new()));
            }
            of_rules[at].1.push(time(|| {
                let mut out = Findings::default();
                run(&world, &mut out);
                out
            }));
        }
    }
    let mut all: Vec<_> = of_rules.into_iter().map(|(code, times)| (median(times), code)).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    let all = all.iter().take(count).map(|(time, code)| format!("{code} {:.2}", ms(*time)));
    all.collect::<Vec<_>>().join(", ")
}

/// What it takes to make something; not what it takes to free it.
fn time<T>(make: impl FnOnce() -> T) -> Duration {
    let (start, had) = (Instant::now(), worked());
    let thing = make();
    let elapsed = match (had, worked()) {
        (Some(from), Some(to)) => to.saturating_sub(from),
        _ => start.elapsed(),
    };
    drop(std::hint::black_box(thing));
    elapsed
}

/// How long this thread has had a processor; none: the system does not say.
fn worked() -> Option<Duration> {
    // The system counts when it looks for a thread to run.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
