//! `loadBalancer`.

use crate::istio::Version;
use crate::istio::decode::{Map, duration, enumeration, message, one_of, range, required, since};
use crate::istio::duration::Duration;
use crate::istio::virtual_service::Text;
use crate::text::{Spanned, Str};

/// The greatest number that the API server takes for an integer.
const MOST: i64 = i64::MAX;

message! {
    /// `loadBalancer`. Of `simple`, `consistentHash` and `backendUtilization` the one declared last counts.
    LoadBalancer {
        /// Algorithm by name.
        simple: Option<Spanned<SimpleLb>> = "simple" in one_of(1),
        /// Hashing.
        consistent_hash: Option<Box<ConsistentHash>> = "consistentHash" in one_of(1),
        /// By reports of the endpoints.
        backend_utilization: Option<Box<BackendUtilization>> = "backendUtilization" in one_of(1),
        /// By locality.
        locality_lb_setting: Option<Box<LocalityLb>> = "localityLbSetting",
        /// By zone.
        zone_aware_lb_setting: Option<Box<ZoneAwareLb>> = "zoneAwareLbSetting" in since(Version::V1_31),
        /// Deprecated.
        warmup_duration_secs: Option<Spanned<Duration>> = "warmupDurationSecs" in duration(),
        /// Slow start.
        warmup: Option<Box<Warmup>> = "warmup",
    }
}

enumeration! {
    /// `simple`.
    SimpleLb {
        /// As the mesh says.
        Unspecified = "UNSPECIFIED" / 0,
        /// Deprecated name of `LEAST_REQUEST`.
        LeastConn = "LEAST_CONN" / 1,
        /// Random.
        Random = "RANDOM" / 2,
        /// To where the connection was going.
        Passthrough = "PASSTHROUGH" / 3,
        /// In turn.
        RoundRobin = "ROUND_ROBIN" / 4,
        /// The less busy of two.
        LeastRequest = "LEAST_REQUEST" / 5,
    }
}

message! {
    /// `consistentHash`. Of several keys the one declared last counts, and so of the algorithms.
    ConsistentHash {
        /// Header.
        http_header_name: Text = "httpHeaderName" in one_of(1),
        /// Cookie.
        http_cookie: Option<HttpCookie> = "httpCookie" in one_of(1),
        /// Address of the client.
        use_source_ip: Option<Spanned<bool>> = "useSourceIp" in one_of(1),
        /// Query parameter.
        http_query_parameter_name: Text = "httpQueryParameterName" in one_of(1),
        /// Algorithm with a ring.
        ring_hash: Option<RingHash> = "ringHash" in one_of(2),
        /// Algorithm with a table.
        maglev: Option<MagLev> = "maglev" in one_of(2),
        /// Deprecated.
        minimum_ring_size: Option<Spanned<u64>> = "minimumRingSize" in range(0, MOST),
    }
}

impl ConsistentHash {
    /// The cookie, unless another key counts (mirrors istio.io/api `GetHttpCookie` after decoding).
    pub fn cookie(&self) -> Option<&HttpCookie> {
        let is_replaced = self.use_source_ip.is_some() || self.http_query_parameter_name.is_some();
        self.http_cookie.as_ref().filter(|_| !is_replaced)
    }
}

message! {
    /// `httpCookie`.
    HttpCookie {
        /// Name.
        name: Text = "name" in required(),
        /// Path.
        path: Text = "path",
        /// Lifetime.
        ttl: Option<Spanned<Duration>> = "ttl",
        /// Attributes.
        attributes: Vec<CookieAttribute> = "attributes",
    }
}

message! {
    /// An entry of `attributes`.
    CookieAttribute {
        /// Name.
        name: Text = "name" in required(),
        /// Value.
        value: Text = "value",
    }
}

message! {
    /// `ringHash`.
    RingHash {
        /// Fewest entries of the ring.
        minimum_ring_size: Option<Spanned<u64>> = "minimumRingSize" in range(0, MOST),
    }
}

message! {
    /// `maglev`.
    MagLev {
        /// Entries of the table.
        table_size: Option<Spanned<u64>> = "tableSize" in range(0, MOST),
    }
}

message! {
    /// `backendUtilization`.
    BackendUtilization {
        /// Time until weights are trusted.
        weight_stabilization_period: Option<Spanned<Duration>> = "weightStabilizationPeriod",
        /// Time until weights are forgotten.
        weight_expiration_period: Option<Spanned<Duration>> = "weightExpirationPeriod",
        /// Time between computations.
        weight_update_period: Option<Spanned<Duration>> = "weightUpdatePeriod",
        /// How much errors count.
        error_utilization_penalty_percent: Option<Spanned<u32>> = "errorUtilizationPenaltyPercent",
        /// What counts as utilization.
        metric_names_for_computing_utilization: Vec<Spanned<Str>> = "metricNamesForComputingUtilization",
    }
}

message! {
    /// `localityLbSetting`.
    LocalityLb {
        /// Shares by locality.
        distribute: Vec<Distribute> = "distribute",
        /// Regions that stand in for others.
        failover: Vec<Failover> = "failover",
        /// Labels by which near endpoints are told.
        failover_priority: Vec<Spanned<Str>> = "failoverPriority",
        /// Whether it counts.
        enabled: Option<Spanned<bool>> = "enabled",
    }
}

message! {
    /// An entry of `distribute`.
    Distribute {
        /// Locality of the client.
        from: Text = "from",
        /// Shares in percent of localities of endpoints.
        to: Map<Spanned<u32>> = "to",
    }
}

message! {
    /// An entry of `failover`.
    Failover {
        /// Region.
        from: Text = "from",
        /// Region that stands in for it.
        to: Text = "to",
    }
}

message! {
    /// `zoneAwareLbSetting`.
    ZoneAwareLb {
        /// Whether it counts.
        enabled: Option<Spanned<bool>> = "enabled",
        /// Regions that stand in for others.
        failover: Vec<Failover> = "failover",
        /// Labels by which near endpoints are told.
        failover_priority: Vec<Spanned<Str>> = "failoverPriority",
        /// Fewest endpoints with which zones count.
        min_cluster_size: Option<Spanned<u32>> = "minClusterSize" in range(1, 4_294_967_295),
    }
}

message! {
    /// `warmup`.
    Warmup {
        /// Length.
        duration: Option<Spanned<Duration>> = "duration" in required().duration(),
        /// Share at the beginning.
        minimum_percent: Option<Spanned<f64>> = "minimumPercent" in range(0, 100),
        /// How fast the share grows.
        aggression: Option<Spanned<f64>> = "aggression" in range(0, MOST).above(),
    }
}
