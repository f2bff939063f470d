//! `gwctl explain host`: says who answers a request.

use std::io::{Read, Write};

use crate::analysis::Loaded;
use crate::cli::args::{HostArgs, HostFormat};
use crate::cli::engine;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;
use crate::explain::{Context, Question, Requests, Scheme, Target, explain_host};
use crate::input;
use crate::report;

pub(in crate::cli) fn run(
    args: &HostArgs,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    match (&args.requests, args.output) {
        (Some(_), Some(HostFormat::Text)) => {
            return Err(Error::usage("`--requests` answers in `-o jsonl` only"));
        }
        (None, Some(HostFormat::Jsonl)) => {
            return Err(Error::usage("`-o jsonl` goes with `--requests`"));
        }
        _ => {}
    }
    // With requests from a file there is no host: what stands in its place is a path.
    let first = args.requests.as_ref().and(args.host.as_ref());
    if args.requests.as_deref() == Some("-") && args.input.all_paths(first).contains(&"-") {
        return Err(Error::usage("requests and manifests cannot both come from stdin"));
    }
    let loaded = engine::read(&args.input, first, jobs)?;
    if let Some(name) = &args.requests {
        return answer_lines(loaded, name, streams);
    }
    let question = question(args)?;
    let context = Context { mesh: &loaded.mesh, sources: &loaded.sources };
    let explanation = explain_host(context, &loaded.tables, &question, args.trace);
    streams.print(&report::explanation(&explanation, &loaded.sources, streams.out))?;
    if loaded.tables.is_empty() {
        streams.note("no ingress proxy: the input has no Gateway\n")?;
    }
    super::end(loaded, explanation.is_served(), Exit::Findings, streams)
}

/// What the arguments ask; flags count before what the URL says.
fn question(args: &HostArgs) -> Result<Question, Error> {
    let target: Target = args
        .host
        .as_deref()
        .unwrap_or_default()
        .parse()
        .map_err(|error: String| Error::usage(error))?;
    let scheme = args.scheme.or(target.scheme);
    let port = args.port.map(u32::from).or(target.port);
    if scheme == Some(Scheme::Tcp) && port.is_none() {
        return Err(Error::usage("`tcp` has no port of its own").with_help("name it with `--port`"));
    }
    let path = args.path.clone().or(target.path).unwrap_or_else(|| "/".to_owned());
    Ok(Question {
        host: target.host,
        scheme,
        port,
        path,
        method: args.method.clone(),
        headers: args.headers.clone(),
        sni: args.sni.clone(),
        authority: args.authority.clone(),
    })
}

/// Answers each line of a file. The run has failed where a line was no request.
fn answer_lines(loaded: &Loaded, name: &str, streams: &mut Streams) -> Result<Exit, Error> {
    let text = if name == "-" {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        text
    } else {
        input::read_text(name)?
    };
    let requests = Requests::new(&loaded.tables);
    let mut are_valid = true;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (answer, is_valid) = requests.answer(line);
        are_valid &= is_valid;
        writeln!(streams.results(), "{answer}")?;
    }
    let unserved = if are_valid { Exit::Clean } else { Exit::Failure };
    super::end(loaded, are_valid, unserved, streams)
}
