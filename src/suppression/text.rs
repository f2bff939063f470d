//! What a comment says: `ignore[RULE, ...] until 2026-12-31 reason`.

use super::{Date, Flaw};
use crate::text::{Span, Spanned, spelling};

/// How far a word may be from another one that is meant.
const NEAR: usize = 2;

/// What was read of a comment.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    /// Whether it is for the whole document.
    pub(super) is_for_document: bool,
    pub(super) words: Vec<Spanned<String>>,
    pub(super) until: Option<Date>,
    pub(super) reason: Option<String>,
    pub(super) flaw: Option<Flaw>,
}

const WORDS: [&str; 2] = ["ignore", "ignore-file"];

/// Reads what stands behind the mark of a comment, at `span`. What is written for gwctl and says nothing to it is wrong:
/// whoever wrote it believes that it does something.
pub(super) fn read(text: &str, span: Span) -> Said {
    let start = text.len() - text.trim_start().len();
    let after = &text[start..];
    let is_end = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_');
    let length = after.find(is_end).unwrap_or(after.len());
    let word = &after[..length];
    let mut said = Said {
        is_for_document: word == WORDS[1],
        words: Vec::new(),
        until: None,
        reason: None,
        flaw: None,
    };
    let rest = &after[length..];
    let inside = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    if !WORDS.contains(&word) {
        said.flaw = Some(unknown(after, word, inside.map(|(list, _)| list)));
        return said;
    }
    let Some((list, rest)) = inside else {
        let example = format!("write the rules in brackets, as in `# gwctl: {word}[GW304] reason`");
        said.flaw = flaw("a suppression names its rules in brackets".to_owned(), example);
        return said;
    };
    let from = span.start + super::comment::to_u32(start + length + 1);
    said.words = words(list, Span::new(span.source, from, span.end));
    if said.words.is_empty() {
        let example = format!("name a rule, as in `# gwctl: {word}[GW304] reason`");
        said.flaw = flaw("a suppression names no rule".to_owned(), example);
    }
    let mut rest = rest.trim();
    if let Some(after) = rest.strip_prefix("until ").map(str::trim_start)
        && after.starts_with(|c: char| c.is_ascii_digit())
    {
        let (day, reason) = after.split_once(char::is_whitespace).unwrap_or((after, ""));
        let day = day.trim_end_matches([':', ',', '.']);
        said.until = Date::parse(day);
        if said.until.is_none() {
            let message = format!("`{day}` is no date");
            said.flaw = flaw(message, "write the last day as in `until 2026-12-31`".to_owned());
        }
        rest = reason;
    } else if said.flaw.is_none() {
        said.flaw = misspelt_until(rest);
    }
    let reason = rest.trim().trim_start_matches(['-', '—', ':', '#']).trim();
    said.reason = (!reason.is_empty()).then(|| reason.to_owned());
    said
}

/// What is wrong with a comment that begins with no word of ours, which may have a list in brackets behind it.
fn unknown(text: &str, word: &str, list: Option<&str>) -> Flaw {
    let first = text.split_whitespace().next().unwrap_or_default();
    let message = match if word.is_empty() { first } else { word } {
        "" => "nothing stands behind `gwctl:`".to_owned(),
        word => format!("`{word}` is no suppression"),
    };
    let list = list.map(str::trim).filter(|list| !list.is_empty()).unwrap_or("GW304");
    let help = match spelling::within(NEAR, word, WORDS).filter(|_| !word.is_empty()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!("write `# gwctl: ignore[{list}] reason`, or `ignore-file` for the document")
        }
    };
    Flaw { message, help }
}

/// What is wrong where a reason begins with a day, or with what is nearly `until` and a day: it would hold for ever.
fn misspelt_until(rest: &str) -> Option<Flaw> {
    let text = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_between = |c: char| c.is_whitespace() || matches!(c, ':' | '=' | ',');
    let mut words = text.split(is_between).filter(|word| !word.is_empty());
    let (first, second) = (words.next()?, words.next());
    let day = |word: &str| {
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        is_day(word)
            .then(|| if Date::parse(word).is_some() { word } else { "2026-12-31" }.to_owned())
    };
    let (written, day) = match (day(first), second.and_then(day)) {
        (Some(day), _) => (first.to_owned(), day),
        (None, Some(day)) if means_until(first) => {
            (format!("{first} {}", second.unwrap_or_default()), day)
        }
        _ => return None,
    };
    flaw(
        format!("`{written}` sets no last day"),
        format!(
            "write `until {day}` right behind the brackets, or begin the reason with another word"
        ),
    )
}

