//! Names of classes.

/// Whether Go knows `\p{name}`: Unicode's categories, their long names, and scripts. Case, blanks, `_` and `-` do not
/// count (mirrors Go 1.26 `regexp/syntax: unicodeTable`, which finds no script whose name has two words).
pub(super) fn is_unicode(name: &str) -> bool {
    let counts = |c: &char| !matches!(c, '_' | '-' | ' ');
    let name: String = name.chars().filter(counts).map(|c| c.to_ascii_lowercase()).collect();
    UNICODE.binary_search(&name.as_str()).is_ok()
}

/// Whether Go knows `[:name:]` or `[:^name:]`.
pub(super) fn is_posix(name: &str) -> bool {
    POSIX.contains(&name.strip_prefix('^').unwrap_or(name))
}

const POSIX: &[&str] = &[
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
    "space", "upper", "word", "xdigit",
];

/// In order. What Go 1.26 accepts, of all that its package `unicode` names.
#[rustfmt::skip]
const UNICODE: &[&str] = &[
    "adlam", "ahom", "any", "arabic", "armenian", "ascii", "assigned", "avestan", "balinese",
    "bamum", "batak", "bengali", "bhaiksuki", "bopomofo", "brahmi", "braille", "buginese",
    "buhid", "c", "carian", "casedletter", "cc", "cf", "chakma", "cham", "cherokee", "chorasmian",
    "closepunctuation", "cn", "cntrl", "co", "combiningmark", "common", "connectorpunctuation",
    "control", "coptic", "cs", "cuneiform", "currencysymbol", "cypriot", "cyrillic",
    "dashpunctuation", "decimalnumber", "deseret", "devanagari", "digit", "dogra", "duployan",
    "elbasan", "elymaic", "enclosingmark", "ethiopic", "finalpunctuation", "format", "georgian",
    "glagolitic", "gothic", "grantha", "greek", "gujarati", "gurmukhi", "han", "hangul",
    "hanunoo", "hatran", "hebrew", "hiragana", "inherited", "initialpunctuation", "javanese",
    "kaithi", "kannada", "katakana", "kawi", "kharoshthi", "khmer", "khojki", "khudawadi", "l",
    "lao", "latin", "lc", "lepcha", "letter", "letternumber", "limbu", "lineseparator", "lisu",
    "ll", "lm", "lo", "lowercaseletter", "lt", "lu", "lycian", "lydian", "m", "mahajani",
    "makasar", "malayalam", "mandaic", "manichaean", "marchen", "mark", "mathsymbol", "mc", "me",
    "medefaidrin", "miao", "mn", "modi", "modifierletter", "modifiersymbol", "mongolian", "mro",
    "multani", "myanmar", "n", "nabataean", "nandinagari", "nd", "newa", "nko", "nl", "no",
    "nonspacingmark", "number", "nushu", "ogham", "openpunctuation", "oriya", "osage", "osmanya",
    "other", "otherletter", "othernumber", "otherpunctuation", "othersymbol", "p", "palmyrene",
    "paragraphseparator", "pc", "pd", "pe", "pf", "phoenician", "pi", "po", "privateuse", "ps",
    "punct", "punctuation", "rejang", "runic", "s", "samaritan", "saurashtra", "sc", "separator",
    "sharada", "shavian", "siddham", "sinhala", "sk", "sm", "so", "sogdian", "soyombo",
    "spaceseparator", "spacingmark", "sundanese", "surrogate", "symbol", "syriac", "tagalog",
    "tagbanwa", "takri", "tamil", "tangsa", "tangut", "telugu", "thaana", "thai", "tibetan",
    "tifinagh", "tirhuta", "titlecaseletter", "toto", "ugaritic", "unassigned", "uppercaseletter",
    "vai", "vithkuqi", "wancho", "yezidi", "yi", "z", "zl", "zp", "zs",
];

#[cfg(test)]
mod tests {
    use super::UNICODE;

    #[test]
    fn names_are_in_order() {
        assert!(UNICODE.is_sorted());
    }
}
