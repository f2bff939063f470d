//! All orders of all tied objects of a proxy: the table is made anew for each of them. Knows nothing of where objects
//! meet, and so holds for every way in which they may; only for few objects.

use std::sync::Arc;

use super::permutations::{inverted, with_natural};
use super::{MOST, Rivals, See, Ties, contests, is_tied, rows};
use crate::envoy::build::{Ages, build_in_order};
use crate::envoy::table::Table;
use crate::mesh::{Mesh, ObjectRef, Ranks};

/// How many virtual hosts, routes and bindings all those tables may have.
const MOST_ROWS: usize = 100_000;

/// The same for all contests of services and rules together, these included.
const MOST_IN_CONTESTS: usize = 1_000_000;

/// Objects of which the older one comes first, in the order of the table.
struct Class {
    members: Vec<ObjectRef>,
    /// All orders that the known times allow, as indices of `members`; the first is that of the table.
    orders: Vec<Vec<usize>>,
}

impl Class {
    fn new(mesh: &Mesh, members: Vec<ObjectRef>) -> Option<Self> {
        let may_swap =
            |a: usize, b: usize| is_tied(mesh.store.meta(members[a]), mesh.store.meta(members[b]));
        let is_open = members.iter().any(|&member| mesh.store.meta(member).created.is_none());
        if members.len() < 2 || !is_open {
            return None;
        }
        // Longer ones are only counted.
        let orders =
            if members.len() > MOST { Vec::new() } else { with_natural(members.len(), may_swap) };
        Some(Self { members, orders })
    }

    /// One of services or DestinationRules: of many members only neighbours change places.
    fn contest(mesh: &Mesh, members: Vec<ObjectRef>) -> Option<Self> {
        let orders = with_natural(members.len(), |a, b| may_swap(mesh, members[a], members[b]));
        (orders.len() > 1).then_some(Self { members, orders })
    }
}

/// Marks the rows that any order changes; false: there are too many objects, and nothing is marked. Contests of services
/// and rules count where `with_contests`.
pub(super) fn find(mesh: &Mesh, table: &Table, with_contests: bool, ties: &mut Ties) -> bool {
    let gateways = gateways(table);
    let mut classes = classes(mesh, table, &gateways);
    if with_contests {
        classes.extend(contests(mesh, table));
    }
    if count(&classes) > MOST {
        return false;
    }
    try_all(mesh, table, &gateways, &classes, ties)
}

/// Makes the tables of all other orders of all objects; false: there are too many, and none was made.
pub(super) fn others(mesh: &Mesh, table: &Table, see: &mut See<'_>) -> bool {
    let gateways = gateways(table);
    let mut classes = classes(mesh, table, &gateways);
    classes.extend(contests(mesh, table));
    count(&classes) <= MOST && each(mesh, table, &gateways, &classes, see)
}

/// How many objects may change places.
fn count(classes: &[Class]) -> usize {
    classes.iter().map(|class| class.members.len()).sum()
}

/// Marks the rows that the age of services and DestinationRules changes, each group of them by itself; for many tied
/// objects.
pub(super) fn find_contests(mesh: &Mesh, table: &Table, ties: &mut Ties) {
    let gateways = gateways(table);
    let services = mesh.services.all.len() + mesh.store.destination_rules.len();
    let mut left = MOST_IN_CONTESTS;
    for class in contests(mesh, table) {
        let cost = class.orders.len() * (size(table) + services);
        if cost <= left && try_all(mesh, table, &gateways, &[class], ties) {
            left -= cost;
        }
    }
}

fn contests(mesh: &Mesh, table: &Table) -> Vec<Class> {
    let groups = contests::groups(mesh, table).into_iter();
    groups.filter_map(|members| Class::contest(mesh, members)).collect()
}

/// Whether nobody knows which of two services or rules comes first. Of ServiceEntries of one age in one namespace
/// istiod does not determine it.
fn may_swap(mesh: &Mesh, a: ObjectRef, b: ObjectRef) -> bool {
    let (one, other) = (mesh.store.meta(a), mesh.store.meta(b));
    let is_entry = |object| matches!(object, ObjectRef::ServiceEntry(_));
    is_tied(one, other)
        || (is_entry(a)
            && is_entry(b)
            && one.created == other.created
            && one.namespace() == other.namespace())
}

/// Virtual hosts, routes and bindings.
fn size(table: &Table) -> usize {
    let hosts = table.routes.iter().flat_map(|config| &config.virtual_hosts);
    hosts.map(|host| host.routes.len() + 1).sum::<usize>() + table.bindings.len()
}

/// Marks the rows that any order of the classes changes; false: there are too many.
fn try_all(
    mesh: &Mesh,
    table: &Table,
    gateways: &[u32],
    classes: &[Class],
    ties: &mut Ties,
) -> bool {
    each(mesh, table, gateways, classes, &mut |other, rivals| {
        rows::compare(table, &other, rivals, ties);
    })
}

