//! Parts of a body: what `Range` asks for (RFC 9110 section 14).

/// The most ranges one request is answered with. More is no download, and the whole body costs less than the parts.
const MOST: usize = 16;

/// What there is to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it: the field is missing, of another unit, malformed, or asks for everything (section 14.2).
    Whole,
    /// These parts, in the order in which they were asked for; each is `first..end`, none is empty or overlaps another.
    Parts(Vec<std::ops::Range<u64>>),
    /// The field is well formed and nothing of it is there (section 15.5.17).
    Nothing,
}

/// Reads the field for a body of `length` bytes.
///
/// A field that is malformed is ignored, as section 14.2 allows: it is what a server without ranges would do. Numbers
/// beyond 64 bits are only large. Overlapping and touching ranges become one.
pub(super) fn asked(field: &[u8], length: u64) -> Asked {
    let Some((unit, set)) = split_once(field, b'=') else { return Asked::Whole };
    if !unit.eq_ignore_ascii_case(b"bytes") {
        return Asked::Whole;
    }
    let mut parts: Vec<std::ops::Range<u64>> = Vec::new();
    let mut count = 0;
    for spec in set.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|spec| !spec.is_empty()) {
        count += 1;
        let Some(part) = part(spec, length) else { return Asked::Whole };
        if count > MOST {
            return Asked::Whole;
        }
        if !part.is_empty() {
            add(&mut parts, part);
        }
    }
    match parts.as_slice() {
        // Of nothing the whole is as good as any part, and no `Content-Range` could say which.
        _ if count == 0 || length == 0 => Asked::Whole,
        [all] if *all == (0..length) => Asked::Whole,
        [] => Asked::Nothing,
        _ => Asked::Parts(parts),
    }
}

/// One `first-last`, `first-` or `-suffix`; empty where the body ends before it.
fn part(spec: &[u8], length: u64) -> Option<std::ops::Range<u64>> {
    let (first, last) = split_once(spec, b'-')?;
    if first.is_empty() {
        let suffix = number(last)?.min(length);
        return Some(length - suffix..length);
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if last < first {
        return None;
    }
    let end = last.saturating_add(1).min(length);
    Some(first.min(end)..end)
}

/// Digits and nothing else, as large as they may be.
fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))))
}

/// Adds a range; those it overlaps or touches become one with it, at the place of the first of them.
fn add(parts: &mut Vec<std::ops::Range<u64>>, mut part: std::ops::Range<u64>) {
    let mut place = parts.len();
    // Each merge may reach further ranges.
    while let Some(at) = parts.iter().position(|known| known.start <= part.end && part.start <= known.end) {
        let known = parts.remove(at);
        part = known.start.min(part.start)..known.end.max(part.end);
        place = place.min(at);
    }
    parts.insert(place.min(parts.len()), part);
}

