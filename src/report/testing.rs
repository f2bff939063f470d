//! The small input that the tests of all formats share, so that one sees many views of one thing.

use crate::analysis::{Outcome, Summary, Suppressed, SuppressedBy};
use crate::finding::{Category, Element, Finding, Judge, ObjectName, Rule, Severity, Subject};
use crate::text::{Source, SourceId, Sources, Span};

use super::Report;

pub(super) static UNBOUND_HOST: Rule = Rule {
    code: "GW304",
    name: "unbound-host",
    category: Category::Binding,
    severity: Severity::Error,
    on_by_default: true,
    aliases: &["IST0132"],
    options: &[],
    docs: " ## What it reports\n A host that no bound gateway serves.\n Not even by a wildcard.\n\n \
           ## Example\n ```yaml\n spec:\n   hosts: [a]\n ```\n",
};

pub(super) static STYLE: Rule = Rule {
    code: "GW801",
    name: "needless-thing",
    category: Category::Style,
    severity: Severity::Info,
    on_by_default: false,
    aliases: &[],
    options: &[],
    docs: "## What it reports\nA thing.\n",
};

/// The span of the first `needle` in a source.
pub(super) fn find(sources: &Sources, source: SourceId, needle: &str) -> Span {
    let start = sources.get(source).text.find(needle).expect("the needle is in the text");
    let at = |n: usize| u32::try_from(n).expect("small");
    Span::new(source, at(start), at(start + needle.len()))
}

pub(super) fn subject(source: SourceId) -> Subject {
    Subject {
        source,
        document: 0,
        object: Some(ObjectName {
            api_version: "networking.istio.io/v1".into(),
            kind: "VirtualService".into(),
            namespace: "shop".into(),
            name: "shop".into(),
        }),
    }
}

pub(super) fn sample() -> (Outcome, Sources) {
    let mut sources = Sources::default();
    let vs = sources.add(Source::new(
        "apps/shop/vs.yaml",
        "kind: VirtualService\r\nspec:\r\n  hosts:\r\n  - \"bücher, 100%: x\"\r\n",
    ));
    let gateway = sources.add(Source::new(
        "infra/gateway.yaml",
        "kind: Gateway\n\n\n\n\n\n\n\n\nspec:\n  hosts: [\"*.example.org\", \"日本.example\"]\n",
    ));
    let mut first = Finding::new(
        &UNBOUND_HOST,
        subject(vs),
        find(&sources, vs, "\"bücher, 100%: x\""),
        "no bound gateway serves `bücher, 100%: x`",
    )
    .here("wanted here")
    .label(find(&sources, gateway, "\"日本.example\""), "and this")
    .label(find(&sources, gateway, "\"*.example.org\""), "served is this")
    .help("add \"bücher\" to the hosts");
    first.unreached.push(Element { source: vs, document: 0, path: "spec.hosts[0]".into() });
    first.rejected_by.push(Judge::Istio);
    let second = Finding::new(
        &STYLE,
        Subject { source: gateway, document: 0, object: None },
        find(&sources, gateway, "kind"),
        "two\nlines \u{1b}[31m",
    );
    let third = Finding::new(
        &UNBOUND_HOST,
        Subject { source: gateway, document: 0, object: None },
        find(&sources, gateway, "\"日本.example\""),
        "accepted",
    )
    .label(find(&sources, vs, "hosts"), "by both");
    let suppressed = Suppressed {
        finding: third,
        by: SuppressedBy::Source,
        reason: Some("the team's \"<own>\"".to_owned()),
    };
    let outcome = Outcome {
        findings: vec![first, second],
        suppressed: vec![suppressed],
        summary: Summary { files: 2, objects: 2, ..Summary::default() },
        ..Outcome::default()
    };
    (outcome, sources)
}

pub(super) fn render(report: &dyn Report) -> String {
    let (outcome, sources) = sample();
    let mut out = Vec::new();
    report.write(&outcome, &sources, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("reports are UTF-8")
}
