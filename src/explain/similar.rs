//! Hosts that look alike.

use super::probe::covers;
use crate::envoy::matching::authority;
use crate::text::distance;

/// How a domain that does not cover a host is close to it, to follow its name and a comma.
pub(super) fn closeness(domain: &str, host: &str) -> Option<String> {
    if covers(domain, host) || domain == "*" {
        return None;
    }
    if let Some(suffix) = domain.strip_prefix("*.") {
        if host == suffix {
            return Some(format!("which does not cover {suffix} itself"));
        }
        let (_, parent) = host.split_once('.')?;
        let limit = (suffix.len() / 5).clamp(1, 2);
        return distance(parent, suffix, limit)
            .map(|_| "whose end differs by a letter or two".to_owned());
    }
    if host.strip_suffix('.') == Some(domain) {
        return Some("without the dot at the end".to_owned());
    }
    if domain.contains(':') && authority::without_port(domain) == host {
        return Some("but a domain with a port takes no request".to_owned());
    }
    let limit = (host.len() / 5).clamp(1, 2);
    distance(domain, host, limit).map(|_| "which differs by a letter or two".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_hosts_are_told_with_the_difference() {
        let table = [
            ("*.a.com", "a.com", Some("which does not cover a.com itself")),
            ("*.example.com", "x.exampel.com", Some("whose end differs by a letter or two")),
            ("shop.example.com", "shp.example.com", Some("which differs by a letter or two")),
            ("a.com", "a.com.", Some("without the dot at the end")),
            ("a.com:80", "a.com", Some("but a domain with a port takes no request")),
            ("*.a.com", "x.a.com", None),
            ("*", "a.com", None),
            ("*.x.test", "a.test", None),
            ("shop.example.com", "blog.example.com", None),
        ];
        for (domain, host, expected) in table {
            assert_eq!(closeness(domain, host).as_deref(), expected, "{domain} {host}");
        }
    }
}
