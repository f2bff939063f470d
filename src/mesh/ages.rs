//! The same cluster, had its services and DestinationRules been created in another order. Gateways and VirtualServices
//! are the matter of the table's builder.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{DestinationRules, Mesh, ObjectRef, Proxy, ServicePort};

/// Ranks by age of objects that compete; the others stay where they are.
pub type Ranks = FxHashMap<ObjectRef, usize>;

impl Mesh {
    /// This cluster with Services, ServiceEntries and DestinationRules in another order; its proxies are left out.
    #[must_use]
    pub fn reordered(&self, ranks: &Ranks) -> Self {
        let mut rules: Vec<u32> =
            (0..).zip(&self.store.destination_rules).map(|(at, _)| at).collect();
        reorder(&mut rules, |at| ranks.get(&ObjectRef::DestinationRule(*at)).copied());
        Self {
            store: Arc::clone(&self.store),
            version: self.version,
            config: self.config.clone(),
            domain: self.domain.clone(),
            virtual_services: Arc::clone(&self.virtual_services),
            services: self.services.reordered(&self.store, ranks),
            destination_rules: DestinationRules::in_order(
                &self.store,
                &self.config,
                &self.domain,
                &rules,
            ),
            proxies: Vec::new(),
        }
    }
}

impl Proxy {
    /// This proxy with the Services in front of it in another order.
    #[must_use]
    pub fn reordered(&self, ranks: &Ranks) -> Self {
        let service = |port: &ServicePort| port.origin.map(|origin| origin.object);
        let by_service = |ports: &[ServicePort]| {
            let mut services: Vec<Vec<ServicePort>> = ports
                .chunk_by(|a, b| service(a) == service(b))
                .map(<[ServicePort]>::to_vec)
                .collect();
            reorder(&mut services, |ports| ranks.get(&service(&ports[0])?).copied());
            services.concat()
        };
        Self {
            service_ports: by_service(&self.service_ports),
            confused_ports: by_service(&self.confused_ports),
            ..self.clone()
        }
    }
}

/// Sorts those items of a list that have a rank, in the places that they have together.
pub(super) fn reorder<T: Clone>(list: &mut [T], rank: impl Fn(&T) -> Option<usize>) {
    let places: Vec<usize> = (0..list.len()).filter(|&at| rank(&list[at]).is_some()).collect();
    let mut ranked: Vec<T> = places.iter().map(|&at| list[at].clone()).collect();
    ranked.sort_by_key(&rank);
    for (at, item) in places.into_iter().zip(ranked) {
        list[at] = item;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_without_rank_keep_their_places() {
        let mut list = ["c", "x", "a", "y", "b"];
        reorder(&mut list, |item| ["a", "b", "c"].iter().position(|known| known == item));
        assert_eq!(list, ["a", "x", "b", "y", "c"]);
    }
}
