//! As much of DER as it takes to look into a key.

/// The tag of a SEQUENCE.
const SEQUENCE: u8 = 0x30;

/// An element: its tag and what it holds.
pub(super) type Element<'b> = (u8, &'b [u8]);

/// The first element of some bytes, and what follows it.
fn element(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let [tag, length, rest @ ..] = bytes else { return None };
    let (length, rest) = match length {
        0..=0x7f => (usize::from(*length), rest),
        // The length of what a text may hold takes no more than four bytes.
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
            (digits.iter().fold(0, |sum, &digit| sum << 8 | usize::from(digit)), rest)
        }
        _ => return None,
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some(((*tag, value), rest))
}

/// The elements of bytes that are one SEQUENCE, and nothing besides.
pub(super) fn sequence(bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let ((tag, value), rest) = element(bytes)?;
    if tag == SEQUENCE && rest.is_empty() { elements(value) } else { None }
}

/// All elements of some bytes.
pub(super) fn elements(mut bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let (element, rest) = element(bytes)?;
        all.push(element);
        bytes = rest;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_taken_apart() {
        assert_eq!(sequence(&[0x30, 5, 2, 1, 7, 4, 0]), Some(vec![(2, &[7][..]), (4, &[][..])]));
        assert_eq!(sequence(&[0x30, 0x81, 3, 2, 1, 7]), Some(vec![(2, &[7][..])]));
        for broken in
            [&[][..], &[0x30], &[0x30, 1], &[0x30, 0, 0], &[0x31, 0], &[0x30, 0x85, 0, 0, 0, 0, 0]]
        {
            assert_eq!(sequence(broken), None, "{broken:?}");
        }
    }
}
