//! The `gwctl` binary: everything is in the library.

fn main() -> std::process::ExitCode {
    gwctl::run()
}
