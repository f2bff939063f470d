//! What is hard to print comes back through readers of each format: messages with quotes, `%`, `<`, `|`, line ends,
//! control characters and text of all scripts. What a format does not hold becomes U+FFFD: in XML what XML 1.0 excludes,
//! in all that is read on terminals every control and direction character.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use roxmltree::Document;
use serde_json::Value;

use super::testing::{UNBOUND_HOST, find, subject};
use super::tests::{render, saying};
use super::*;
use crate::finding::Finding;
use crate::text::Source;

const HARD: &str = "([\"'%<>&|`:,=\\n\\r\\t\\\\\\x00\\x1b\\x7f\\u{85}\\u{9b}\\u{2028}\\u{202e}\\u{fffe}é日a\\[\\]{}#*_~$! -]|%0A|%25|]]>|::|\\x1b\\[31m|unbound-host::){0,12}";

/// The formats that programs read.
const PROGRAMS: [Format; 8] = [
    Format::Json,
    Format::Jsonl,
    Format::Sarif,
    Format::Gitlab,
    Format::Rdjson,
    Format::Junit,
    Format::Checkstyle,
    Format::Github,
];

/// What a program that reads a format makes of the message.
fn read_back(format: Format, text: &str) -> String {
    let string = |pointer: &str| {
        let first = if format == Format::Jsonl { text.lines().next().unwrap() } else { text };
        let value: Value = serde_json::from_str(first).expect("JSON");
        value.pointer(pointer).and_then(Value::as_str).expect("a text").to_owned()
    };
    let attribute = |element: &str| {
        let document = Document::parse(text).expect("XML");
        let mut nodes = document.descendants();
        let node = nodes.find(|node| node.has_tag_name(element)).expect("the element");
        node.attribute("message").expect("a message").to_owned()
    };
    match format {
        Format::Json => string("/findings/0/message"),
        Format::Jsonl => string("/message"),
        Format::Sarif => string("/runs/0/results/0/message/text"),
        Format::Gitlab => string("/0/description"),
        Format::Rdjson => string("/diagnostics/0/message"),
        Format::Junit => attribute("failure"),
        Format::Checkstyle => attribute("error"),
        Format::Github => workflow_command(text).1,
        Format::Full | Format::Concise | Format::Markdown => panic!("for people"),
    }
}

/// The properties and the message of a workflow command, as the runner reads them (mirrors `TryParseV2` of
/// actions/runner, src/Runner.Common/ActionCommand.cs).
fn workflow_command(line: &str) -> (Vec<(String, String)>, String) {
    let command = line.strip_suffix('\n').and_then(|line| line.strip_prefix("::"));
    let (head, data) = command.and_then(|text| text.split_once("::")).expect("a command");
    let unescape = |text: &str, escapes: &[(&str, &str)]| {
        escapes.iter().fold(text.to_owned(), |text, (code, c)| text.replace(code, c))
    };
    let (name, properties) = head.split_once(' ').expect("properties");
    assert!(["error", "warning", "notice"].contains(&name), "{name}");
    let property = |pair: &str| {
        let (name, value) = pair.split_once('=').expect("a value");
        let escapes = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
        (name.to_owned(), unescape(value, &escapes))
    };
    let properties = properties.split(',').map(property).collect();
    (properties, unescape(data, &[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]))
}

/// What remains of a text where a format cannot hold all characters.
fn expected(format: Format, text: &str) -> String {
    let hold = |c: char| match format {
        Format::Junit | Format::Checkstyle => !matches!(
            c,
            '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}'
        ),
        // Logs are read on terminals.
        Format::Github => matches!(c, '\n' | '\r' | '\t') || printable_char(c) == c,
        _ => true,
    };
    text.chars().map(|c| if hold(c) { c } else { '\u{fffd}' }).collect()
}

/// The cells of the last row of a table, as a reader of Markdown shows them.
fn cells(markdown: &str) -> Vec<String> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => rows.last_mut().unwrap().push(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&text);
                }
            }
            Event::InlineHtml(html) => assert_eq!(&*html, "<br>", "{markdown}"),
            Event::Start(Tag::Table(_) | Tag::Heading { .. })
            | Event::End(
                TagEnd::Table
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::TableCell
                | TagEnd::Heading(_),
            ) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    rows.pop().expect("a row")
}

/// A text without blanks, of which Markdown drops some, and backquotes, which are its marks of code.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '`').collect()
}

fn is_tame(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || printable_char(c) == c)
}

proptest! {
    #[test]
    fn programs_read_what_was_said(hard in HARD, any in any::<String>()) {
        for message in [hard, any] {
            let (outcome, sources) = saying(&message);
            for format in PROGRAMS {
                let text = render(format, &outcome, &sources);
                match format {
                    // A workflow command ends with its line, and must not begin another one.
                    Format::Github => prop_assert_eq!(text.lines().count(), 1, "{}", text),
                    Format::Jsonl => prop_assert_eq!(text.matches('\n').count(), 2),
                    _ => {}
                }
                prop_assert_eq!(read_back(format, &text), expected(format, &message), "{:?}", format);
            }
        }
    }

    #[test]
    fn people_read_what_was_said(hard in HARD, any in any::<String>()) {
        for message in [hard, any] {
            let (outcome, sources) = saying(&message);
            let shown = printable(&message);
            let line = render(Format::Concise, &outcome, &sources);
            prop_assert_eq!(line, format!("a.yaml:1:7: error[GW304] unbound-host: {shown}\n"));
            let drawn = render(Format::Full, &outcome, &sources);
            let head = format!("error[GW304] unbound-host: {shown}\n");
            prop_assert!(drawn.starts_with(&head) && is_tame(&drawn), "{}", drawn);
            let table = render(Format::Markdown, &outcome, &sources);
            prop_assert!(is_tame(&table), "{}", &table);
            prop_assert_eq!(table.lines().count(), 5, "{}", &table);
            let row = cells(&table);
            prop_assert_eq!(row.len(), 4, "{}", &table);
            prop_assert_eq!(letters(&row[3]), letters(&shown), "{}", &table);
        }
    }

    #[test]
    fn nothing_of_the_input_reaches_a_terminal_as_it_is(name in HARD, text in HARD, help in HARD) {
        let mut sources = Sources::default();
        let source = sources.add(Source::new(name.clone(), format!("{text}x{text}")));
        let span = find(&sources, source, "x");
        let mut finding = Finding::new(&UNBOUND_HOST, subject(source), span, "m");
        finding = finding.label(Span::new(source, 0, span.end), help.clone());
        finding.help = Some(help.clone());
        finding.proxies = thin_vec::thin_vec![help];
        let (mut outcome, _) = saying("m");
        outcome.findings = vec![finding];
        for format in [Format::Full, Format::Concise, Format::Github, Format::Markdown] {
            let text = render(format, &outcome, &sources);
            prop_assert!(is_tame(&text.replace('\t', " ")), "{:?}: {:?}", format, text);
        }
        let line = render(Format::Github, &outcome, &sources);
        let (properties, _) = workflow_command(&line);
        prop_assert_eq!(&properties[0], &("file".to_owned(), expected(Format::Github, &name)));
    }
}
