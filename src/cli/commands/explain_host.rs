//! `gwctl explain host`: says who answers a request.

use std::io::Read;

use clap::ValueEnum;

use crate::analysis::{Loaded, Version, path_at, versions};
use crate::cli::args::{Global, HostArgs, HostFormat};
use crate::cli::engine;
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::project::Project;
use crate::cli::settings::{Settings, only};
use crate::cli::streams::Streams;
use crate::envoy::Table;
use crate::explain::{
    Assumed, Context, Explanation, Question, Requests, Scheme, Target, explain_host,
    gateways_named, host_header, policies_note, settle,
};
use crate::input;
use crate::mesh::Mesh;
use crate::report::{ExplainFormat, ExplainReport};
use crate::rules::{ClusterPresences, Complete, SecretPresences, Unread};
use crate::text::Span;

pub(in crate::cli) fn run(
    args: &HostArgs,
    global: &Global,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let format = format(args)?;
    // With requests from a file there is no host: what stands in its place is a path.
    let first = args.requests.as_ref().and(args.host.as_ref());
    if args.requests.as_deref() == Some("-") && args.input.all_paths(first).contains(&"-") {
        return Err(Error::usage("requests and manifests cannot both come from stdin"));
    }
    let project = Project::find(global, args.input.first_path(first))?;
    project.log(streams);
    let settings = Settings::resolve(&args.input, first, jobs, &project)?;
    engine::start(jobs)?;
    if args.input.show_files {
        return super::show_files(&settings, streams);
    }
    if let Some(name) = &args.requests {
        let loaded = engine::read(&only(settings, "`--requests`")?, &streams.phases)?;
        streams.phases.begin_printing();
        return answer_lines(loaded, name, streams);
    }
    let settings = match format {
        ExplainFormat::Text => settings,
        _ => vec![only(settings, "an answer as JSON or YAML")?],
    };
    let mut exits = Vec::new();
    for (at, one) in settings.iter().enumerate() {
        if settings.len() > 1 {
            super::heading(at, one, false, streams)?;
        }
        exits.push(answer(args, one, format, streams)?);
    }
    streams.timings(false);
    Ok(super::best(&exits))
}

/// Prints the answer of one cluster.
fn answer(
    args: &HostArgs,
    settings: &Settings,
    format: ExplainFormat,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let loaded = engine::read(settings, &streams.phases)?;
    streams.phases.begin_printing();
    let question = question(args, loaded)?;
    let asked = Asked {
        loaded,
        complete: &settings.complete,
        unread: &loaded.unread(),
        trace: args.trace || format != ExplainFormat::Text,
    };
    let own = asked.explain(&loaded.mesh, &loaded.tables, &question);
    let explanation = match versions(loaded) {
        Some(versions) => {
            let versions: &'static [Version] = Vec::leak(versions);
            settle(own, asked.versions(versions, args.gateway.as_deref(), &question))
        }
        None => uncertain(own),
    };
    let path = |span: Span| path_at(span.source, &loaded.sources.get(span.source).text, span);
    let report = ExplainReport {
        question: &question,
        explanation: &explanation,
        sources: &loaded.sources,
        paths: &path,
        terminal: streams.out,
    };
    streams.print_by(|out| report.write(format, out))?;
    if loaded.tables.is_empty() {
        streams.note("no ingress proxy: the input has no Gateway\n")?;
    }
    super::end(loaded, explanation.is_served(), Exit::Findings, streams)
}

/// Answers that may be others with other files, which are too many to look at.
fn uncertain(mut explanation: Explanation<'static>) -> Explanation<'static> {
    let note = "objects have different text in many folders or files: this holds with the last one of each, and may be \
                otherwise with others";
    explanation.notes.push(note.to_owned());
    explanation
}

/// What is asked of, and how.
struct Asked<'a> {
    loaded: &'static Loaded,
    complete: &'a Complete,
    unread: &'a Unread,
    trace: bool,
}

