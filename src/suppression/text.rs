//! What a comment says: `ignore[RULE, ...] until 2026-12-31 reason`.

use super::{Date, Flaw};
use crate::text::{Span, Spanned, spelling};

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

/// Reads what stands behind the mark of a comment, at `span`; none: it is not about suppression.
pub(super) fn read(text: &str, span: Span) -> Option<Said> {
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
    if !WORDS.contains(&word) {
        let near = spelling::within(2, word, WORDS)?;
        said.flaw = flaw(format!("`{word}` is no suppression"), format!("did you mean `{near}`?"));
        return Some(said);
    }
    let rest = &after[length..];
    let inside = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let Some((list, rest)) = inside else {
        let example = format!("write the rules in brackets, as in `# gwctl: {word}[GW304] reason`");
        said.flaw = flaw("a suppression names its rules in brackets".to_owned(), example);
        return Some(said);
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
    }
    let reason = rest.trim().trim_start_matches(['-', '—', ':', '#']).trim();
    said.reason = (!reason.is_empty()).then(|| reason.to_owned());
    Some(said)
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

    fn said(text: &str) -> Option<Said> {
        read(text, Span::new(SourceId::new(0), 10, 10 + u32::try_from(text.len()).unwrap()))
    }

    #[test]
    fn rules_a_day_and_a_reason_are_read() {
        let all = said(" ignore[GW304, tls] until 2026-12-31 waits for the team").unwrap();
        let words: Vec<_> = all.words.iter().map(|w| (w.value.as_str(), w.span.start)).collect();
        assert_eq!(words, [("GW304", 18), ("tls", 25)]);
        assert_eq!(all.until, Date::parse("2026-12-31"));
        assert_eq!(all.reason.as_deref(), Some("waits for the team"));
        let file = said("ignore-file[x] -- until somebody looks").unwrap();
        assert!(file.is_for_document && file.until.is_none());
        assert_eq!(file.reason.as_deref(), Some("until somebody looks"));
        assert!(said("ignore[x]").unwrap().reason.is_none());
    }

    #[test]
    fn what_is_wrong_is_told_and_what_is_no_suppression_is_not() {
        let flaw = |text| said(text).and_then(|said| said.flaw).map(|flaw| flaw.message);
        for text in ["ignore", "ignore GW304", "ignore [GW304]", "ignore[GW304", "ignore-file"] {
            assert_eq!(flaw(text).as_deref(), Some("a suppression names its rules in brackets"));
        }
        assert_eq!(flaw("ignore[ ,]").as_deref(), Some("a suppression names no rule"));
        assert_eq!(flaw("ingore[GW304]").as_deref(), Some("`ingore` is no suppression"));
        assert_eq!(flaw("ignore[x] until 2026-02-30").as_deref(), Some("`2026-02-30` is no date"));
        assert!(said("run it in CI").is_none());
    }
}
