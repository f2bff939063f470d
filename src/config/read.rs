//! From the text of a config file to what it says. The first thing that is wrong ends the reading.

use super::cluster::clusters;
use super::overrides::{levels, object_pattern, options, overrides, rule_words};
use super::proxy::proxies;
use super::{Config, Error, KEYS, Vocabulary, keys, node, version};
use crate::text::{SourceId, Span, Spanned, release, spelling};
use crate::yaml::{self, Kind, Node};

/// Reads the text of a config file; spans of errors are offsets in it.
pub fn read(text: &str, vocabulary: &Vocabulary<'_>) -> Result<Config, Error> {
    let mut config = Config::default();
    read_into(&mut config, SourceId::new(0), text, vocabulary)?;
    Ok(config)
}

/// Reads another text: its keys count instead of those that were read before. Spans are offsets in `source`, the text.
pub fn read_into(
    config: &mut Config,
    source: SourceId,
    text: &str,
    vocabulary: &Vocabulary<'_>,
) -> Result<(), Error> {
    let mut earlier = None;
    for chunk in yaml::split(text) {
        let tree = yaml::parse(source, text, &chunk)?;
        let Some(root) = tree.root().filter(|root| !root.is_null()) else { continue };
        if let Some(earlier) = earlier {
            return Err(Error::new(root.span(), "a config file is one document")
                .related(earlier, "the first one"));
        }
        earlier = Some(root.span());
        if let Some((later, first)) = tree.duplicate_keys().first() {
            return Err(
                Error::new(*later, "the same key twice").related(*first, "first written here")
            );
        }
        if root.kind() != Kind::Map {
            return Err(Error::new(root.span(), "a config file is a mapping of keys to values")
                .help("write keys such as `namespace: shop`, one a line"));
        }
        for (key, value) in node::map(root, "")? {
            entry(config, &key, value, vocabulary)?;
            if !value.is_null() {
                let whole = Span::new(source, key.span.start, value.span().end);
                config.written.retain(|known| known.value != key.value);
                config.written.push(Spanned::new(key.value, whole));
            }
        }
    }
    Ok(())
}

/// Takes one key of the file. A key without a value is as good as none.
fn entry(
    config: &mut Config,
    key: &Spanned<String>,
    value: Node<'_>,
    vocabulary: &Vocabulary<'_>,
) -> Result<(), Error> {
    let name = key.value.as_str();
    let names = KEYS.iter().map(|key| key.name);
    if value.is_null() && names.clone().any(|known| known == name) {
        return Ok(());
    }
    let plain = |list: Vec<Spanned<String>>| list.into_iter().map(|text| text.value).collect();
    match name {
        "required-version" => required_version(value, vocabulary)?,
        "istio-version" => config.istio_version = Some(istio_version(value, name, vocabulary)?),
        "namespace" => config.namespace = Some(node::text(value, name)?.value),
        "mesh-config" => config.mesh_config = Some(node::text(value, name)?.value),
        "paths" => config.paths = Some(paths(value, name)?),
        "exclude" => config.exclude = node::texts(value, name)?,
        "gitignore" => config.gitignore = Some(node::bool(value, name)?),
        "hidden" => config.hidden = Some(node::bool(value, name)?),
        "follow" => config.follow = Some(node::bool(value, name)?),
        "kustomize-namespace" => config.kustomize_namespace = Some(node::bool(value, name)?),
        "clusters" => config.clusters = clusters(value, name, vocabulary)?,
        "proxies" => config.proxies = proxies(value, name)?,
        "complete" => config.complete = Some(complete(value, name, vocabulary)?),
        "root-namespace" => config.root_namespace = Some(node::text(value, name)?.value),
        "domain-suffix" => config.domain_suffix = Some(node::text(value, name)?.value),
        "select" => {
            let words = rule_words(value, name, vocabulary)?;
            if words.is_empty() {
                return Err(Error::new(value.span(), "`select` names no rule"));
            }
            config.select = Some(words);
        }
        "extend-select" => config.extend_select = rule_words(value, name, vocabulary)?,
        "ignore" => config.ignore = rule_words(value, name, vocabulary)?,
        "severity" => config.severity = levels(value, name, vocabulary)?,
        "rules" => config.options = options(value, name, vocabulary)?,
        "per-path" => config.per_path = overrides(value, name, vocabulary, |_| Ok(()))?,
        "per-object" => config.per_object = overrides(value, name, vocabulary, object_pattern)?,
        "min-severity" => {
            config.min_severity = Some(node::word(value, name, keys::SEVERITIES)?.to_owned());
        }
        "fail-on" => config.fail_on = Some(node::word(value, name, keys::FAIL_ON)?.to_owned()),
        "output" => {
            let outputs = node::texts(value, name)?;
            for output in &outputs {
                (vocabulary.output)(output).map_err(|said| {
                    Error::new(output.span, format!("`output` cannot be `{output}`: {said}"))
                })?;
            }
            config.output = Some(plain(outputs));
        }
        "baseline" => config.baseline = Some(node::text(value, name)?.value),
        _ => {
            return Err(node::unknown_key(key, "", names));
        }
    }
    Ok(())
}

fn required_version(value: Node<'_>, vocabulary: &Vocabulary<'_>) -> Result<(), Error> {
    let required = node::text(value, "required-version")?;
    match version::admits(&required, vocabulary.gwctl) {
        Some(true) => Ok(()),
        Some(false) => Err(Error::new(
            required.span,
            format!("this file requires gwctl {required}, and this is {}", vocabulary.gwctl),
        )),
        None => {
            Err(Error::new(required.span, format!("`{required}` is no condition for a version"))
                .help("write conditions such as `\">=0.1, <2\"`"))
        }
    }
}

pub(super) fn istio_version(
    value: Node<'_>,
    name: &str,
    vocabulary: &Vocabulary<'_>,
) -> Result<String, Error> {
    let text = node::text(value, name)?;
    let known = vocabulary.versions.iter().find(|version| **version == release(&text));
    if let Some(version) = known {
        return Ok((*version).to_owned());
    }
    let all = vocabulary.versions.join(", ");
    Err(Error::new(text.span, format!("`{name}` cannot be `{text}`"))
        .help(format!("write one of {all}")))
}

pub(super) fn paths(value: Node<'_>, name: &str) -> Result<Vec<String>, Error> {
    let list = node::texts(value, name)?;
    if let Some(stdin) = list.iter().find(|path| path.value == "-") {
        return Err(Error::new(stdin.span, format!("`{name}` cannot name stdin")));
    }
    if list.is_empty() {
        return Err(Error::new(value.span(), format!("`{name}` names nothing")));
    }
    Ok(list.into_iter().map(|path| path.value).collect())
}

pub(super) fn complete(
    value: Node<'_>,
    name: &str,
    vocabulary: &Vocabulary<'_>,
) -> Result<Vec<String>, Error> {
    let kind = |text: Spanned<String>| {
        let kind = text.value.split('@').next().unwrap_or_default();
        let near = spelling::nearest(kind, vocabulary.kinds.iter().copied());
        (vocabulary.kind)(&text).map_err(|said| {
            let error = Error::new(text.span, format!("`{text}` in `{name}`: {said}"));
            if near.is_some() && said.contains("did you mean") {
                return Error::new(text.span, format!("unknown kind `{kind}` in `{name}`"))
                    .did_you_mean(near, "");
            }
            error
        })
    };
    node::texts(value, name)?.into_iter().map(kind).collect()
}
