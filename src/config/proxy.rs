//! The key `proxies`: the ingress proxies, and what translates their ports.

use std::collections::BTreeMap;

use super::{Error, Proxy, keys, node};
use crate::text::Spanned;
use crate::yaml::Node;

/// Proxies by name. Each needs `labels`: what Gateways select is what makes it one.
pub(super) fn proxies(value: Node<'_>, name: &str) -> Result<Vec<Proxy>, Error> {
    let mut all = Vec::new();
    for (key, value) in node::map(value, name)? {
        if key.value.is_empty() || key.contains('=') {
            return Err(Error::new(key.span, "a proxy has a name without `=`"));
        }
        all.push(proxy(&key, value, &format!("{name}.{key}"))?);
    }
    Ok(all)
}

fn proxy(name: &Spanned<String>, value: Node<'_>, place: &str) -> Result<Proxy, Error> {
    let mut proxy = Proxy {
        name: name.value.clone(),
        namespace: None,
        labels: BTreeMap::new(),
        ports: None,
        service: None,
    };
    for (key, value) in node::map(value, place)? {
        let place = format!("{place}.{key}");
        match key.value.as_str() {
            known if value.is_null() && keys::OF_PROXY.contains(&known) => {}
            "namespace" => proxy.namespace = Some(node::text(value, &place)?.value),
            "labels" => {
                for (label, value) in node::map(value, &place)? {
                    let text = label_value(value, &format!("{place}.{label}"))?;
                    proxy.labels.insert(label.value, text);
                }
            }
            "ports" => proxy.ports = Some(ports(value, &place)?),
            "service" => proxy.service = Some(service(value, &place)?),
            _ => {
                let known = keys::OF_PROXY.iter().copied();
                return Err(node::unknown_key(&key, " of a proxy", known));
            }
        }
        if proxy.ports.is_some() && proxy.service.is_some() {
            return Err(Error::new(key.span, format!("proxy `{name}` has both ports and service"))
                .help("leave out one: both say where ports lead"));
        }
    }
    if proxy.labels.is_empty() {
        return Err(Error::new(name.span, format!("proxy `{name}` has no labels"))
            .help("write the labels of its Pods, as in `labels: {istio: ingressgateway}`"));
    }
    Ok(proxy)
}

/// The value of a label, which may be empty and is a text whatever it looks like.
fn label_value(value: Node<'_>, name: &str) -> Result<String, Error> {
    match value.text() {
        Some(text) => Ok(text.to_owned()),
        None => Err(node::wrong(value, name, "a text")),
    }
}

/// Ports that clients dial, each with the port of the Pods.
fn ports(value: Node<'_>, name: &str) -> Result<Vec<(u32, u32)>, Error> {
    let mut all = Vec::new();
    for (key, value) in node::map(value, name)? {
        let dialled = key.trim().parse().ok().filter(|port| is_port(*port));
        let dialled = dialled.ok_or_else(|| {
            Error::new(key.span, format!("`{key}` in `{name}` is no port"))
                .help("write ports as in `ports: {80: 8080, 443: 8443}`")
        })?;
        let place = format!("{name}.{key}");
        let target = node::number(value, &place)?;
        if !is_port(target) {
            return Err(Error::new(value.span(), format!("`{place}` must be between 1 and 65535")));
        }
        all.push((dialled, target));
    }
    Ok(all)
}

fn is_port(number: u32) -> bool {
    (1..=65535).contains(&number)
}

/// `NAMESPACE/NAME`.
fn service(value: Node<'_>, name: &str) -> Result<(String, String), Error> {
    let text = node::text(value, name)?;
    match text.split_once('/') {
        Some((namespace, name))
            if !namespace.is_empty() && !name.is_empty() && !name.contains('/') =>
        {
            Ok((namespace.to_owned(), name.to_owned()))
        }
        _ => Err(Error::new(text.span, format!("`{name}` must be NAMESPACE/NAME, not `{text}`"))),
    }
}
