//! As much of Rust's lexical structure as the rules need: what is code, what is compiled for tests, which paths are named.

use std::ops::Range;

/// The text with comments and the insides of literals turned into spaces, byte for byte; line breaks stay.
pub(crate) fn code_of(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (skip, length) = if rest.starts_with(b"//") {
            (0, position(rest, b"\n"))
        } else if rest.starts_with(b"/*") {
            (0, block_comment(rest))
        } else if let Some((open, close)) = raw_string(bytes, at) {
            (open, position(&rest[open..], close.as_bytes()))
        } else if rest[0] == b'"' {
            (1, quoted(&rest[1..], b'"'))
        } else if rest[0] == b'\'' && is_char_literal(rest) {
            (1, quoted(&rest[1..], b'\''))
        } else {
            at += 1;
            continue;
        };
        let hidden = at + skip..at + skip + length;
        blank(&mut out, hidden.clone());
        // Past the closing delimiter of a literal; comments have none of their own.
        at = hidden.end + usize::from(skip > 0);
    }
    String::from_utf8(out).expect("only whole literals and comments become spaces")
}

/// Where `#[cfg(test)]` items stand in `code`, attribute and all.
pub(crate) fn test_items(code: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in code.match_indices("#[cfg(") {
        if found.last().is_some_and(|previous| start < previous.end) {
            continue;
        }
        let attribute = balanced(code, start + 1);
        let condition: String =
            code[start + 5..attribute - 1].chars().filter(|character| !character.is_whitespace()).collect();
        if condition == "(test)" || (condition.starts_with("(all(test,") && condition.ends_with("))")) {
            found.push(start..item_end(code, attribute));
        }
    }
    found
}

/// Where `word` stands by itself, not as a part of a longer name.
pub(crate) fn words(code: &str, word: &str) -> Vec<usize> {
    let part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte > 127);
    let bytes = code.as_bytes();
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|&at| !part(at.checked_sub(1).and_then(|before| bytes.get(before))))
        .filter(|&at| !part(bytes.get(at + word.len())))
        .collect()
}

/// Every path in `code` that begins with `root`, as the names behind it; braces of a `use` are opened.
///
/// A glob ends its path with `*`. `$crate` is not `crate`: it names the caller's view of the crate.
pub(crate) fn paths(code: &str, root: &str) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for at in words(code, root) {
        let before = code[..at].trim_end();
        let continues = before
            .strip_suffix("::")
            .is_some_and(|path| path.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | '>')));
        if before.ends_with('$') || continues {
            continue;
        }
        let rest = skip_space(code, at + root.len());
        if code[rest..].starts_with("::") {
            tree(code, rest + 2, &[], &mut found);
        }
    }
    found
}

/// The end of the group that opens at the first bracket at or behind `from`.
pub(crate) fn balanced(code: &str, from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth <= 1 => return at + 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// The name that begins at `at`, empty where none does; `r#` is left out.
pub(crate) fn name_at(code: &str, at: usize) -> &str {
    let rest = code[at..].strip_prefix("r#").unwrap_or(&code[at..]);
    let end = rest.find(|next: char| !(next.is_alphanumeric() || next == '_')).unwrap_or(rest.len());
    &rest[..end]
}

/// The first place at or behind `at` that holds no space.
pub(crate) fn skip_space(code: &str, at: usize) -> usize {
    code.len() - code[at..].trim_start().len()
}

/// Turns a range into spaces and keeps its line breaks.
pub(crate) fn blank(bytes: &mut [u8], range: Range<usize>) {
    for byte in &mut bytes[range] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Collects the paths of a use tree that begins at `at`, and says where it ends.
fn tree(code: &str, at: usize, prefix: &[String], found: &mut Vec<(usize, Vec<String>)>) -> usize {
    let at = skip_space(code, at);
    if code[at..].starts_with('{') {
        let end = balanced(code, at);
        let mut next = skip_space(code, at + 1);
        while next + 1 < end {
            next = tree(code, next, prefix, found);
            // `as name` and the comma.
            next += code[next..end].find(',').map_or(end - next, |comma| comma + 1);
            next = skip_space(code, next);
        }
        return end;
    }
    let mut path = prefix.to_vec();
    if code[at..].starts_with('*') {
        path.push("*".to_owned());
        found.push((at, path));
        return at + 1;
    }
    let name = name_at(code, at);
    let end = at + name.len() + 2 * usize::from(code[at..].starts_with("r#"));
    if !name.is_empty() {
        path.push(name.to_owned());
    }
    let rest = skip_space(code, end);
    if !name.is_empty() && code[rest..].starts_with("::") {
        return tree(code, rest + 2, &path, found);
    }
    found.push((at, path));
    end
}

/// Where the item or field that begins at `from`, with more attributes perhaps, ends.
fn item_end(code: &str, from: usize) -> usize {
    const ITEMS: &str = "async const enum extern fn impl let macro_rules mod static struct trait type unsafe use";
    let mut at = skip_space(code, from);
    while code[at..].starts_with("#[") {
        at = skip_space(code, balanced(code, at));
    }
    let mut keyword = name_at(code, at);
    if keyword == "pub" {
        let behind = skip_space(code, at + 3);
        let behind = if code[behind..].starts_with('(') { balanced(code, behind) } else { behind };
        keyword = name_at(code, skip_space(code, behind));
    }
    let item = ITEMS.split(' ').any(|name| name == keyword);
    let bytes = code.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b';' => return at + 1,
            b',' if !item => return at + 1,
            b'{' if item => return balanced(code, at),
            b'(' | b'[' | b'{' => at = balanced(code, at),
            b')' | b']' | b'}' => return at,
            _ => at += 1,
        }
    }
    at
}

