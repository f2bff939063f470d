//! Our findings against those of `istioctl analyze`: each of its codes that we claim has a finding of ours with that alias
//! at that object. Objects for sidecars alone are none of ours.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use gwctl::analysis::{Loaded, Selected, lint};
use gwctl::envoy::route::Outline;
use gwctl::finding::{Category, Finding};
use gwctl::istio::virtual_service::VirtualService;
use gwctl::rules::{self, Complete};
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

use crate::case::{Case, json};
use crate::known::Known;
use crate::objects::is_file;

/// What is compared.
const CODES: [&str; 11] = [
    "IST0002", "IST0101", "IST0106", "IST0109", "IST0128", "IST0129", "IST0130", "IST0132",
    "IST0133", "IST0134", "IST0138",
];

/// The objects of which an ingress is made.
const KINDS: [&str; 4] = ["Gateway", "VirtualService", "DestinationRule", "ServiceEntry"];

/// `analyze.json`.
#[derive(Deserialize)]
struct Analyzed {
    findings: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    code: String,
    /// `Kind namespace/name`, the namespace where one is written.
    resource: String,
    file: String,
    #[serde(rename = "message")]
    text: String,
}

impl Message {
    fn kind(&self) -> &str {
        self.resource.split(' ').next().unwrap_or_default()
    }

    fn name(&self) -> &str {
        self.resource.rsplit([' ', '/']).next().unwrap_or_default()
    }

    /// Whether a rule is about what the message says is missing: IST0101 stands for references of all kinds.
    fn is_about(&self, category: Category) -> bool {
        let missing = self.text.strip_prefix("Referenced ").unwrap_or_default();
        match missing.split(' ').next() {
            Some("gateway") => category == Category::Binding,
            Some("host" | "host+subset" | "host:port" | "mirror") => {
                category == Category::Destination
            }
            _ => true,
        }
    }

    /// Whether a finding of ours says the same of the same object.
    fn is_met_by(&self, finding: &Finding, file: &str) -> bool {
        let mut aliases = finding.rule.aliases.iter();
        let is_object = finding.subject.object.as_ref().is_none_or(|object| {
            object.kind == self.kind() && (object.name == self.name() || self.name().is_empty())
        });
        is_object
            && self.is_about(finding.rule.category)
            && is_file(file, &self.file)
            && aliases.any(|a| a.trim_start_matches('~') == self.code)
    }
}

/// One trial a case.
pub(crate) fn trials(folder: &Path, cases: &[String], known: &Arc<Known>) -> Vec<Trial> {
    let recorded = cases.iter().filter(|name| folder.join(name).join("analyze.json").is_file());
    let trial = |name: &String| {
        let (folder, case, known) = (folder.join(name), name.clone(), Arc::clone(known));
        Trial::test(format!("analyze/{name}"), move || check(&folder, &case, &known))
    };
    recorded.map(trial).collect()
}

fn check(folder: &Path, case: &str, known: &Known) -> Result<(), Failed> {
    let loaded = crate::tables::outlined(Case::read(folder)?.question()?)?;
    let all: Vec<_> = rules::checks().map(|check| check.rule).collect();
    // istioctl takes the text as it stands, as those do who ask for verdicts.
    let selected = Selected { verdicts: all.clone(), ..Selected::all_of(all) };
    let ours = lint(&loaded, &selected, &Complete::default()).findings;
    let file = |finding: &Finding| loaded.sources.get(finding.subject.source).name.as_str();
    let messages = json::<Analyzed>(&folder.join("analyze.json"))?.findings;
    let (mut missing, mut met) = (BTreeSet::new(), BTreeSet::new());
    for message in messages.iter().filter(|message| CODES.contains(&message.code.as_str())) {
        if !KINDS.contains(&message.kind()) || is_for_sidecars(&loaded, message) {
            continue;
        }
        let name = format!("{case}/{} {} {}", message.file, message.code, message.resource);
        let is_met = ours.iter().any(|finding| message.is_met_by(finding, file(finding)));
        if is_met {
            met.insert(name)
        } else {
            missing.insert(name)
        };
    }
    let unlisted = missing.iter().filter(|name| known.reason(name).is_none());
    let mut wrong: Vec<String> = unlisted.map(|name| format!("nothing says {name}")).collect();
    let listed = known.names().filter(|name| name.starts_with(&format!("{case}/")));
    let settled = listed.filter(|name| !missing.contains(*name));
    wrong.extend(settled.map(|name| {
        let what = if met.contains(name) { "said" } else { "not recorded" };
        format!("{name}: listed as a known difference, but {what}")
    }));
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Whether a message is about a VirtualService for sidecars alone.
fn is_for_sidecars(loaded: &Loaded<Outline>, message: &Message) -> bool {
    let is_this = |object: &&gwctl::istio::Object<VirtualService>| {
        let file = loaded.sources.get(object.meta.subject.source).name.as_str();
        object.meta.name() == message.name() && is_file(file, &message.file)
    };
    let found = loaded.mesh.store.virtual_services.iter().find(is_this);
    message.kind() == "VirtualService"
        && found.is_some_and(|object| {
            let spec = &object.spec;
            !spec.hosts.is_empty() && spec.gateways.iter().all(|name| name.value == "mesh")
        })
}
