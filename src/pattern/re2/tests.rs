//! Every row of the comparison of RE2 with the `regex` crate, in both directions.

use super::{Re2, Re2ErrorKind};

/// A pattern, texts that it matches, texts that it does not match.
type Case = (&'static str, &'static [&'static [u8]], &'static [&'static [u8]]);

fn matches(pattern: &str, text: &[u8]) -> bool {
    Re2::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}")).is_full_match(text)
}

#[test]
fn patterns_match_what_re2_matches() {
    let cases: &[Case] = &[
        // Anchored at both ends, also around alternatives.
        ("", &[b""], &[b"a"]),
        ("/rx/[0-9]+", &[b"/rx/1"], &[b"/rx/1/", b"/x/rx/1"]),
        (r"\d+$", &[b"123"], &[b"a123", b"123\n"]),
        ("a|ab", &[b"a", b"ab"], &[b"abb", b""]),
        (".*", &[b"", b"/a"], &[b"\n"]),
        // Only in RE2.
        (r"\C", &[b"a", b"\n", b"\xff"], &[b"", b"\xc3\xa9"]),
        (r"\Qa.b\E.", &[b"a.bc"], &[b"axbc"]),
        (r"\Qa.*", &[b"a.*"], &[b"a"]),
        (r"\Qab\E*", &[b"abbb", b"a"], &[b"abab"]),
        ("a{,5}", &[b"a{,5}"], &[b"aa"]),
        ("a{2", &[b"a{2"], &[b"aa"]),
        ("{", &[b"{"], &[b""]),
        ("a{", &[b"a{"], &[b"a"]),
        ("a{a}", &[b"a{a}"], &[b"aa"]),
        ("a{02}", &[b"a{02}"], &[b"aa"]),
        ("a{1000000000}", &[b"a{1000000000}"], &[]),
        (r"\141\101\60", &[b"aA0"], &[]),
        (r"\0", &[b"\0"], &[b"0"]),
        (r"\08", &[b"\x008"], &[b"8"]),
        (r"\12", &[b"\n"], &[]),
        ("(?P<n>a)(?P<n>b)", &[b"ab"], &[]),
        ("(?<n>a)(?P<_1>b)?", &[b"a"], &[]),
        (r"\p{^L}", &[b"1", b"\xd7"], &[b"a", b"\xe9", b"\xc3\xa9"]),
        (r"\pL", &[b"a", b"\xe9"], &[b"1", b"\xc3\xa9"]),
        (r"[\pL]", &[b"a", b"\xaa"], &[b"1"]),
        (r"\PL\pN", &[b"11", b"-\xb2"], &[b"a1"]),
        (r"\p{Greek}|\pM", &[], &[b"a", b"\xe9"]),
        (r"\p{Any}", &[b"\n", b"\xff"], &[b""]),
        // Operators of classes in the crate only.
        ("[a&&b]+", &[b"a&b"], &[b""]),
        ("[a~~b]", &[b"a", b"~", b"b"], &[b"~~"]),
        ("[[a]b]", &[b"[b]", b"ab]"], &[b"b"]),
        ("[[.a.]]", &[b"[]", b".]", b"a]"], &[b"a"]),
        ("[--b]", &[b"-", b"A", b"b"], &[b"c"]),
        ("[[:a]", &[b"[", b":", b"a"], &[b"b"]),
        (r"\<a\>", &[b"<a>"], &[b"a"]),
        (r"\_\-\/\ \%", &[b"_-/ %"], &[]),
        // Bytes.
        (".", &[b"a", b"\xff"], &[b"\n", b"\xc3\xa9"]),
        ("[^a]", &[b"\n", b"\x80"], &[b"a", b"\xc3\xa9"]),
        ("é", &[b"\xc3\xa9"], &[b"\xe9"]),
        ("é?", &[b"\xc3", b"\xc3\xa9"], &[b""]),
        (r"\xe9\x{e9}\351", &[b"\xe9\xe9\xe9"], &[]),
        (r"(?i)\xe9", &[b"\xe9"], &[b"\xc9"]),
        ("(?i)k", &[b"K", b"k"], &[b"\xe2\x84\xaa"]),
        (r"\s", &[b"\t", b"\n", b"\x0c", b"\r", b" "], &[b"\x0b", b"\x85", b"\xa0"]),
        (r"\S", &[b"\x0b", b"\x85"], &[b" "]),
        ("[[:space:]]", &[b"\x0b"], &[b"\x85"]),
        (r"\w\d", &[b"_1", b"a0"], &[b"\xe9\x31"]),
        (r".\b.", &[b"a-", b"\xe9z"], &[b"ab", b"\xe9-"]),
        // The same in both.
        (r"\D\W[[:alpha:]][[:^alpha:]]", &[b"--a1"], &[]),
        ("(?i:ab)c", &[b"ABc"], &[b"abC"]),
        ("a(?i)b|c", &[b"aB", b"C"], &[b"AB"]),
        ("(a(?i))b", &[b"ab"], &[b"aB"]),
        ("(?i)[a-c]x(?-i)x", &[b"BXx"], &[b"bxX"]),
        ("(?i)[[:^upper:]]", &[b"1"], &[b"a", b"A"]),
        ("(?s)a.b", &[b"a\nb"], &[]),
        ("(?m)a$\n^b", &[b"a\nb"], &[b"ab"]),
        ("a$\n", &[], &[b"a\n"]),
        ("(?U)a+?(?s-U:.)", &[b"aab", b"a\n"], &[]),
        ("(?)a", &[b"a"], &[]),
        (r"\Aa\z", &[b"a"], &[]),
        (r"a\B\Bb", &[b"ab"], &[]),
        ("x*?()(|a)a||b", &[b"xxa", b"aa", b"", b"b"], &[]),
        ("[]a]+[^]a]", &[b"]ab"], &[b"a]"]),
        (r"[\d-z]+", &[b"1-z"], &[b"y"]),
        ("[-a][a-]", &[b"--", b"aa"], &[]),
        (r"\a\n\t\v\f\r\x41\x{41}\x{0041}", &[b"\x07\n\t\x0b\x0c\rAAA"], &[]),
        (r"[^\x00-\xff]", &[], &[b"a", b""]),
        ("^*a$+", &[b"a"], &[]),
        // What stands between makes a repetition of a repetition.
        ("a*(?i)*b{2}(?:){2}", &[b"aabb", b"bb"], &[b"Aabb"]),
        (r"(?:ab)+\Q\E{2}", &[b"abab"], &[b"ab"]),
    ];
    for (pattern, yes, no) in cases {
        for text in *yes {
            assert!(matches(pattern, text), "{pattern} on {text:?}");
        }
        for text in *no {
            assert!(!matches(pattern, text), "{pattern} on {text:?}");
        }
    }
}

#[test]
fn patterns_are_refused_where_re2_refuses_them() {
    for (pattern, wrong, message) in [
        ("a(?x)b", "(?x", "is not a group or flag that RE2 knows"),
        ("(?R)", "(?R", "is not a group or flag that RE2 knows"),
        ("(?u)a", "(?u", "is not a group or flag that RE2 knows"),
        ("(?i-)a", "(?i-)", "is not a group or flag that RE2 knows"),
        ("(?#a)", "(?#", "is not a group or flag that RE2 knows"),
        ("a(?=b)", "(?=", "is not a group or flag that RE2 knows"),
        ("(?!a)", "(?!", "is not a group or flag that RE2 knows"),
        ("(?<=a)", "(?<=", "is not a group or flag that RE2 knows"),
        ("(?<!a)", "(?<!", "is not a group or flag that RE2 knows"),
        ("(?>a)", "(?>", "is not a group or flag that RE2 knows"),
        ("(?|a)", "(?|", "is not a group or flag that RE2 knows"),
        ("(?P=n)", "(?P", "is not a group or flag that RE2 knows"),
        ("(?", "(?", "is not a group or flag that RE2 knows"),
        ("(?P<n)", "(?P<", "is a name without `>`"),
        ("(?<a-b>c)", "(?<a-b>", "is not a name of a group"),
        ("(?<é>c)", "(?<é>", "is not a name of a group"),
        (r"\u00e9", r"\u", "is not an escape of RE2"),
        (r"a\Z", r"\Z", "is not an escape of RE2"),
        (r"\Ga", r"\G", "is not an escape of RE2"),
        (r"\e", r"\e", "is not an escape of RE2"),
        (r"\cA", r"\c", "is not an escape of RE2"),
        (r"\h", r"\h", "is not an escape of RE2"),
        (r"\R", r"\R", "is not an escape of RE2"),
        (r"\X", r"\X", "is not an escape of RE2"),
        (r"\K", r"\K", "is not an escape of RE2"),
        (r"\N", r"\N", "is not an escape of RE2"),
        (r"\o{1}", r"\o", "is not an escape of RE2"),
        (r"[\b]", r"\b", "is not an escape of RE2"),
        (r"[a-\d]", r"\d", "is not an escape of RE2"),
        (r"\éa", r"\é", "is not an escape of RE2"),
        (r"\E", r"\E", "is not an escape of RE2"),
        (r"(a)\1", r"\1", "is a reference to a group, which RE2 does not have"),
        (r"\7", r"\7", "is a reference to a group, which RE2 does not have"),
        (r"\8", r"\8", "is a reference to a group, which RE2 does not have"),
        (r"\x{100}", r"\x{100", "is not a byte (RE2 knows `\\x41`, `\\x{41}`, `\\101`, up to 255)"),
        (r"\x4", r"\x4", "is not a byte (RE2 knows `\\x41`, `\\x{41}`, `\\101`, up to 255)"),
        (r"\x{}", r"\x{}", "is not a byte (RE2 knows `\\x41`, `\\x{41}`, `\\101`, up to 255)"),
        (r"\777", r"\777", "is not a byte (RE2 knows `\\x41`, `\\x{41}`, `\\101`, up to 255)"),
        (r"a\", r"\", "at the end escapes nothing"),
        ("ba**", "**", "repeats a repetition"),
        ("a++", "++", "repeats a repetition"),
        ("a??*", "??*", "repeats a repetition"),
        ("x{2}{3}", "{2}{3}", "repeats a repetition"),
        ("a{1001}", "{1001}", "repeats more than 1000 times"),
        ("a{1,1001}?", "{1,1001}?", "repeats more than 1000 times"),
        (
            "(a{100}){100}",
            "{100}",
            "repeats more than 1000 times together with the repetitions in it",
        ),
        ("a{3,2}", "{3,2}", "is a repetition whose end is before its start"),
        ("*", "*", "has nothing to repeat"),
        ("+a", "+", "has nothing to repeat"),
        ("a|*", "*", "has nothing to repeat"),
        ("({2})", "{2}", "has nothing to repeat"),
        ("(?i)*", "*", "has nothing to repeat"),
        ("[a--b]", "a--", "is a range whose end is before its start"),
        ("[z-a]", "z-a", "is a range whose end is before its start"),
        ("a[]", "[]", "is a class without `]`"),
        ("[^", "[^", "is a class without `]`"),
        ("[a-", "[a-", "is a class without `]`"),
        ("[[:foo:]]", "[:foo:]", "is not a class that RE2 knows"),
        (r"\p{greek}", r"\p{greek}", "is not a group of Unicode that RE2 knows"),
        (r"[\p{Script=Greek}]", r"\p{Script=Greek}", "is not a group of Unicode that RE2 knows"),
        (r"\pé", r"\pé", "is not a group of Unicode that RE2 knows"),
        (r"\p", r"\p", "is not a group of Unicode that RE2 knows"),
        (r"\p{L", r"\p{", "is a group of Unicode without `}`"),
        ("(a", "(", "is not closed"),
        ("((a)", "(", "is not closed"),
        ("a)b", ")", "closes nothing"),
    ] {
        let error = Re2::new(pattern).err().unwrap_or_else(|| panic!("{pattern} is accepted"));
        assert_eq!(error.kind, Re2ErrorKind::Syntax, "{pattern}");
        assert_eq!(&pattern[error.range], wrong, "{pattern}");
        assert_eq!(error.message, format!("`{wrong}` {message}"), "{pattern}");
    }
}

#[test]
fn programs_are_limited_as_istio_limits_them() {
    for pattern in [
        "a{1000}",
        "(a{100}){10}",
        "(?:abcdefghijklmnopqrstuvwxyz012345){1000}",
        "[acegikmoqsuwy]{1,1000}",
        "(?:(?:GET|POST|PUT|DELETE|PATCH){500}){2}",
    ] {
        assert!(Re2::new(pattern).is_ok(), "{pattern}");
    }
    for pattern in [
        "(?:abcdefghijklmnopqrstuvwxyz0123456){1000}",
        &"[acegikmoqsuwy]{500}".repeat(6),
        &"a".repeat(40_000),
    ] {
        assert_eq!(Re2::new(pattern).unwrap_err().kind, Re2ErrorKind::TooLarge, "{pattern}");
    }
}

#[test]
fn any_pattern_ends_soon() {
    let nested = |depth: usize| format!("{}a{}", "(?:".repeat(depth), ")*".repeat(depth));
    assert!(Re2::new(&nested(120)).unwrap().is_full_match(b"aa"));
    assert_eq!(Re2::new(&nested(200)).unwrap_err().kind, Re2ErrorKind::Unsupported);
    assert_eq!(Re2::new(&"(".repeat(100_000)).unwrap_err().kind, Re2ErrorKind::Unsupported);
    assert_eq!(
        Re2::new(&format!("a{}", "(?i)*".repeat(100_000))).unwrap_err().kind,
        Re2ErrorKind::Unsupported
    );
    for part in [
        "[[:", "{", "{1", "(?:)", "(?i)", r"\Q", "|", "()", "(|a)*", r"\b*", "[^a", "[[:x]",
        "a{0}", "^{1000}",
    ] {
        let _ = Re2::new(&part.repeat(20_000));
    }
    assert!(!Re2::new("(?:(?:a*)*){100}b").unwrap().is_full_match(&b"a".repeat(5_000)));
}

#[test]
fn replacing_is_re2s() {
    for (pattern, substitution, text, expected) in [
        ("x*", "-", "/exxy", Some("-/-e-y-")),
        ("^/a(.*)", r"/b\1", "/axy", Some("/bxy")),
        ("a", r"\0\0", "/aba", Some("/aabaa")),
        ("/([a-z]+)/([a-z]+)", r"/\2/\1", "/a/b/c/d", Some("/b/a/d/c")),
        ("(a)|(b)", r"[\1\2]", "/ab", Some("/[a][b]")),
        ("z", "-", "/a", None),
        // A group that does not exist; one that does, twice over.
        ("x", r"\1", "/ax", None),
        ("(x)", r"\10", "/ax", Some("/ax0")),
        // A wrong escape ends what is inserted.
        ("a", r"b\qc", "/aza", Some("/bzb")),
        ("/", r"\", "/a/b", Some("ab")),
        ("/", r"\\", "/a/b", Some(r"\a\b")),
        ("$", r"\0x", "/a", Some("/ax")),
        ("", "-", "/a", Some("-/-a-")),
        (r"\b", "-", "/a/b", Some("/-a-/-b-")),
        ("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)", r"\9", "/abcdefghij", Some("/i")),
        ("(a|ab)(c|bcd)(d*)", r"\1,\2,\3", "/abcd", Some("/a,bcd,")),
    ] {
        let re2 = Re2::new(pattern).unwrap();
        assert_eq!(re2.replace_all(text, substitution).as_deref(), expected, "{pattern}");
    }
}

#[test]
fn automata_are_the_patterns() {
    let patterns =
        ["/a.*", "(?i)/a|/b", "a{2,3}", "", ".*", "\\bx\\b", "(?m)^a$", "[^a]", "x|(?:xy)*", "é"];
    let texts = ["/a", "/A/b", "/b", "aa", "aaaa", "", "x", "a", "b", "\n", "xyxy", "é", "/abc\n"];
    for pattern in patterns {
        let re2 = Re2::new(pattern).unwrap();
        let automaton = re2.automaton().unwrap();
        for text in texts {
            let expected = re2.is_full_match(text.as_bytes());
            assert_eq!(automaton.matches(text.as_bytes()), expected, "{pattern} {text}");
        }
    }
}

#[test]
fn automata_know_what_all_texts_begin_with() {
    for (pattern, expected) in [
        ("/api/v[0-9]+", "/api/v"),
        ("/api/?", "/api"),
        ("/a(b|bc)d", "/ab"),
        ("/a|/b", "/"),
        (".*", ""),
        ("^/x\\.html$", "/x.html"),
        ("(?i)/a", "/"),
    ] {
        let automaton = Re2::new(pattern).unwrap().automaton().unwrap();
        assert_eq!(automaton.common_prefix(), expected.as_bytes(), "{pattern}");
    }
}

#[test]
fn large_automata_are_not_made() {
    assert!(Re2::new("(a|b)*a(a|b){20}").unwrap().automaton().is_none());
}
