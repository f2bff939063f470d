//! Cells: where traffic goes, in a few words. Never cut short.

use super::clusters::mark;
use crate::envoy::Table;
use crate::envoy::listener::Terminal;
use crate::envoy::route::{
    Action, ClusterName, Clusters, DirectResponseAction, RedirectAction, RedirectPath,
    ResponseBody, WeightedCluster,
};
use crate::report::printable;
use crate::rules::ClusterPresences;

/// Bodies up to this many characters are shown, longer ones counted.
const SHORT_BODY: usize = 60;

/// Says where traffic goes.
#[derive(Clone, Copy)]
pub(super) struct Destinations<'a> {
    /// The table.
    pub table: &'a Table,
    /// Which of its clusters exist.
    pub clusters: &'a ClusterPresences<'a>,
    /// Domain of cluster-local names.
    pub domain: &'a str,
}

impl Destinations<'_> {
    /// `Route: http.8080`, `Cluster: outbound|5432||db.data.svc.cluster.local`.
    pub(super) fn of_chain(self, terminal: &Terminal) -> String {
        match terminal {
            Terminal::Http(manager) => format!("Route: {}", manager.route_config),
            Terminal::Tcp(proxy) => {
                format!("Cluster: {}", self.to(&proxy.clusters, str::to_owned))
            }
        }
    }

    /// `cart.shop:8080/v2`, `301 https://`, `404 "gone"`.
    pub(super) fn of_route(self, action: &Action) -> String {
        match action {
            Action::Route(route) => self.to(&route.clusters, |name| self.short(name)),
            Action::Redirect(redirect) => redirected(redirect),
            Action::DirectResponse(response) => answer(response),
            Action::None => "nothing (unknown redirect code)".into(),
        }
    }

    /// `cart.shop:8080/v2`, and whether it exists.
    pub(super) fn of_cluster(self, cluster: &ClusterName) -> String {
        self.one(cluster, &|name| self.short(name))
    }

    fn short(self, name: &str) -> String {
        short(name, self.domain)
    }

    fn one(self, cluster: &ClusterName, name: &dyn Fn(&str) -> String) -> String {
        let mark = mark(self.clusters.of(self.table, &cluster.name));
        let mark = mark.map_or_else(String::new, |mark| format!(" ({mark})"));
        format!("{}{mark}", name(&cluster.name))
    }

    fn to(self, clusters: &Clusters, name: impl Fn(&str) -> String) -> String {
        let one = |cluster: &ClusterName| self.one(cluster, &name);
        match clusters {
            Clusters::Single(cluster) => one(cluster),
            Clusters::Weighted(clusters) if clusters.is_empty() => "no destination".into(),
            Clusters::Weighted(clusters) => {
                let total = clusters.iter().map(|cluster| u64::from(cluster.weight)).sum();
                let share = |part: &WeightedCluster| {
                    format!("{} {}", percent(part.weight.into(), total), one(&part.cluster))
                };
                clusters.iter().map(share).collect::<Vec<_>>().join("  ")
            }
        }
    }
}

/// A share in percent with at most one digit of fraction.
fn percent(part: u64, total: u64) -> String {
    let thousandths = (part * 2000 + total) / (total.max(1) * 2);
    match (thousandths / 10, thousandths % 10) {
        (0, 0) => "<0.1%".into(),
        (whole, 0) => format!("{whole}%"),
        (whole, tenth) => format!("{whole}.{tenth}%"),
    }
}

/// `cart.shop:8080/v2` of `outbound|8080|v2|cart.shop.svc.cluster.local`.
fn short(cluster: &str, domain: &str) -> String {
    let parts: Vec<&str> = cluster.splitn(4, '|').collect();
    let &["outbound", port, subset, host] = &parts[..] else { return cluster.to_owned() };
    let host =
        host.strip_suffix(domain).and_then(|host| host.strip_suffix(".svc.")).unwrap_or(host);
    let subset = if subset.is_empty() { String::new() } else { format!("/{subset}") };
    format!("{host}:{port}{subset}")
}

/// `301 https://`; a part of the authority that stays as it is, is a `*`.
fn redirected(redirect: &RedirectAction) -> String {
    let path = match &redirect.path {
        RedirectPath::Path(path) => path.clone(),
        RedirectPath::Prefix(prefix) => format!("{prefix}*"),
    };
    let scheme =
        redirect.scheme.as_deref().map_or_else(String::new, |scheme| format!("{scheme}://"));
    let port = if redirect.port == 0 { String::new() } else { format!(":{}", redirect.port) };
    let host = match redirect.host.as_deref() {
        Some(host) if !host.is_empty() => host,
        _ if !port.is_empty() || (!scheme.is_empty() && !path.is_empty()) => "*",
        _ => "",
    };
    let target = format!("{scheme}{host}{port}{path}");
    let target = if target.is_empty() { "to the same URL" } else { &target };
    format!("{} {target}", redirect.code)
}

/// `404 "gone"`; of a long body its size.
fn answer(response: &DirectResponseAction) -> String {
    let status = response.status;
    match &response.body {
        None => status.to_string(),
        Some(ResponseBody::Text(text)) if text.is_empty() => status.to_string(),
        Some(ResponseBody::Text(text)) if text.chars().count() <= SHORT_BODY => {
            format!("{status} \"{}\"", printable(text))
        }
        Some(ResponseBody::Text(text)) => format!("{status} ({} bytes)", text.len()),
        Some(ResponseBody::Bytes(bytes)) => format!("{status} ({} bytes)", bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_show_what_they_change() {
        let table = [
            (None, "", Some("https"), 0, "301 https://"),
            (Some("b.com"), "", Some("https"), 8443, "301 https://b.com:8443"),
            (Some("b.com"), "/x", None, 0, "301 b.com/x"),
            (None, "/x", Some("https"), 0, "301 https://*/x"),
            (None, "/x", None, 0, "301 /x"),
            (None, "", None, 8080, "301 *:8080"),
            (None, "", None, 0, "301 to the same URL"),
        ];
        for (host, path, scheme, port, expected) in table {
            let redirect = RedirectAction {
                host: host.map(str::to_owned),
                path: RedirectPath::Path(path.into()),
                scheme: scheme.map(str::to_owned),
                port,
                code: 301,
            };
            assert_eq!(redirected(&redirect), expected);
        }
    }

    #[test]
    fn clusters_are_shortened_and_shares_are_percentages() {
        let domain = "cluster.local";
        let table = [
            ("outbound|8080|v2|cart.shop.svc.cluster.local", "cart.shop:8080/v2"),
            ("outbound|443||example.com", "example.com:443"),
            ("outbound_.80_._.a.b.svc.cluster.local", "outbound_.80_._.a.b.svc.cluster.local"),
            ("BlackHoleCluster", "BlackHoleCluster"),
        ];
        for (cluster, expected) in table {
            assert_eq!(short(cluster, domain), expected);
        }
        let shares = [(90, 100, "90%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (1, 10_000, "<0.1%")];
        for (part, total, expected) in shares {
            assert_eq!(percent(part, total), expected);
        }
    }

    #[test]
    fn long_bodies_are_counted_not_cut() {
        let body = |body| answer(&DirectResponseAction { status: 404, body });
        assert_eq!(body(None), "404");
        assert_eq!(body(Some(ResponseBody::Text("a\nb".into()))), "404 \"a b\"");
        assert_eq!(body(Some(ResponseBody::Text("x".repeat(61)))), "404 (61 bytes)");
        assert_eq!(body(Some(ResponseBody::Bytes(vec![0, 1]))), "404 (2 bytes)");
    }
}
