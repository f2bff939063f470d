//! What a run does: flags, then the config file, then what holds where nobody says anything.

use std::sync::Arc;

use super::args::InputArgs;
use super::error::Error;
use super::project::Project;
use crate::config::Cluster;
use crate::input::{self, Revision};
use crate::istio::Version;
use crate::mesh::{Front, ProxySpec};
use crate::rules::Complete;
use crate::text::spelling;

/// Where the Pods of a proxy are of which nobody says it.
const PROXY_NAMESPACE: &str = "istio-system";

/// What is read and how it is understood.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// The cluster that this is; none: the config file knows of none, or paths are named.
    pub(super) cluster: Option<String>,
    /// What is read.
    pub(super) input: input::Options,
    /// Namespace of objects that state none.
    pub(super) namespace: String,
    /// Whether kustomizations give their namespace to the objects of the files that they are built from.
    pub(super) kustomize_namespace: bool,
    /// Release of Istio to follow.
    pub(super) version: Version,
    /// The file of the MeshConfig.
    pub(super) mesh_config: Option<String>,
    /// Kinds of which the input holds every object.
    pub(super) complete: Complete,
    /// Proxies that are defined.
    pub(super) proxies: Vec<ProxySpec>,
    /// Names of the proxies that are wanted; empty: all.
    pub(super) named: Vec<String>,
    /// Whether objects that would be refused take part.
    pub(super) include_rejected: bool,
    /// Namespace of mesh-wide objects where the MeshConfig names none.
    pub(super) root_namespace: Option<String>,
    /// Domain of cluster-local names.
    pub(super) domain: Option<String>,
    /// The time that counts as now, in seconds since 1970; none: what the clock says.
    pub(super) now: Option<i64>,
}

impl Settings {
    /// Decides every setting, for each cluster that is wanted; at least one. `first` comes before the paths of the
    /// arguments.
    pub(super) fn resolve(
        args: &InputArgs,
        first: Option<&String>,
        jobs: usize,
        project: &Project,
    ) -> Result<Vec<Self>, Error> {
        let mut given = args.all_paths(first);
        let mut clusters = named(&args.clusters, &project.config.clusters)?;
        // Who names all that the file is for means what it says of that.
        let is_all = given.is_empty() || given.iter().any(|path| project.is_within(path));
        if is_all && args.clusters.is_empty() {
            clusters.extend(&project.config.clusters);
        }
        if is_all && !clusters.is_empty() {
            given.clear();
        }
        let settings = |cluster| Self::of(args, &given, jobs, project, cluster);
        let all: Vec<Self> = if clusters.is_empty() {
            vec![settings(None)?]
        } else {
            clusters.into_iter().map(|cluster| settings(Some(cluster))).collect::<Result<_, _>>()?
        };
        match &args.rev {
            Some(name) => Self::at(&all, Revision::open(name, true)?),
            None => Ok(all),
        }
    }

    /// The same for what is read at a revision of git.
    pub(super) fn at(all: &[Self], revision: Revision) -> Result<Vec<Self>, Error> {
        if all.iter().any(|one| one.input.paths.iter().any(|path| path == "-")) {
            return Err(Error::usage("standard input has no revisions").with_help(
                "with `--rev` and `--new-since` name files or folders of the repository",
            ));
        }
        let revision = Some(Arc::new(revision));
        let of = |one: &Self| {
            let input = input::Options { revision: revision.clone(), ..one.input.clone() };
            Self { input, ..one.clone() }
        };
        Ok(all.iter().map(of).collect())
    }

    /// The settings of one cluster, or of all that is named.
    fn of(
        args: &InputArgs,
        given: &[&str],
        jobs: usize,
        project: &Project,
        cluster: Option<&Cluster>,
    ) -> Result<Self, Error> {
        let config = &project.config;
        let of_cluster = |key: fn(&Cluster) -> Option<&String>| cluster.and_then(key);
        let paths = cluster.and_then(|cluster| cluster.paths.as_ref()).or(config.paths.as_ref());
        let paths: Vec<String> = match paths {
            _ if !given.is_empty() => given.iter().map(|path| (*path).to_owned()).collect(),
            Some(paths) => paths.iter().map(|path| project.enter(path)).collect(),
            None => vec![".".to_owned()],
        };
        let below: Vec<String> = config.exclude.iter().map(|text| text.value.clone()).collect();
        let (defined, named): (Vec<_>, Vec<_>) =
            args.proxies.iter().partition(|text| text.contains('='));
        let proxies = if defined.is_empty() {
            config.proxies.iter().map(of_config).collect()
        } else {
            defined.into_iter().map(|text| proxy(text)).collect::<Result<_, _>>()?
        };
        let of_flag = args.mesh_config.as_ref().map(|path| path.to_string_lossy().into_owned());
        let of_file = of_cluster(|cluster| cluster.mesh_config.as_ref());
        let of_file = of_file.or(config.mesh_config.as_ref()).map(|path| project.enter(path));
        let complete =
            cluster.and_then(|cluster| cluster.complete.as_ref()).or(config.complete.as_ref());
        let complete = match complete {
            Some(kinds) if args.complete.is_empty() => kinds,
            _ => &args.complete,
        };
        let version = args.istio_version.as_ref();
        let version = version.or(of_cluster(|cluster| cluster.istio_version.as_ref()));
        let version = version.or(config.istio_version.as_ref());
        let known = |text: &String| text.parse().expect("only known versions get here");
        let namespace = args.namespace.as_ref();
        let namespace = namespace.or(of_cluster(|cluster| cluster.namespace.as_ref()));
        let namespace = namespace.or(config.namespace.as_ref()).cloned();
        Ok(Self {
            cluster: cluster.map(|cluster| cluster.name.clone()),
            input: input::Options {
                paths,
                revision: None,
                exclude: args.exclude.clone(),
                exclude_below: (!below.is_empty()).then(|| (project.root(), below)),
                force_exclude: args.force_exclude,
                no_gitignore: args.no_gitignore || config.gitignore == Some(false),
                hidden: args.hidden || config.hidden == Some(true),
                follow: args.follow || config.follow == Some(true),
                stdin_name: args.stdin_filename.clone(),
                jobs,
                list_others: args.show_files,
            },
            namespace: namespace.unwrap_or_else(|| "default".to_owned()),
            kustomize_namespace: config.kustomize_namespace == Some(true),
            version: version.map_or_else(Version::default, known),
            mesh_config: of_flag.or(of_file),
            complete: Complete::new(complete.iter().map(String::as_str)),
            proxies,
            named: named.into_iter().cloned().collect(),
            include_rejected: args.include_rejected,
            now: args.now,
            root_namespace: config.root_namespace.clone(),
            domain: config.domain_suffix.clone(),
        })
    }
}

