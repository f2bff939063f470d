//! Names and values of headers (3-validation.md C-17 to C-23).

/// The names of a request that are no headers of it and can be matched.
const PSEUDO: &[&str] = &[":method", ":scheme", ":authority", ":path", ":status"];

const CLAIMS: &str = "@request.auth.claims";

/// C-17: mirrors istio 1.32 `pkg/config/validation: ValidateHTTPHeaderNameOrJwtClaimRoute`.
pub(super) fn is_match_name(name: &str) -> bool {
    is_claim(name) || PSEUDO.contains(&name) || is_token(name)
}

/// C-18: whether the key of a header match means a claim of a JWT; mirrors `pkg/jwt: ToRoutingClaim`.
pub(super) fn is_claim(name: &str) -> bool {
    let Some((prefix, claim)) = name.split_at_checked(CLAIMS.len()) else { return false };
    let is_bracketed = claim.len() > 2 && claim.starts_with('[') && claim.ends_with(']');
    prefix.eq_ignore_ascii_case(CLAIMS)
        && (is_bracketed || claim.len() > 1 && claim.starts_with('.'))
}

/// Characters of RFC 7230, and `,`, which the regular expression of Istio lets through by its range `+-.`.
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+,-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}

/// C-19: what is wrong with the name of a header that a request gets; mirrors
/// `ValidateHTTPHeaderWithAuthorityOperationName`.
pub(super) fn request_name_flaw(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("the name of a header is empty");
    }
    let is_pseudo = name.starts_with(':') && !name.eq_ignore_ascii_case(":authority");
    is_pseudo.then_some("of the names with a colon only `:authority` can be set")
}

/// C-20: what is wrong with the name of a header that is removed, or that a response gets; mirrors
/// `ValidateHTTPHeaderOperationName`.
pub(super) fn operation_name_flaw(name: &str) -> Option<&'static str> {
    match name {
        "" => Some("the name of a header is empty"),
        name if name.eq_ignore_ascii_case("host") => Some("`host` cannot be changed here"),
        name if name.starts_with(':') => Some("names with a colon cannot be changed here"),
        _ => None,
    }
}

/// C-21: mirrors `ValidateCORSHTTPHeaderName`.
pub(super) fn is_cors_name(name: &str) -> bool {
    name == "*" || is_token(name)
}

/// C-22: what is wrong with the value of a header; mirrors `ValidateHTTPHeaderValue`.
pub(super) fn value_flaw(value: &str) -> Option<&'static str> {
    if value.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
        return Some("it has a control character");
    }
    (!is_format(value))
        .then_some("its variables (`%NAME%`, `%NAME(argument)%`) do not end; write `%%` for `%`")
}

/// Where a value is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Literal,
    /// After `%`.
    Name,
    /// After `(`.
    Arguments,
    /// In an argument; whether one of a list.
    Text,
    /// After `"`.
    AfterText,
    /// Before the `"` of an argument of a list.
    BeforeText,
    /// After `]`.
    AfterList,
    /// After `)`.
    End,
}

/// C-23: whether a value has the form of Envoy's formats; mirrors `validateHeaderValue`, byte by byte.
fn is_format(value: &str) -> bool {
    let mut state = State::Literal;
    let mut bytes = value.bytes().peekable();
    while let Some(byte) = bytes.next() {
        state = match (state, byte) {
            (State::Literal, b'%') => match bytes.peek() {
                None => return false,
                Some(b'%') => {
                    bytes.next();
                    State::Literal
                }
                Some(_) => State::Name,
            },
            (State::Name | State::End, b'%') => State::Literal,
            (State::Arguments, b'[') | (State::AfterText, b',') => State::BeforeText,
            (State::Name, b'(') | (State::Arguments, b' ') => State::Arguments,
            (State::Arguments, _) | (State::BeforeText, b'"') => State::Text,
            (State::Text, b'\\') => match bytes.next() {
                None => return false,
                Some(_) => State::Text,
            },
            (State::Text | State::AfterList, b')') => State::End,
            (State::Text, b'"') => State::AfterText,
            (State::AfterText, b']') => State::AfterList,
            (State::AfterText | State::BeforeText | State::AfterList | State::End, b' ')
            | (State::Literal | State::Name | State::Text, _) => state,
            _ => return false,
        };
    }
    state == State::Literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_variables_that_end() {
        for value in [
            "",
            "plain",
            "100%%",
            "%START_TIME%",
            "a%REQ(x)%b",
            "%REQ(a\")%%",
            "%REQ( [ \"a\" , \"b\" ] ) %",
            r"%REQ(\)%",
            r"%REQ(x\)y)%",
            "%REQ(a)  %",
            "%%%A%",
            "%(a)%",
            "%REQ([\"a)%",
            "%REQ(\"a)%",
        ] {
            let expected = value != "%REQ(a\")%%";
            assert_eq!(value_flaw(value).is_none(), expected, "{value}");
        }
        for value in [
            "%",
            "50%",
            "%A",
            "%A%%",
            "%REQ()%",
            "%()%",
            "%REQ(a\"b)%",
            "%REQ([])%",
            "%REQ([\"a\",])%",
            "%REQ(a)x%",
            r"%REQ(a\",
            "%REQ(a",
            "%REQ([\"a\"]",
            "a\nb",
            "a\x7fb",
        ] {
            assert!(value_flaw(value).is_some(), "{value}");
        }
        assert_eq!(value_flaw("tab\tö"), None);
    }

    #[test]
    fn match_names_are_tokens_pseudo_headers_and_claims() {
        for (name, expected) in [
            ("x-a", true),
            ("x,a", true),
            (":path", true),
            (":Path", false),
            ("x a", false),
            ("", false),
            ("@Request.auth.claims.sub", true),
            ("@request.auth.claims[a]", true),
            ("@request.auth.claims[]", false),
            ("@request.auth.claims.", false),
            ("@request.auth.claim", false),
        ] {
            assert_eq!(is_match_name(name), expected, "{name}");
        }
    }

    #[test]
    fn operations_leave_the_authority_alone_but_for_requests() {
        for (name, of_request, of_others) in [
            ("x", true, true),
            ("x y", true, true),
            ("", false, false),
            ("Host", true, false),
            (":Authority", true, false),
            (":path", false, false),
        ] {
            assert_eq!(request_name_flaw(name).is_none(), of_request, "{name}");
            assert_eq!(operation_name_flaw(name).is_none(), of_others, "{name}");
        }
    }
}
