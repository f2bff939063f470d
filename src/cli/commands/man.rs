//! `gwctl man`: prints the manual page, or writes those of all commands.

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::args::{Cli, ManArgs};
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;

/// All manual pages, by file name; the first one is that of `gwctl` itself.
pub fn man_pages() -> Vec<(String, String)> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, &mut pages);
    pages
}

fn add_pages(command: &Command, pages: &mut Vec<(String, String)>) {
    let man = Man::new(command.clone()).source(concat!("gwctl ", env!("CARGO_PKG_VERSION")));
    let mut roff = Vec::new();
    man.render(&mut roff).expect("a vector takes all");
    let roff = String::from_utf8(roff).expect("pages are made of help texts");
    pages.push((man.get_filename(), roff));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        add_pages(sub, pages);
    }
}

pub(in crate::cli) fn run(args: &ManArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let pages = man_pages();
    let Some(dir) = &args.dir else {
        streams.print(&pages[0].1)?;
        return Ok(Exit::Clean);
    };
    create_dir(dir).map_err(|source| Error::Write { path: dir.clone(), source })?;
    for (name, page) in pages {
        super::lint::write_file(&dir.join(name), page.as_bytes())?;
    }
    Ok(Exit::Clean)
}

#[expect(clippy::disallowed_methods, reason = "`cli` writes files")]
fn create_dir(dir: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(dir)
}
