//! Whether two routes do the same with a request that both match.

use super::route::{Action, ClusterName, Clusters, PathMatch, RedirectPath, Route, RouteAction};

impl Route {
    /// Whether the other route does the same with whatever both match; where they come from and what they are called is
    /// of no matter.
    pub fn does_as(&self, other: &Self) -> bool {
        self.headers == other.headers
            && self.fault == other.fault
            && self.cors == other.cors
            && is_same_action(&self.action, &other.action)
            && (self.matcher.path == other.matcher.path
                || !self.replaces_prefix() && !other.replaces_prefix())
    }

    /// Whether the path that it matches decides what the upstream or the client gets.
    fn replaces_prefix(&self) -> bool {
        // A regular expression has no prefix that could be replaced.
        if matches!(self.matcher.path, PathMatch::SafeRegex(_)) {
            return false;
        }
        match &self.action {
            Action::Route(action) => action.prefix_rewrite.is_some(),
            Action::Redirect(redirect) => matches!(redirect.path, RedirectPath::Prefix(_)),
            Action::DirectResponse(_) | Action::None => false,
        }
    }
}

fn is_same_action(a: &Action, b: &Action) -> bool {
    match (a, b) {
        (Action::Route(a), Action::Route(b)) => placeless(a) == placeless(b),
        (a, b) => a == b,
    }
}

/// The action without the places where its destinations are written.
fn placeless(action: &RouteAction) -> RouteAction {
    let mut action = action.clone();
    let forget = |cluster: &mut ClusterName| cluster.span = None;
    match &mut action.clusters {
        Clusters::Single(cluster) => forget(cluster),
        Clusters::Weighted(all) => all.iter_mut().for_each(|one| forget(&mut one.cluster)),
    }
    action.mirrors.iter_mut().for_each(|mirror| forget(&mut mirror.cluster));
    action
}