/// Makes the table of each order of the classes but that of the table itself; false: there are too many.
fn each(
    mesh: &Mesh,
    table: &Table,
    gateways: &[u32],
    classes: &[Class],
    see: &mut See<'_>,
) -> bool {
    let mut choices = combinations(classes);
    if choices.len() * size(table) > MOST_ROWS {
        return false;
    }
    // Orders that change least come first, so that a row names the objects that matter to it.
    let count = |choice: &Vec<usize>| pairs(classes, choice).count();
    choices.sort_by_key(count);
    for choice in choices.iter().filter(|choice| count(choice) > 0) {
        let other = build(mesh, table, gateways, classes, choice);
        let pairs: Vec<Rivals> = pairs(classes, choice).collect();
        see(other, &|service| best(mesh, &pairs, service));
    }
    true
}

/// The Gateways of a table, the oldest first.
fn gateways(table: &Table) -> Vec<u32> {
    let mut gateways: Vec<u32> = table.servers.iter().map(|record| record.gateway).collect();
    gateways.dedup();
    gateways
}

/// Gateways; and the VirtualServices that the proxy sees, by how private they are.
fn classes(mesh: &Mesh, table: &Table, gateways: &[u32]) -> Vec<Class> {
    let mut services: Vec<u32> =
        table.bindings.iter().map(|binding| binding.virtual_service).collect();
    services.sort_unstable();
    services.dedup();
    let group = |at: u32| mesh.virtual_services.group(at, &table.proxy.namespace);
    let of_group = |wanted: u8| {
        let members = services.iter().filter(move |&&at| group(at) == Some(wanted));
        let object =
            |&at: &u32| ObjectRef::VirtualService(mesh.virtual_services.all[at as usize].index);
        members.map(object).collect::<Vec<_>>()
    };
    let gateways = gateways.iter().map(|&at| ObjectRef::Gateway(at)).collect();
    let all = [gateways, of_group(0), of_group(1), of_group(2)];
    all.into_iter().filter_map(|members| Class::new(mesh, members)).collect()
}

/// One order of each class, in all ways.
fn combinations(classes: &[Class]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for class in classes {
        let longer = |known: &Vec<usize>| {
            let known = known.clone();
            (0..class.orders.len()).map(move |at| [&known[..], &[at]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// The pairs that come the other way round.
fn pairs<'c>(classes: &'c [Class], choice: &'c [usize]) -> impl Iterator<Item = Rivals> {
    classes.iter().zip(choice).flat_map(|(class, &at)| {
        inverted(&class.orders[at]).map(|pair| pair.map(|member| class.members[member]))
    })
}

/// Of several pairs that come the other way round one that has the row's own VirtualService says more; and of those the
/// one farthest apart: what lies between had to change places on the way alone.
pub(super) fn best(mesh: &Mesh, pairs: &[Rivals], service: Option<&str>) -> Rivals {
    let has_it = |object: ObjectRef| {
        let meta = mesh.store.meta(object);
        let is_it = |name: &str| {
            name.split_once('/').is_some_and(|it| it == (meta.namespace(), meta.name()))
        };
        matches!(object, ObjectRef::VirtualService(_)) && service.is_some_and(is_it)
    };
    let distance = |pair: &&Rivals| match **pair {
        [ObjectRef::Gateway(a), ObjectRef::Gateway(b)]
        | [ObjectRef::VirtualService(a), ObjectRef::VirtualService(b)] => a.abs_diff(b),
        _ => 0,
    };
    let own = pairs.iter().filter(|pair| pair.iter().any(|&object| has_it(object)));
    *own.max_by_key(distance).unwrap_or(&pairs[0])
}

fn build(
    mesh: &Mesh,
    table: &Table,
    gateways: &[u32],
    classes: &[Class],
    choice: &[usize],
) -> Table {
    let mut gateways = gateways.to_vec();
    // The index in the store is a rank already: both lists have the same order.
    let mut ranks: Vec<u32> =
        mesh.virtual_services.all.iter().map(|service| service.index).collect();
    let place = |index: u32| {
        mesh.virtual_services.all.binary_search_by_key(&index, |service| service.index).ok()
    };
    let mut others = Ranks::default();
    for (class, &at) in classes.iter().zip(choice) {
        for (member, &source) in class.orders[at].iter().enumerate() {
            match (class.members[source], class.members[member]) {
                // All Gateways are one class.
                (ObjectRef::Gateway(gateway), _) => gateways[member] = gateway,
                (ObjectRef::VirtualService(own), ObjectRef::VirtualService(instead)) => {
                    if let Some(at) = place(own) {
                        ranks[at] = instead;
                    }
                }
                (object, _) if at > 0 => {
                    others.insert(object, member);
                }
                _ => {}
            }
        }
    }
    let ages = Ages { gateways: &gateways, services: Some(&ranks) };
    if others.is_empty() {
        return build_in_order(mesh, &table.proxy, ages);
    }
    build_in_order(&mesh.reordered(&others), &Arc::new(table.proxy.reordered(&others)), ages)
}