/// The length of `r#"` at `at` and the delimiter that closes it; also with the prefixes `b` and `c`.
fn raw_string(bytes: &[u8], at: usize) -> Option<(usize, String)> {
    let inside_name = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    let rest = &bytes[at..];
    let prefix = [&b"br"[..], b"cr", b"r"].into_iter().find(|prefix| rest.starts_with(prefix))?;
    let hashes = rest[prefix.len()..].iter().take_while(|byte| **byte == b'#').count();
    let open = prefix.len() + hashes + 1;
    (!inside_name && rest.get(open - 1) == Some(&b'"')).then(|| (open, format!("\"{}", "#".repeat(hashes))))
}

/// Tells `'a'` from `'a`.
fn is_char_literal(rest: &[u8]) -> bool {
    let Some(&first) = rest.get(1) else { return false };
    let width = match first {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    first == b'\\' || rest.get(1 + width) == Some(&b'\'')
}

/// How far it is to the closing quote.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at.min(rest.len())
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

fn position(rest: &[u8], needle: &[u8]) -> usize {
    rest.windows(needle.len()).position(|window| window == needle).unwrap_or(rest.len())
}

#[test]
fn comments_and_literals_are_no_code() {
    let text = "a /* b /* c */ d */ e // f\n\"g\\\"h\" 'i' '\\'' &'j k r#\"l\"m\"# r#type b\"n\" 'ü' o";
    let names: Vec<_> = code_of(text).split_whitespace().map(str::to_owned).collect();
    assert_eq!(code_of(text).len(), text.len());
    assert_eq!(names.concat(), "ae\"\"''''&'jkr#\"\"#r#typeb\"\"''o");
}

#[test]
fn items_for_tests_are_found() {
    let shipped = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        for range in test_items(text) {
            blank(&mut bytes, range);
        }
        String::from_utf8(bytes).expect("items are blanked whole").split_whitespace().collect::<String>()
    };
    assert_eq!(shipped("a; #[cfg(test)] mod tests { fn x() {} } b"), "a;b");
    assert_eq!(shipped("#[cfg(test)]\n#[path = \"\"]\nmod tests; b"), "b");
    assert_eq!(shipped("#[cfg(all(test, unix))] pub(crate) fn x<A, B>(a: [u8; 2]) -> C { } b"), "b");
    assert_eq!(shipped("struct S { #[cfg(test)] a: (u8, u8), b: u8 }"), "structS{b:u8}");
    assert_eq!(shipped("#[cfg(not(test))] a"), "#[cfg(not(test))]a");
}

#[test]
fn paths_are_found_in_use_trees_and_in_code() {
    let code = "use crate::{a::{B, C as D}, r#type::E, self as f, g::*}; $crate::h; x::crate::i; crate::j::k::<L>();";
    let found: Vec<_> = paths(code, "crate").into_iter().map(|(_, path)| path.join("/")).collect();
    assert_eq!(found, ["a/B", "a/C", "type/E", "self", "g/*", "j/k"]);
}