fn split_once(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let place = text.iter().position(|byte| *byte == at)?;
    Some((&text[..place], &text[place + 1..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is asked of the 26 letters.
    fn of_letters(field: &str) -> Asked {
        asked(field.as_bytes(), 26)
    }

    #[test]
    fn ranges_that_are_there() {
        for (field, want) in [
            ("bytes=0-9", &[(0, 10)][..]),
            ("bytes=22-", &[(22, 26)]),
            ("bytes=-4", &[(22, 26)]),
            ("bytes=1-10000000", &[(1, 26)]),
            ("bytes=25-25", &[(25, 26)]),
            ("bytes=0-0", &[(0, 1)]),
            ("Bytes=0-1", &[(0, 2)]),
            ("BYTES=0-1", &[(0, 2)]),
            ("bytes=1-2,4-5", &[(1, 3), (4, 6)]),
            ("bytes=4-5 ,\t1-2", &[(4, 6), (1, 3)]),
            ("bytes=1-2,,", &[(1, 3)]),
            ("bytes=1-2,3-4", &[(1, 5)]),
            ("bytes=5-6,0-1,1-7", &[(0, 8)]),
            ("bytes=1-2,30-", &[(1, 3)]),
            ("bytes=1-99999999999999999999999", &[(1, 26)]),
        ] {
            let want = want.iter().map(|(start, end)| *start..*end).collect();
            assert_eq!(of_letters(field), Asked::Parts(want), "{field}");
        }
    }

    #[test]
    fn the_whole_is_sent_for_everything_and_for_what_is_no_range() {
        for field in [
            "bytes=0-",
            "bytes=0-10000000",
            "bytes=-1000000",
            "bytes=-99999999999999999999999",
            "bytes=0-3,2-",
            "asdf",
            "items=0-1",
            "bytes=",
            "bytes=,",
            "bytes=-",
            "bytes",
            "",
            "bytes=26",
            "bytes=10-3",
            "bytes=0--1",
            "bytes=-1-5",
            "bytes=+1-2",
            "bytes=1_0-2_0",
            "bytes= 1 - 2",
            "bytes=1-2,x",
            "bytes =1-2",
            "bytes=0x1-2",
            "bytes=\u{661}-2",
        ] {
            assert_eq!(of_letters(field), Asked::Whole, "{field}");
        }
        assert_eq!(asked(b"bytes=0-", 0), Asked::Whole);
    }

    #[test]
    fn what_begins_behind_the_end_is_not_there() {
        for field in ["bytes=26-", "bytes=-0", "bytes=9999999999999999999999-", "bytes=26-27,-0", "bytes=30-99"] {
            assert_eq!(of_letters(field), Asked::Nothing, "{field}");
        }
    }

    #[test]
    fn more_ranges_than_anybody_needs_are_the_whole() {
        let many =
            |count: u64| format!("bytes={}", (0..count).map(|at| format!("{0}-{0},", at * 2)).collect::<String>());
        let parts = |count| (0..count).map(|at| at * 2..at * 2 + 1).collect();
        assert_eq!(asked(many(16).as_bytes(), 9000), Asked::Parts(parts(16)));
        assert_eq!(asked(many(17).as_bytes(), 9000), Asked::Whole);
        assert_eq!(asked(many(2000).as_bytes(), 9000), Asked::Whole);
    }

    proptest! {
        /// The naive model marks every byte that some range covers.
        #[test]
        fn parts_cover_what_was_asked_for_and_nothing_else(
            length in 1_u64..40,
            specs in prop::collection::vec((prop::option::of(0_u64..50), prop::option::of(0_u64..50)), 1..8),
        ) {
            let text = |bound: &Option<u64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
            let written: Vec<_> = specs.iter().map(|(first, last)| format!("{}-{}", text(first), text(last))).collect();
            let mut wanted = [false; 40];
            let mut valid = true;
            for spec in &specs {
                let covered: Box<dyn Fn(u64) -> bool> = match *spec {
                    (Some(first), Some(last)) if first <= last => Box::new(move |at| (first..=last).contains(&at)),
                    (Some(first), None) => Box::new(move |at| at >= first),
                    (None, Some(suffix)) => Box::new(move |at| at + suffix >= length),
                    _ => {
                        valid = false;
                        continue;
                    }
                };
                (0..length).filter(|at| covered(*at)).for_each(|at| wanted[usize::try_from(at).expect("small")] = true);
            }
            let count = wanted.iter().filter(|wanted| **wanted).count() as u64;
            match asked(format!("bytes={}", written.join(", ")).as_bytes(), length) {
                Asked::Whole => prop_assert!(!valid || count == length),
                Asked::Nothing => prop_assert!(valid && count == 0),
                Asked::Parts(parts) => {
                    prop_assert!(valid && count < length);
                    prop_assert_eq!(parts.iter().map(|part| part.end - part.start).sum::<u64>(), count);
                    for at in parts.into_iter().flatten() {
                        prop_assert!(wanted[usize::try_from(at).expect("small")]);
                    }
                }
            }
        }

        #[test]
        fn any_bytes_are_read_without_harm(field in prop::collection::vec(any::<u8>(), 0..100), length: u64) {
            asked(&field, length);
            asked(&[b"bytes=", field.as_slice()].concat(), length);
        }
    }
}
