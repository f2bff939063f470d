//! `connectionPool`.

use crate::istio::Version;
use crate::istio::decode::{duration, enumeration, message, since};
use crate::istio::duration::Duration;
use crate::text::Spanned;

message! {
    /// `connectionPool`.
    ConnectionPool {
        /// TCP settings.
        tcp: Option<Box<TcpSettings>> = "tcp",
        /// HTTP settings.
        http: Option<Box<HttpSettings>> = "http",
    }
}

message! {
    /// `connectionPool.tcp`.
    TcpSettings {
        /// Most connections.
        max_connections: Option<Spanned<i32>> = "maxConnections",
        /// Time for connecting.
        connect_timeout: Option<Spanned<Duration>> = "connectTimeout" in duration(),
        /// Probes of idle connections.
        tcp_keepalive: Option<Box<TcpKeepalive>> = "tcpKeepalive",
        /// Longest life of a connection.
        max_connection_duration: Option<Spanned<Duration>> = "maxConnectionDuration" in duration(),
        /// Idle time.
        idle_timeout: Option<Spanned<Duration>> = "idleTimeout",
    }
}

message! {
    /// `connectionPool.tcp.tcpKeepalive`.
    TcpKeepalive {
        /// Unanswered probes until a connection is dead.
        probes: Option<Spanned<u32>> = "probes",
        /// Idle time before the first.
        time: Option<Spanned<Duration>> = "time" in duration(),
        /// Time between them.
        interval: Option<Spanned<Duration>> = "interval" in duration(),
    }
}

message! {
    /// `connectionPool.http`.
    HttpSettings {
        /// Most waiting requests.
        http1_max_pending_requests: Option<Spanned<i32>> = "http1MaxPendingRequests",
        /// Most active requests.
        http2_max_requests: Option<Spanned<i32>> = "http2MaxRequests",
        /// Most requests of a connection.
        max_requests_per_connection: Option<Spanned<i32>> = "maxRequestsPerConnection",
        /// Most active retries.
        max_retries: Option<Spanned<i32>> = "maxRetries",
        /// Idle time.
        idle_timeout: Option<Spanned<Duration>> = "idleTimeout" in duration(),
        /// Whether HTTP/1.1 becomes HTTP/2.
        h2_upgrade_policy: Option<Spanned<H2UpgradePolicy>> = "h2UpgradePolicy",
        /// Whether the client's protocol is kept.
        use_client_protocol: Option<Spanned<bool>> = "useClientProtocol",
        /// Most streams of a connection.
        max_concurrent_streams: Option<Spanned<i32>> = "maxConcurrentStreams",
        /// Pings of idle connections.
        http2_keep_alive: Option<Box<KeepAlive>> = "http2KeepAlive" in since(Version::V1_31),
    }
}

enumeration! {
    /// `h2UpgradePolicy`.
    H2UpgradePolicy {
        /// As the mesh says.
        Default = "DEFAULT" / 0,
        /// Never.
        DoNotUpgrade = "DO_NOT_UPGRADE" / 1,
        /// Always.
        Upgrade = "UPGRADE" / 2,
    }
}

message! {
    /// `http2KeepAlive`.
    KeepAlive {
        /// Time between pings.
        interval: Option<Spanned<Duration>> = "interval" in duration(),
        /// Time for the answer.
        timeout: Option<Spanned<Duration>> = "timeout" in duration(),
    }
}