impl Asked<'_> {
    /// The answers of tables. Like these they live as long as the process.
    fn explain(
        &self,
        mesh: &'static Mesh,
        tables: &'static [Table],
        question: &Question,
    ) -> Explanation<'static> {
        let presences = ClusterPresences::new(mesh, self.complete, self.unread);
        let tables = tables.iter().map(|table| Assumed::new(table, &presences)).collect();
        let tables: &'static [Assumed<'static>] = Vec::leak(tables);
        let secrets = &SecretPresences::new(mesh, self.complete, self.unread);
        let (sources, unread) = (&self.loaded.sources, self.unread);
        let context = Context { mesh, sources, secrets, unread };
        explain_host(context, tables, question, self.trace)
    }

    /// The answers with the files of each place; none where they are those of the whole input.
    fn versions(
        &self,
        versions: &'static [Version],
        gateway: Option<&str>,
        question: &Question,
    ) -> Vec<(String, Option<Explanation<'static>>)> {
        let explain = |version: &'static Version| {
            let (mesh, tables) = version.other.as_ref()?;
            // Gateways are known by their number.
            let gateways = gateway.map(|name| gateways_named(mesh, name));
            let question = Question { gateways, ..question.clone() };
            Some(self.explain(mesh, tables, &question))
        };
        versions.iter().map(|version| (version.place.clone(), explain(version))).collect()
    }
}

/// The format of one answer; requests from a file are answered in lines of JSON.
fn format(args: &HostArgs) -> Result<ExplainFormat, Error> {
    let of_lines = args.requests.is_some();
    // What the environment says for all commands is no mistake where it does not fit.
    let fits = |format: &HostFormat| of_lines == (*format == HostFormat::Jsonl);
    let known = |word: &str| HostFormat::from_str(word, false).ok();
    let of_environment = || Ok::<_, Error>(environment::output(known)?.filter(fits));
    let output = if args.output.is_some() { args.output } else { of_environment()? };
    match (of_lines, output) {
        (true, Some(HostFormat::Text | HostFormat::Json | HostFormat::Yaml)) => {
            Err(Error::usage("`--requests` answers in `-o jsonl` only"))
        }
        (false, Some(HostFormat::Jsonl)) => Err(Error::usage("`-o jsonl` goes with `--requests`")),
        (_, None | Some(HostFormat::Text | HostFormat::Jsonl)) => Ok(ExplainFormat::Text),
        (_, Some(HostFormat::Json)) => Ok(ExplainFormat::Json),
        (_, Some(HostFormat::Yaml)) => Ok(ExplainFormat::Yaml),
    }
}

/// What the arguments ask; flags count before what the URL says.
fn question(args: &HostArgs, loaded: &Loaded) -> Result<Question, Error> {
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
    let mut headers = args.headers.clone();
    let host = host_header(&mut headers);
    let mut question = Question {
        host: target.host,
        scheme,
        port,
        path: with_slash(path),
        method: args.method.clone(),
        headers,
        sni: args.sni.clone(),
        authority: args.authority.clone().or(host),
        address: args.address.clone(),
        client_ip: args.client_ip.map(|ip| ip.to_string()),
        random: args.random,
        gateways: args.gateway.as_deref().map(|name| gateways(loaded, name)).transpose()?,
    };
    for (name, value) in &args.query {
        question.add_query(name, value);
    }
    Ok(question)
}

/// A path as clients send it; only that of `OPTIONS *` and a whole URL begin otherwise.
fn with_slash(path: String) -> String {
    if path.starts_with('/') || path == "*" || path.contains("://") {
        path
    } else {
        format!("/{path}")
    }
}

/// The Gateways of a name, at least one of which is on a proxy.
fn gateways(loaded: &Loaded, name: &str) -> Result<Vec<u32>, Error> {
    let all = super::gateways(loaded, name)?;
    let mut servers = loaded.tables.iter().flat_map(|table| &table.servers);
    if servers.any(|server| all.contains(&server.gateway)) {
        return Ok(all);
    }
    let error = Error::usage(format!("no proxy has a server of Gateway `{name}`"));
    Err(error.with_help(super::gateways_found(loaded)))
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
    for table in &loaded.tables {
        if let Some(note) = policies_note(&loaded.mesh, &loaded.sources, &table.proxy) {
            streams.note(&format!("proxy {}: {note}\n", table.proxy.name))?;
        }
    }
    let answers = Requests::new(&loaded.tables).answer_all(&text);
    for part in &answers.parts {
        streams.print(part)?;
    }
    let unserved = if answers.are_valid { Exit::Clean } else { Exit::Failure };
    super::end(loaded, answers.are_valid, unserved, streams)
}
