//! `gwctl routes`: prints the effective table of every ingress proxy.

use crate::analysis::{Loaded, Outcome, contested};
use crate::cli::args::{Global, RoutesArgs, RoutesOutput};
use crate::cli::engine;
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::project::Project;
use crate::cli::settings::{Settings, only};
use crate::cli::streams::Streams;
use crate::report;
use crate::report::routes::{ByAge, Routes, RoutesOptions};
use crate::rules::{ClusterPresences, SecretPresences};

pub(in crate::cli) fn run(
    args: &RoutesArgs,
    global: &Global,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let output = environment::format(args.output, RoutesOutput::Table)?;
    check(args, output)?;
    let project = Project::find(global, args.input.first_path(None))?;
    project.log(streams);
    let settings = Settings::resolve(&args.input, None, jobs, &project)?;
    engine::start(jobs)?;
    if args.input.show_files {
        return super::show_files(&settings, streams);
    }
    let settings = if output.prints_one() {
        vec![only(settings, &format!("`-o {}`", output.word()))?]
    } else {
        settings
    };
    let several = settings.len() > 1;
    let mut exits = Vec::new();
    let mut unknown = None;
    for (at, one) in settings.iter().enumerate() {
        if several {
            super::heading(at, one, output == RoutesOutput::Markdown, streams)?;
        }
        let loaded = engine::read(one, &streams.phases)?;
        streams.phases.begin_printing();
        let wanted = args.gateway.as_deref().map(|name| super::gateways(loaded, name));
        match wanted {
            // One of several clusters is enough.
            Some(Err(error)) => unknown = Some(error),
            _ => exits.push(print(args, output, one, loaded, streams)?),
        }
    }
    if let (Some(error), true) = (unknown, exits.is_empty()) {
        return Err(error);
    }
    streams.timings(false);
    Ok(super::worst(&exits))
}

/// Prints the tables of one cluster.
fn print(
    args: &RoutesArgs,
    output: RoutesOutput,
    settings: &Settings,
    loaded: &Loaded,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let complete = &settings.complete;
    let unread = loaded.unread();
    let mesh = &loaded.mesh;
    let options = RoutesOptions {
        listeners: args.listeners || !args.routes,
        routes: args.routes || !args.listeners,
        show_source: args.show_source,
        color: streams.out.color,
        width: streams.out_columns,
        gateway: args.gateway.clone(),
        port: args.port,
        host: args.host.clone(),
        name: args.name.clone(),
    };
    let routes = Routes {
        tables: &loaded.tables,
        mesh,
        sources: &loaded.sources,
        options: &options,
        clusters: &ClusterPresences::new(mesh, complete, &unread),
        secrets: &SecretPresences::new(mesh, complete, &unread),
        order: &ByAge::new(&loaded.mesh, &loaded.tables),
        contested: &contested(loaded),
    };
    streams.print_by(|out| routes.write(output.into(), out))?;
    let mut notes = routes.remarks();
    // In other tools it is the namespace of the proxy.
    if let (Some(namespace), true) = (&args.input.namespace, routes.shows_nothing()) {
        notes.push(format!(
            "`-n {namespace}` is the namespace of objects that state none; `--proxy` chooses a proxy"
        ));
    }
    let beside = Outcome { notes, ..Outcome::default() };
    streams.note(&report::notes(&beside, false, streams.err))?;
    super::end(loaded, true, Exit::Clean, streams)
}

/// Refuses what a format cannot do.
fn check(args: &RoutesArgs, output: RoutesOutput) -> Result<(), Error> {
    let given = [
        ("--gateway", args.gateway.is_some()),
        ("--port", args.port.is_some()),
        ("--host", args.host.is_some()),
        ("--name", args.name.is_some()),
        ("--listeners", args.listeners),
        ("--routes", args.routes),
        ("--show-source", args.show_source),
    ];
    let first = given.into_iter().find_map(|(flag, is_given)| is_given.then_some(flag));
    match (output, first) {
        (RoutesOutput::Envoy, Some(flag)) => {
            Err(Error::usage(format!("`{flag}` cannot be used with `-o envoy`"))
                .with_help("it prints whole proxies; choose them by `--proxy`, or use `-o json`"))
        }
        (RoutesOutput::Csv | RoutesOutput::Short, _) if args.listeners && args.routes => Err(
            Error::usage("`-o csv` and `-o short` print one table: `--listeners` or `--routes`"),
        ),
        _ => Ok(()),
    }
}
