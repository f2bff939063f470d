//! Named sets of characters, as far as they are in Latin-1.
//!
//! Mirrors `re2/perl_groups.cc` and `re2/unicode_groups.cc` (Unicode 15).

/// Ranges of bytes, both ends included.
pub(super) type Ranges = &'static [(u8, u8)];

/// The set of `\d`, `\s` or `\w`, by its letter in lower case.
pub(super) fn perl(letter: u8) -> Option<Ranges> {
    Some(match letter {
        b'd' => &[(b'0', b'9')],
        // Without the vertical tab, which `[[:space:]]` has.
        b's' => &[(b'\t', b'\n'), (0x0C, b'\r'), (b' ', b' ')],
        b'w' => &[(b'0', b'9'), (b'A', b'Z'), (b'_', b'_'), (b'a', b'z')],
        _ => return None,
    })
}

/// The set of `[:name:]`.
pub(super) fn posix(name: &[u8]) -> Option<Ranges> {
    Some(match name {
        b"alnum" => &[(b'0', b'9'), (b'A', b'Z'), (b'a', b'z')],
        b"alpha" => &[(b'A', b'Z'), (b'a', b'z')],
        b"ascii" => &[(0, 0x7F)],
        b"blank" => &[(b'\t', b'\t'), (b' ', b' ')],
        b"cntrl" => &[(0, 0x1F), (0x7F, 0x7F)],
        b"digit" => &[(b'0', b'9')],
        b"graph" => &[(b'!', b'~')],
        b"lower" => &[(b'a', b'z')],
        b"print" => &[(b' ', b'~')],
        b"punct" => &[(b'!', b'/'), (b':', b'@'), (b'[', b'`'), (b'{', b'~')],
        b"space" => &[(b'\t', b'\r'), (b' ', b' ')],
        b"upper" => &[(b'A', b'Z')],
        b"word" => &[(b'0', b'9'), (b'A', b'Z'), (b'_', b'_'), (b'a', b'z')],
        b"xdigit" => &[(b'0', b'9'), (b'A', b'F'), (b'a', b'f')],
        _ => return None,
    })
}

/// The set of `\p{name}`: a general category, a script or `Any`, exactly in Unicode's spelling.
pub(super) fn unicode(name: &[u8]) -> Option<Ranges> {
    Some(match name {
        b"Any" => &[(0, 0xFF)],
        b"C" => &[(0, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD)],
        b"Cc" => &[(0, 0x1F), (0x7F, 0x9F)],
        b"Cf" => &[(0xAD, 0xAD)],
        b"L" => &[
            (b'A', b'Z'),
            (b'a', b'z'),
            (0xAA, 0xAA),
            (0xB5, 0xB5),
            (0xBA, 0xBA),
            (0xC0, 0xD6),
            (0xD8, 0xF6),
            (0xF8, 0xFF),
        ],
        b"Ll" => &[(b'a', b'z'), (0xB5, 0xB5), (0xDF, 0xF6), (0xF8, 0xFF)],
        b"Lo" => &[(0xAA, 0xAA), (0xBA, 0xBA)],
        b"Lu" => &[(b'A', b'Z'), (0xC0, 0xD6), (0xD8, 0xDE)],
        b"N" => &[(b'0', b'9'), (0xB2, 0xB3), (0xB9, 0xB9), (0xBC, 0xBE)],
        b"Nd" => &[(b'0', b'9')],
        b"No" => &[(0xB2, 0xB3), (0xB9, 0xB9), (0xBC, 0xBE)],
        b"P" => &[
            (b'!', b'#'),
            (b'%', b'*'),
            (b',', b'/'),
            (b':', b';'),
            (b'?', b'@'),
            (b'[', b']'),
            (b'_', b'_'),
            (b'{', b'{'),
            (b'}', b'}'),
            (0xA1, 0xA1),
            (0xA7, 0xA7),
            (0xAB, 0xAB),
            (0xB6, 0xB7),
            (0xBB, 0xBB),
            (0xBF, 0xBF),
        ],
        b"Pc" => &[(b'_', b'_')],
        b"Pd" => &[(b'-', b'-')],
        b"Pe" => &[(b')', b')'), (b']', b']'), (b'}', b'}')],
        b"Pf" => &[(0xBB, 0xBB)],
        b"Pi" => &[(0xAB, 0xAB)],
        b"Po" => &[
            (b'!', b'#'),
            (b'%', b'\''),
            (b'*', b'*'),
            (b',', b','),
            (b'.', b'/'),
            (b':', b';'),
            (b'?', b'@'),
            (b'\\', b'\\'),
            (0xA1, 0xA1),
            (0xA7, 0xA7),
            (0xB6, 0xB7),
            (0xBF, 0xBF),
        ],
        b"Ps" => &[(b'(', b'('), (b'[', b'['), (b'{', b'{')],
        b"S" => &[
            (b'$', b'$'),
            (b'+', b'+'),
            (b'<', b'>'),
            (b'^', b'^'),
            (b'`', b'`'),
            (b'|', b'|'),
            (b'~', b'~'),
            (0xA2, 0xA6),
            (0xA8, 0xA9),
            (0xAC, 0xAC),
            (0xAE, 0xB1),
            (0xB4, 0xB4),
            (0xB8, 0xB8),
            (0xD7, 0xD7),
            (0xF7, 0xF7),
        ],
        b"Sc" => &[(b'$', b'$'), (0xA2, 0xA5)],
        b"Sk" => {
            &[(b'^', b'^'), (b'`', b'`'), (0xA8, 0xA8), (0xAF, 0xAF), (0xB4, 0xB4), (0xB8, 0xB8)]
        }
        b"Sm" => &[
            (b'+', b'+'),
            (b'<', b'>'),
            (b'|', b'|'),
            (b'~', b'~'),
            (0xAC, 0xAC),
            (0xB1, 0xB1),
            (0xD7, 0xD7),
            (0xF7, 0xF7),
        ],
        b"So" => &[(0xA6, 0xA6), (0xA9, 0xA9), (0xAE, 0xAE), (0xB0, 0xB0)],
        b"Z" | b"Zs" => &[(b' ', b' '), (0xA0, 0xA0)],
        b"Common" => &[
            (0, b'@'),
            (b'[', b'`'),
            (b'{', 0xA9),
            (0xAB, 0xB9),
            (0xBB, 0xBF),
            (0xD7, 0xD7),
            (0xF7, 0xF7),
        ],
        b"Latin" => &[
            (b'A', b'Z'),
            (b'a', b'z'),
            (0xAA, 0xAA),
            (0xBA, 0xBA),
            (0xC0, 0xD6),
            (0xD8, 0xF6),
            (0xF8, 0xFF),
        ],
        b"Co" | b"Cs" | b"Lm" | b"Lt" | b"M" | b"Mc" | b"Me" | b"Mn" | b"Nl" | b"Zl" | b"Zp" => &[],
        _ => {
            let name = str::from_utf8(name).ok()?;
            OTHER_SCRIPTS.binary_search(&name).ok()?;
            &[]
        }
    })
}

