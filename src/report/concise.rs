//! The format `concise`: one line per finding, the place first, so that editors and terminals can jump to it.

use std::io::{self, Write};

use super::{Report, Terminal, Tone, printable};
use crate::analysis::Outcome;
use crate::finding::Finding;
use crate::text::Sources;

/// `FILE:LINE:COLUMN: SEVERITY[CODE] NAME: MESSAGE (on PROXY only) (other place: FILE:LINE)`.
#[derive(Clone, Copy, Debug)]
pub struct Concise {
    /// Where the lines go.
    pub terminal: Terminal,
}

impl Report for Concise {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        outcome
            .findings
            .iter()
            .try_for_each(|finding| writeln!(out, "{}", line(finding, sources, self.terminal)))
    }
}

/// The line of a finding, without its end.
pub(super) fn line(finding: &Finding, sources: &Sources, terminal: Terminal) -> String {
    let span = finding.span();
    let place = sources.place(span);
    let title = format!("{}[{}]", finding.severity, finding.rule.code);
    format!(
        "{}:{}:{}: {} {}: {}",
        printable(&sources.get(span.source).name),
        place.line,
        place.column,
        terminal.paint(Tone::of(finding.severity), &title),
        finding.rule.name,
        printable(&sentence(finding, sources)),
    )
}

/// The message with what a reader of it alone must know: where it holds, and the place that it is also about.
pub(super) fn sentence(finding: &Finding, sources: &Sources) -> String {
    finding.message.clone() + &on_proxies(finding) + &other_place(finding, sources)
}

/// ` (on PROXY only)`, where the finding does not hold for all, and ` (CLUSTER)`, where the run knows of any.
pub(super) fn on_proxies(finding: &Finding) -> String {
    let proxies = match finding.proxies.as_slice() {
        [] => String::new(),
        some => format!(" (on {} only)", some.join(", ")),
    };
    proxies + &in_clusters(finding)
}

/// ` (CLUSTER)`, where the run knows of any.
pub(super) fn in_clusters(finding: &Finding) -> String {
    match finding.clusters.as_slice() {
        [] => String::new(),
        some => format!(" ({})", some.join(", ")),
    }
}

/// ` (other place: FILE:LINE)`, where the second label is on another line than the first.
fn other_place(finding: &Finding, sources: &Sources) -> String {
    let first = sources.file_line(finding.span());
    let second = finding.labels.get(1).map(|label| sources.file_line(label.span));
    second
        .filter(|second| *second != first)
        .map_or_else(String::new, |second| format!(" (other place: {second})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn proxies_are_named_where_a_finding_does_not_hold_for_all() {
        let (outcome, _) = testing::sample();
        let mut finding = outcome.findings[0].clone();
        assert_eq!(on_proxies(&finding), "");
        finding.proxies = thin_vec::thin_vec!["infra/a".into(), "infra/b".into()];
        assert_eq!(on_proxies(&finding), " (on infra/a, infra/b only)");
        finding.clusters = thin_vec::thin_vec!["prod".into(), "staging".into()];
        assert_eq!(on_proxies(&finding), " (on infra/a, infra/b only) (prod, staging)");
    }

    #[test]
    fn every_finding_is_one_line() {
        assert_eq!(
            testing::render(&Concise { terminal: Terminal::plain() }),
            "apps/shop/vs.yaml:4:5: error[GW304] unbound-host: no bound gateway serves `bücher, 100%: x` \
             (other place: infra/gateway.yaml:11)\n\
             infra/gateway.yaml:1:1: info[GW801] needless-thing: two lines \u{fffd}[31m\n"
        );
    }
}
