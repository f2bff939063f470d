//! Options of every command that reads manifests.

use std::path::PathBuf;

use clap::Args;

use crate::istio::Version;
use crate::manifest;

use super::words::{KINDS, Words, parse_kind};

const INPUT: &str = "Input";

/// Options of every command that reads manifests.
#[derive(Debug, Default, Args)]
pub struct InputArgs {
    /// Files, directories, quoted globs, or - for stdin [default: paths of the config file, else .]
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// The same as PATH, repeatable
    #[arg(help_heading = INPUT, short, long = "filename", value_name = "PATH")]
    pub filenames: Vec<String>,
    /// Name to print for -
    #[arg(help_heading = INPUT, long, value_name = "NAME", default_value = "<stdin>", hide_default_value = true)]
    pub stdin_filename: String,
    /// Read the PATHs at this revision of git; `:` is the index
    ///
    /// Nothing is checked out: the program `git` is asked. Excludes and ignore files hold as in a walk; submodules
    /// are not read. The config file and the baseline are those of the work tree; the file of --mesh-config is that
    /// of the revision, where it has it.
    #[arg(help_heading = INPUT, long, value_name = "REV")]
    pub rev: Option<String>,
    /// Only this cluster of the config file, repeatable [default: all]
    #[arg(help_heading = INPUT, long = "cluster", value_name = "NAME")]
    pub clusters: Vec<String>,
    /// Namespace of objects that state none [default: default]
    #[arg(help_heading = INPUT, short, long, value_name = "NS")]
    pub namespace: Option<String>,
    /// Leave out paths that match, repeatable; relative to the current directory
    ///
    /// A pattern without `/` is compared with the name of every file and directory, as in `vendor` or `*.gen.yaml`;
    /// one with `/` with the path from the current directory on, as in `apps/*/tmp` or `**/charts/test`.
    #[arg(help_heading = INPUT, long, value_name = "GLOB", value_delimiter = ',')]
    pub exclude: Vec<String>,
    /// Excludes and ignore files apply to named files too
    #[arg(help_heading = INPUT, long)]
    pub force_exclude: bool,
    /// Read what git ignores
    #[arg(help_heading = INPUT, long)]
    pub no_gitignore: bool,
    /// Read hidden files
    #[arg(help_heading = INPUT, long)]
    pub hidden: bool,
    /// Follow symbolic links
    #[arg(help_heading = INPUT, short = 'L', long)]
    pub follow: bool,
    /// Print which files would be read, and why others are not; then stop
    #[arg(help_heading = INPUT, long)]
    pub show_files: bool,
    /// The MeshConfig, as a YAML file
    #[arg(help_heading = INPUT, long, value_name = "FILE")]
    pub mesh_config: Option<PathBuf>,
    /// Kinds of which the input holds every object, such as Service,Secret
    ///
    /// A reference to an object of a kind that the input does not hold at all is unknown, not missing, and
    /// no rule speaks of it. For the kinds named here it is missing. Kind@namespace says so of one namespace.
    #[arg(help_heading = INPUT, long, value_name = "KINDS", value_delimiter = ',',
        value_parser = Words { words: KINDS, parse: parse_kind }, hide_possible_values = true)]
    pub complete: Vec<String>,
    /// Keep objects that Istio or the API server would refuse
    ///
    /// Without it they have no part in tables and answers, as in a cluster that never admits them.
    #[arg(help_heading = INPUT, long)]
    pub include_rejected: bool,
    /// The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable
    ///
    /// With labels (key=value,...) it defines a proxy, and none is looked for among the files. Without `=` it
    /// is the name of a proxy that was found there.
    #[arg(help_heading = INPUT, long = "proxy", value_name = "PROXY")]
    pub proxies: Vec<String>,
    /// The time that counts as now, as in 2026-11-26T00:00:00Z
    #[arg(help_heading = INPUT, long, value_name = "TIME", value_parser = parse_time, hide = true)]
    pub now: Option<i64>,
    /// Istio version to follow [default: 1.31]
    #[arg(help_heading = INPUT, long, value_name = "X.Y",
        value_parser = Words { words: VERSIONS, parse: parse_version }, hide_possible_values = true)]
    pub istio_version: Option<String>,
}

const VERSIONS: &[&str] = &Version::WORDS;

fn parse_version(text: &str) -> Result<String, String> {
    let version = text.trim().parse::<Version>().map_err(|()| {
        let (first, last) = (VERSIONS[0], VERSIONS[VERSIONS.len() - 1]);
        format!("supported are {first} to {last}")
    })?;
    Ok(version.as_str().to_owned())
}

fn parse_time(text: &str) -> Result<i64, String> {
    let whole = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00:00Z") };
    manifest::seconds(&whole).ok_or_else(|| "write a time as in 2026-11-26T00:00:00Z".to_owned())
}

impl InputArgs {
    /// What is named to be read. `first` comes before the paths.
    pub fn all_paths<'a>(&'a self, first: Option<&'a String>) -> Vec<&'a str> {
        let named = first.into_iter().chain(&self.paths).chain(&self.filenames);
        named.map(String::as_str).collect()
    }

    /// The first path, which tells where the config file is.
    pub fn first_path<'a>(&'a self, first: Option<&'a String>) -> &'a str {
        self.all_paths(first).first().copied().unwrap_or(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_may_be_written_as_tools_print_them() {
        for text in ["1.30", "v1.30", "1.30.2", "v1.30.2"] {
            assert_eq!(parse_version(text).as_deref(), Ok("1.30"), "{text}");
        }
        for text in ["1.22", "1.3", "latest", ""] {
            assert_eq!(parse_version(text), Err("supported are 1.29 to 1.32".to_owned()), "{text}");
        }
    }
}