/// Scripts that have no character in Latin-1, in order.
#[rustfmt::skip]
const OTHER_SCRIPTS: &[&str] = &[
    "Adlam", "Ahom", "Anatolian_Hieroglyphs", "Arabic", "Armenian", "Avestan", "Balinese", "Bamum",
    "Bassa_Vah", "Batak", "Bengali", "Bhaiksuki", "Bopomofo", "Brahmi", "Braille", "Buginese",
    "Buhid", "Canadian_Aboriginal", "Carian", "Caucasian_Albanian", "Chakma", "Cham", "Cherokee",
    "Chorasmian", "Coptic", "Cuneiform", "Cypriot", "Cypro_Minoan", "Cyrillic", "Deseret",
    "Devanagari", "Dives_Akuru", "Dogra", "Duployan", "Egyptian_Hieroglyphs", "Elbasan", "Elymaic",
    "Ethiopic", "Georgian", "Glagolitic", "Gothic", "Grantha", "Greek", "Gujarati",
    "Gunjala_Gondi", "Gurmukhi", "Han", "Hangul", "Hanifi_Rohingya", "Hanunoo", "Hatran", "Hebrew",
    "Hiragana", "Imperial_Aramaic", "Inherited", "Inscriptional_Pahlavi", "Inscriptional_Parthian",
    "Javanese", "Kaithi", "Kannada", "Katakana", "Kawi", "Kayah_Li", "Kharoshthi",
    "Khitan_Small_Script", "Khmer", "Khojki", "Khudawadi", "Lao", "Lepcha", "Limbu", "Linear_A",
    "Linear_B", "Lisu", "Lycian", "Lydian", "Mahajani", "Makasar", "Malayalam", "Mandaic",
    "Manichaean", "Marchen", "Masaram_Gondi", "Medefaidrin", "Meetei_Mayek", "Mende_Kikakui",
    "Meroitic_Cursive", "Meroitic_Hieroglyphs", "Miao", "Modi", "Mongolian", "Mro", "Multani",
    "Myanmar", "Nabataean", "Nag_Mundari", "Nandinagari", "New_Tai_Lue", "Newa", "Nko", "Nushu",
    "Nyiakeng_Puachue_Hmong", "Ogham", "Ol_Chiki", "Old_Hungarian", "Old_Italic",
    "Old_North_Arabian", "Old_Permic", "Old_Persian", "Old_Sogdian", "Old_South_Arabian",
    "Old_Turkic", "Old_Uyghur", "Oriya", "Osage", "Osmanya", "Pahawh_Hmong", "Palmyrene",
    "Pau_Cin_Hau", "Phags_Pa", "Phoenician", "Psalter_Pahlavi", "Rejang", "Runic", "Samaritan",
    "Saurashtra", "Sharada", "Shavian", "Siddham", "SignWriting", "Sinhala", "Sogdian",
    "Sora_Sompeng", "Soyombo", "Sundanese", "Syloti_Nagri", "Syriac", "Tagalog", "Tagbanwa",
    "Tai_Le", "Tai_Tham", "Tai_Viet", "Takri", "Tamil", "Tangsa", "Tangut", "Telugu", "Thaana",
    "Thai", "Tibetan", "Tifinagh", "Tirhuta", "Toto", "Ugaritic", "Vai", "Vithkuqi", "Wancho",
    "Warang_Citi", "Yezidi", "Yi", "Zanabazar_Square",
];

#[cfg(test)]
mod tests {
    use super::OTHER_SCRIPTS;

    #[test]
    fn scripts_are_in_order() {
        assert!(OTHER_SCRIPTS.is_sorted());
    }
}