/// The clusters of some names, in the order of the config file.
fn named<'c>(names: &[String], clusters: &'c [Cluster]) -> Result<Vec<&'c Cluster>, Error> {
    let known = || clusters.iter().map(|cluster| cluster.name.as_str());
    if let Some(name) = names.iter().find(|name| !known().any(|known| known == name.as_str())) {
        let help = match spelling::nearest(name, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if clusters.is_empty() => "name what belongs together in `.gwctl.yaml`, as in \
                 `clusters: {prod: {paths: [infra, clusters/prod]}}`"
                .to_owned(),
            None => format!("clusters are {}", known().collect::<Vec<_>>().join(", ")),
        };
        return Err(Error::usage(format!("no cluster is called `{name}`")).with_help(help));
    }
    Ok(clusters.iter().filter(|cluster| names.contains(&cluster.name)).collect())
}

/// The one cluster of a command that cannot show several.
pub(super) fn only(settings: Vec<Settings>, what: &str) -> Result<Settings, Error> {
    let names: Vec<String> = settings.iter().filter_map(|one| one.cluster.clone()).collect();
    let mut settings = settings.into_iter();
    match (settings.next(), settings.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Error::usage(format!("{what} is about one cluster"))
            .with_help(format!("choose it by `--cluster`; clusters are {}", names.join(", ")))),
    }
}

/// A proxy of the config file.
fn of_config(proxy: &crate::config::Proxy) -> ProxySpec {
    ProxySpec {
        name: proxy.name.clone(),
        namespace: proxy.namespace.clone().unwrap_or_else(|| PROXY_NAMESPACE.to_owned()),
        labels: proxy.labels.clone(),
        front: match (&proxy.service, &proxy.ports) {
            (Some((namespace, name)), _) => {
                Front::Service { namespace: namespace.clone(), name: name.clone() }
            }
            (None, Some(ports)) => Front::Ports(ports.clone()),
            (None, None) => Front::Selecting,
        },
    }
}

/// Reads the labels of `--proxy`.
pub(super) fn proxy(text: &str) -> Result<ProxySpec, Error> {
    ProxySpec::parse(text).ok_or_else(|| {
        Error::usage(format!("`--proxy {text}` has an item without `=`"))
            .with_help("write labels as `[NAMESPACE/]key=value,...`")
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};
    use crate::cli::project::vocabulary;
    use crate::config;

    fn settings(line: &str, config: &str) -> Settings {
        let cli = Cli::parse_from(line.split(' '));
        let Command::Lint(args) = cli.command else { panic!("{line}") };
        let config = config::read(config, &vocabulary()).unwrap();
        let project = Project { config, ..Project::default() };
        Settings::resolve(&args.input, None, 0, &project).unwrap().remove(0)
    }

    #[test]
    fn flags_count_before_the_file_and_the_file_before_the_default() {
        let file = "namespace: shop\nistio-version: 1.29\npaths: [infra]\ncomplete: [Service]\nmesh-config: m.yaml\n\
                    proxies: {edge: {labels: {istio: edge}}}\nhidden: true\ngitignore: false\nexclude: vendor";
        let plain = settings("gwctl lint", "");
        assert_eq!((plain.namespace.as_str(), plain.version), ("default", Version::default()));
        assert_eq!(plain.input.paths, ["."]);
        assert!(!plain.input.hidden && !plain.input.no_gitignore && plain.proxies.is_empty());
        let read = settings("gwctl lint", file);
        assert_eq!((read.namespace.as_str(), read.version.as_str()), ("shop", "1.29"));
        assert_eq!(
            (read.input.paths.as_slice(), read.mesh_config.as_deref()),
            (&["infra".to_owned()][..], Some("m.yaml"))
        );
        assert!(
            read.input.hidden && read.input.no_gitignore && read.complete.covers_all("Service")
        );
        assert_eq!(
            (read.proxies[0].name.as_str(), read.proxies[0].namespace.as_str()),
            ("edge", "istio-system")
        );
        assert_eq!(read.input.exclude_below.unwrap().1, ["vendor"]);
        let flags = "gwctl lint apps -n web --istio-version 1.30 --complete Secret --mesh-config n.yaml --proxy a/b=c \
                     --proxy edge";
        let given = settings(flags, file);
        assert_eq!((given.namespace.as_str(), given.version.as_str()), ("web", "1.30"));
        assert_eq!(
            (given.input.paths.as_slice(), given.mesh_config.as_deref()),
            (&["apps".to_owned()][..], Some("n.yaml"))
        );
        assert!(given.complete.covers_all("Secret") && !given.complete.covers_all("Service"));
        assert_eq!(
            (given.proxies[0].name.as_str(), given.named),
            ("a/b=c", vec!["edge".to_owned()])
        );
    }
}
