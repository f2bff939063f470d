//! Regular expressions of the two that read them: istiod, which checks them by Go's package, and Envoy, which runs them
//! by RE2. The grammars are near each other and not the same: Go reads characters and Envoy bytes, `\C` is RE2's alone,
//! and each knows its own names of classes.

pub mod go;
pub mod re2;