/// Whether a word stands for `until`.
fn means_until(word: &str) -> bool {
    let others = ["till", "thru", "through", "expires", "expire", "expiry"];
    spelling::within(NEAR, word, ["until"]).is_some()
        || others.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// Whether a word looks like a day, such as `2026-12-31`, `2026/1/1` or `31.12.2026`.
fn is_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let is_number = |part: &&str| part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(is_number) && matches!(lengths[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
}

#[expect(clippy::unnecessary_wraps, reason = "it is what a field holds")]
fn flaw(message: String, help: String) -> Option<Flaw> {
    Some(Flaw { message, help })
}

/// The words of a list with commas, which begins where `span` does.
pub(super) fn words(list: &str, span: Span) -> Vec<Spanned<String>> {
    let mut at = 0;
    let mut words = Vec::new();
    for part in list.split(',') {
        let word = part.trim();
        if !word.is_empty() {
            let start = at + (part.len() - part.trim_start().len());
            let place = |at: usize| (span.start + super::comment::to_u32(at)).min(span.end);
            let place = Span::new(span.source, place(start), place(start + word.len()));
            words.push(Spanned::new(word.to_owned(), place));
        }
        at += part.len() + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    fn said(text: &str) -> Said {
        read(text, Span::new(SourceId::new(0), 10, 10 + u32::try_from(text.len()).unwrap()))
    }

    #[test]
    fn rules_a_day_and_a_reason_are_read() {
        let all = said(" ignore[GW304, tls] until 2026-12-31 waits for the team");
        let words: Vec<_> = all.words.iter().map(|w| (w.value.as_str(), w.span.start)).collect();
        assert_eq!(words, [("GW304", 18), ("tls", 25)]);
        assert_eq!(all.until, Date::parse("2026-12-31"));
        assert_eq!(all.reason.as_deref(), Some("waits for the team"));
        let file = said("ignore-file[x] -- until somebody looks");
        assert!(file.is_for_document && file.until.is_none());
        assert_eq!(file.reason.as_deref(), Some("until somebody looks"));
        assert!(file.flaw.is_none() && said("ignore[x]").reason.is_none());
    }

    #[test]
    fn what_is_wrong_is_told() {
        let flaw = |text| said(text).flaw.map(|flaw| flaw.message);
        for text in ["ignore", "ignore GW304", "ignore [GW304]", "ignore[GW304", "ignore-file"] {
            assert_eq!(flaw(text).as_deref(), Some("a suppression names its rules in brackets"));
        }
        assert_eq!(flaw("ignore[ ,]").as_deref(), Some("a suppression names no rule"));
        assert_eq!(flaw("ingore[GW304]").as_deref(), Some("`ingore` is no suppression"));
        assert_eq!(flaw("ignore[x] until 2026-02-30").as_deref(), Some("`2026-02-30` is no date"));
    }

    #[test]
    fn words_that_say_nothing_are_wrong() {
        let flaw = |text| said(text).flaw.map(|flaw| (flaw.message, flaw.help)).unwrap();
        let write = "write `# gwctl: ignore[GW304] reason`, or `ignore-file` for the document";
        for (text, message, help) in [
            ("run it in CI", "`run` is no suppression", write),
            ("noqa", "`noqa` is no suppression", write),
            ("disable[]", "`disable` is no suppression", write),
            ("disable[GW603] x", "`disable` is no suppression", &*write.replace("304", "603")),
            ("ignores[GW603]", "`ignores` is no suppression", "did you mean `ignore`?"),
            ("ignore-fil[GW603]", "`ignore-fil` is no suppression", "did you mean `ignore-file`?"),
            ("[GW603] x", "`[GW603]` is no suppression", &*write.replace("304", "603")),
            ("", "nothing stands behind `gwctl:`", write),
        ] {
            assert_eq!(flaw(text), (message.to_owned(), help.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_day_that_sets_no_end_is_wrong() {
        for (text, written) in [
            ("untill 2026-01-01 x", "untill 2026-01-01"),
            ("utnil 2026-01-01", "utnil 2026-01-01"),
            ("til 2026-01-01", "til 2026-01-01"),
            ("till 2026-01-01", "till 2026-01-01"),
            ("Until 2026-01-01", "Until 2026-01-01"),
            ("until: 2026-01-01", "until 2026-01-01"),
            ("until=2026-01-01", "until 2026-01-01"),
            ("-- until 2026-01-01 x", "until 2026-01-01"),
            ("(until 2026-01-01)", "until 2026-01-01)"),
            ("expires 2026-01-01", "expires 2026-01-01"),
            ("2026-01-01", "2026-01-01"),
            ("2026-01-01: x", "2026-01-01"),
            ("- 2026-01-01", "2026-01-01"),
            ("untill 2026-1-1", "untill 2026-1-1"),
            ("31.12.2026", "31.12.2026"),
        ] {
            let said = said(&format!("ignore[x] {text}"));
            let message = said.flaw.map(|flaw| flaw.message);
            assert_eq!(message, Some(format!("`{written}` sets no last day")), "{text}");
        }
        for reason in [
            "since 2026-01-01",
            "until the team moves on 2026-01-01",
            "until: later",
            "untill later",
            "issue 2026-01-01",
            "1.2.3 has it",
            "2026 plan",
            "waits; see 2026-01-01",
        ] {
            let said = said(&format!("ignore[x] {reason}"));
            assert_eq!((said.flaw, said.reason.as_deref()), (None, Some(reason)));
        }
    }
}
