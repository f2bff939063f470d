//! `rule!` and `rules!`: what makes a file of this folder a rule. Knows nothing of Istio.

/// Defines the rule of a file: its static [`Rule`](crate::finding::Rule), with the doc comment as its text, and the
/// static `CHECK` that joins it to the function `check`. `off by default` is for rules that have to be selected. `option` names what the config file may say of it; `without check` serves findings that are made elsewhere;
/// `verdicts` lists what Istio's validators, its decoder or the schema object to, by the numbers of the checks.
///
/// ```text
/// rule! {
///     /// ## What it reports
///     /// ...
///     HOST_NOT_IN_ANY_GATEWAY = "GW304" "host-not-in-any-gateway", Error, also "IST0132";
/// }
/// ```
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $rule:ident = $code:literal $name:literal, $severity:ident
        $(, also $($alias:literal),+)?;) => {
        rule! { @rule $rule $code $name $severity true [$($($alias),+)?] [] [$($doc)+] }
        pub(super) static CHECK: $crate::rules::Check =
            $crate::rules::Check { rule: &$rule, run: Some(check), verdicts: &[] };
    };
    ($(#[doc = $doc:literal])+ $rule:ident = $code:literal $name:literal, $severity:ident
        $(, also $($alias:literal),+)?; verdicts $($verdict:literal),+ $(; and $check:ident)?) => {
        rule! { @rule $rule $code $name $severity true [$($($alias),+)?] [] [$($doc)+] }
        pub(super) static CHECK: $crate::rules::Check = $crate::rules::Check {
            rule: &$rule,
            run: rule!(@run $($check)?),
            verdicts: &[$($verdict),+],
        };
    };
    (@run) => { None };
    (@run $check:ident) => { Some($check) };
    ($(#[doc = $doc:literal])+ $rule:ident = $code:literal $name:literal, $severity:ident
        $(, also $($alias:literal),+)?; without check) => {
        rule! { @rule $rule $code $name $severity true [$($($alias),+)?] [] [$($doc)+] }
        pub(super) static CHECK: $crate::rules::Check =
            $crate::rules::Check { rule: &$rule, run: None, verdicts: &[] };
    };
    ($(#[doc = $doc:literal])+ $rule:ident = $code:literal $name:literal, $severity:ident
        $(, also $($alias:literal),+)?; option $option:ident) => {
        rule! { @rule $rule $code $name $severity true [$($($alias),+)?] [$option] [$($doc)+] }
        pub(super) static CHECK: $crate::rules::Check =
            $crate::rules::Check { rule: &$rule, run: Some(check), verdicts: &[] };
    };
    ($(#[doc = $doc:literal])+ $rule:ident = $code:literal $name:literal, $severity:ident, off by default;
        without check) => {
        rule! { @rule $rule $code $name $severity false [] [] [$($doc)+] }
        pub(super) static CHECK: $crate::rules::Check =
            $crate::rules::Check { rule: &$rule, run: None, verdicts: &[] };
    };
    (@rule $rule:ident $code:literal $name:literal $severity:ident $on:literal [$($alias:literal),*] [$($option:ident)?] [$($doc:literal)+]) => {
        $(#[doc = $doc])+
        pub(crate) static $rule: $crate::finding::Rule = $crate::finding::Rule {
            code: $code,
            name: $name,
            category: super::CATEGORY,
            severity: $crate::finding::Severity::$severity,
            on_by_default: $on,
            aliases: &[$($alias),*],
            options: &[$(&$option)?],
            docs: {
                const RAW: &str = concat!($($doc, "\n"),+);
                const TEXT: &[u8] = &$crate::rules::macros::dedent::<
                    { $crate::rules::macros::dedented_len(RAW) },
                >(RAW);
                match std::str::from_utf8(TEXT) {
                    Ok(text) => text,
                    Err(_) => panic!("only spaces were removed"),
                }
            },
        };
    };
}

/// Lists the rules of a category, in the order of their codes.
macro_rules! rules {
    ($category:ident: $($rule:ident),+ $(,)?) => {
        /// The category of the rules in this folder.
        const CATEGORY: $crate::finding::Category = $crate::finding::Category::$category;
        /// The rules of this folder in the order of their codes.
        pub(super) static CHECKS: &[&$crate::rules::Check] = &[$(&$rule::CHECK),+];
    };
}

pub(super) use {rule, rules};

/// Bytes of `text` without the space that begins each line of a doc comment.
pub(super) const fn dedented_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut len, mut at) = (0, 0);
    while at < bytes.len() {
        if !begins_line(bytes, at) {
            len += 1;
        }
        at += 1;
    }
    len
}

/// `text` without the space that begins each line of a doc comment.
pub(super) const fn dedent<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    let mut out = [0; N];
    let (mut len, mut at) = (0, 0);
    while at < bytes.len() {
        if !begins_line(bytes, at) {
            out[len] = bytes[at];
            len += 1;
        }
        at += 1;
    }
    out
}

/// Whether byte `at` is a space at the beginning of a line.
const fn begins_line(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b' ' && (at == 0 || bytes[at - 1] == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_space_goes_from_each_line() {
        const RAW: &str = " a\n  b\n\nc d\n";
        assert_eq!(&dedent::<{ dedented_len(RAW) }>(RAW), b"a\n b\n\nc d\n");
    }
}
