//! The language of a pattern as a deterministic automaton, to be walked byte by byte.

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};

use super::parser;

/// The most bytes that an automaton may need, and to make it.
const SIZE: usize = 256 << 10;
/// Making it may need this many times as much.
const EFFORT: usize = 4;

/// A deterministic automaton. Its states are numbers.
#[derive(Debug)]
pub struct Automaton {
    dfa: dense::DFA<Vec<u32>>,
    start: StateID,
}

impl Automaton {
    /// The automaton of a translated pattern with anchors; none where it would be too large.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let dense = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::All)
            .accelerate(false)
            .dfa_size_limit(Some(SIZE))
            .determinize_size_limit(Some(EFFORT * SIZE));
        let syntax =
            syntax::Config::new().unicode(false).utf8(false).nest_limit(parser::MAX_DEPTH * 4 + 16);
        let thompson = thompson::Config::new().utf8(false).nfa_size_limit(Some(EFFORT * SIZE));
        let mut builder = dense::Builder::new();
        let dfa = builder.configure(dense).syntax(syntax).thompson(thompson).build(pattern).ok()?;
        let input = Input::new(b"").anchored(Anchored::Yes);
        let start = dfa.start_state_forward(&input).ok()?;
        Some(Self { dfa, start })
    }

    /// Any pattern of the crate `regex`, bytes and not characters.
    pub(crate) fn of_classes(pattern: &str) -> Option<Self> {
        Self::new(pattern)
    }

    /// The state before the first byte.
    pub fn start(&self) -> u32 {
        self.start.as_u32()
    }

    /// The state after one more byte.
    pub fn next(&self, state: u32, byte: u8) -> u32 {
        self.dfa.next_state(id(state), byte).as_u32()
    }

    /// Whether a text that ends in this state matches.
    pub fn accepts(&self, state: u32) -> bool {
        self.dfa.is_match_state(self.dfa.next_eoi_state(id(state)))
    }

    /// Whether no text that goes on from this state matches.
    pub fn is_dead(&self, state: u32) -> bool {
        self.dfa.is_dead_state(id(state))
    }

    /// Bytes of one class lead everywhere to the same state.
    pub fn class(&self, byte: u8) -> u8 {
        self.dfa.byte_classes().get(byte)
    }

    /// Whether a text matches.
    pub fn matches(&self, text: &[u8]) -> bool {
        let end = text.iter().fold(self.start(), |state, &byte| self.next(state, byte));
        self.accepts(end)
    }

    /// How much it takes to make and to walk it, in bytes.
    pub fn size(&self) -> usize {
        self.dfa.memory_usage()
    }

    /// What every matching text begins with, as far as it is the same in all.
    pub fn common_prefix(&self) -> Vec<u8> {
        let mut prefix = Vec::new();
        let mut state = self.start();
        // What loops ends where a state accepts or two bytes go on; the limit is for what matches nothing.
        while prefix.len() < 256 && !self.accepts(state) {
            let mut alive = (0..=u8::MAX).filter(|&byte| !self.is_dead(self.next(state, byte)));
            let (Some(byte), None) = (alive.next(), alive.next()) else { break };
            prefix.push(byte);
            state = self.next(state, byte);
        }
        prefix
    }
}

/// States that came from the automaton go back to it.
fn id(state: u32) -> StateID {
    StateID::new_unchecked(state as usize)
}
