//! What Envoy 1.40 answered for raw paths, one column per `pathNormalization`.

use super::{BadPath, EscapedSlashes, PathOptions, normalize};

const NONE: PathOptions = PathOptions {
    normalize: false,
    merge_slashes: false,
    escaped_slashes: EscapedSlashes::KeepUnchanged,
};
const BASE: PathOptions = PathOptions { normalize: true, ..NONE };
const MERGE: PathOptions = PathOptions { merge_slashes: true, ..BASE };
const DECODE: PathOptions =
    PathOptions { escaped_slashes: EscapedSlashes::UnescapeAndForward, ..MERGE };
const EDGE: PathOptions =
    PathOptions { escaped_slashes: EscapedSlashes::UnescapeAndRedirect, ..MERGE };

/// Raw, then what `BASE`, `MERGE_SLASHES` and `DECODE_AND_MERGE_SLASHES` make of it; `!` is 400.
const TABLE: &str = r#"
/a/./b/../c          /a/c             /a/c             /a/c
/..                  /                /                /
/../x                /x               /x               /x
/%2e%2e/a            /a               /a               /a
/a/%2E/b             /a/b             /a/b             /a/b
/a//b                /a//b            /a/b             /a/b
//a                  //a              /a               /a
/foo\bar             /foo/bar         /foo/bar         /foo/bar
/a%2Fb               /a%2Fb           /a%2Fb           /a/b
/a%5cb               /a%5cb           /a%5cb           /a/b
/%41%42              /AB              /AB              /AB
/%7e                 /~               /~               /~
/a%20b               /a%20b           /a%20b           /a%20b
/%25                 /%25             /%25             /%25
/%C3%A9              /%C3%A9          /%C3%A9          /%C3%A9
/%zz                 /%zz             /%zz             /%zz
/a%                  /a%              /a%              /a%
/a"b                 /a%22b           /a%22b           /a%22b
/a<b>                /a%3Cb%3E        /a%3Cb%3E        /a%3Cb%3E
/a|b                 /a%7Cb           /a%7Cb           /a%7Cb
/a^b                 /a%5Eb           /a%5Eb           /a%5Eb
/a{b}                /a%7Bb%7D        /a%7Bb%7D        /a%7Bb%7D
/a`b                 /a%60b           /a%60b           /a%60b
/a[b]                /a[b]            /a[b]            /a[b]
/a;x/../b            /b               /b               /b
/a/..;/b             /b               /b               /b
/a/.;x/b             /a/b             /a/b             /a/b
/a/..;               /                /                /
/a/...;x/b           /a/...;x/b       /a/...;x/b       /a/...;x/b
/a/%2e%2e;x/b        /a/..;x/b        /a/..;x/b        /a/..;x/b
/a/..;x?q=/..;/b     /?q=/..;/b       /?q=/..;/b       /?q=/..;/b
/a/..                /                /                /
/a/.                 /a/              /a/              /a/
/a/b/..              /a/              /a/              /a/
/a%00b               !                !                !
/a?b%00              /a?b%00          /a?b%00          /a?b%00
/a/%2e%2f../b        /a/.%2f../b      /a/.%2f../b      /b
/a%2f..%2fb          /a%2f..%2fb      /a%2f..%2fb      /b
/a%2f%2fb            /a%2f%2fb        /a%2f%2fb        /a/b
/a//..//b            /a//b            /a/b             /a/b
//..//b              //b              /b               /b
/.//a                //a              /a               /a
/a/.b                /a/.b            /a/.b            /a/.b
/a/..b               /a/..b           /a/..b           /a/..b
/a../b               /a../b           /a../b           /a../b
/%2                  /%2              /%2              /%2
/%252e%252e/b        /%252e%252e/b    /%252e%252e/b    /%252e%252e/b
/a\..\b              /b               /b               /b
/a/..\b              /b               /b               /b
/?a//b/../c          /?a//b/../c      /?a//b/../c      /?a//b/../c
/a%5C%2f?x%2f        /a%5C%2f?x%2f    /a%5C%2f?x%2f    /a/?x%2f
///                  ///              //               //
/a///                /a///            /a/              /a/
/%%41                /%A              /%A              /%A
/a/.;/..;/b          /b               /b               /b
/'()*+,-:=@_~!$&     /'()*+,-:=@_~!$& /'()*+,-:=@_~!$& /'()*+,-:=@_~!$&
/%21%27%28%2d%5f%3b  /%21%27%28-_%3b  /%21%27%28-_%3b  /%21%27%28-_%3b
/a%2f%2e%2e          /a%2f..          /a%2f..          /
"#;

#[test]
fn paths_become_what_envoy_made_of_them() {
    for line in TABLE.lines().skip(1) {
        let columns: Vec<_> = line.split_whitespace().collect();
        assert_eq!(normalize(columns[0], &NONE).as_deref(), Ok(columns[0]), "{line}");
        for (options, expected) in [BASE, MERGE, DECODE].iter().zip(&columns[1..]) {
            let expected =
                if *expected == "!" { Err(BadPath::Refused) } else { Ok((*expected).to_owned()) };
            assert_eq!(normalize(columns[0], options), expected, "{line}");
        }
    }
}

#[test]
fn fragments_are_cut_first() {
    for (raw, expected) in [
        ("/a#f", "/a"),
        ("/a#b?c", "/a"),
        ("/a?b#c", "/a?b"),
        ("/a#", "/a"),
        ("/#a%2F", "/"),
        ("/exact#f", "/exact"),
    ] {
        for options in [NONE, BASE, MERGE, DECODE, EDGE] {
            assert_eq!(normalize(raw, &options).as_deref(), Ok(expected), "{raw}");
        }
    }
}

#[test]
fn blanks_before_the_version_are_no_part_of_a_path() {
    assert_eq!(normalize("/a?b \t", &NONE).as_deref(), Ok("/a?b"));
}

#[test]
fn a_decoded_character_makes_no_escape() {
    for (raw, expected) in [
        ("/%4%31", "/%2541"),
        ("/%%341", "/%2541"),
        ("/%2%65x", "/%252ex"),
        ("/%%30%30", "/%2500"),
        ("/%a%62", "/%25ab"),
        ("/%%41b", "/%25Ab"),
        ("/%%2e1", "/%.1"),
        ("/%%62%", "/%b%"),
    ] {
        assert_eq!(normalize(raw, &BASE).as_deref(), Ok(expected), "{raw}");
    }
}

#[test]
fn requests_for_an_exact_path_are_found_after_normalization() {
    for (raw, options, expected) in [
        ("/exact?q", BASE, "/exact?q"),
        ("/exact/", BASE, "/exact/"),
        ("/foo/../exact", BASE, "/exact"),
        ("//exact", BASE, "//exact"),
        ("//exact", MERGE, "/exact"),
        ("/%65xact", BASE, "/exact"),
    ] {
        assert_eq!(normalize(raw, &options).as_deref(), Ok(expected), "{raw}");
    }
}

#[test]
fn paths_that_the_parser_does_not_take_are_refused() {
    for raw in [
        "",
        "#",
        "a",
        "*",
        "\\a",
        "?x",
        "/a\tb",
        "/a b",
        "/a\u{1}b",
        "/a\u{7f}b",
        "/é",
        "/a?b\u{1}",
        "/a?é",
        "/a?b c",
    ] {
        assert_eq!(normalize(raw, &NONE), Err(BadPath::Refused), "{raw}");
    }
}

#[test]
fn escaped_slashes_redirect_at_the_edge() {
    for (raw, expected) in [
        ("/a%2Fb", "/a/b"),
        ("/a%2f..%2fb", "/b"),
        ("/a%5C%2f?x%2f", "/a/?x%2f"),
        ("/a%2F#x", "/a/"),
        ("/a%2f%2e%2e", "/"),
    ] {
        assert_eq!(normalize(raw, &EDGE), Err(BadPath::Redirected(expected.to_owned())), "{raw}");
    }
    assert_eq!(normalize("/a//b/../c?x%2f", &EDGE).as_deref(), Ok("/a/c?x%2f"));
    assert_eq!(normalize("/a%2Fb%00", &EDGE), Err(BadPath::Refused));
}
