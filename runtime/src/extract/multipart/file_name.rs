//! Names of uploaded files, made fit for a disk.

/// The most bytes a name has; systems allow 255, and something may have to be put before it.
const LONGEST: usize = 200;

/// What is left of an ending when a name is cut.
const LONGEST_ENDING: usize = 20;

/// The name without what is no part of one, or what a system or a reader could take for something else.
pub(super) fn sanitised(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !turns_text_around(*c))
        .map(|c| if "<>:\"|?*".contains(c) { '_' } else { c })
        .collect();
    let kept = kept.trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let kept = without_end(kept);
    if kept.is_empty() {
        return None;
    }
    let name = if is_device(kept) { format!("_{kept}") } else { kept.to_owned() };
    Some(cut(name))
}

/// Windows drops dots and spaces at the end, so that `con.` would be `con`.
fn without_end(name: &str) -> &str {
    name.trim_end_matches(|c: char| c == '.' || c.is_whitespace())
}

/// Marks that change the direction of writing: with one of them `txt.exe` is shown as `exe.txt`.
fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Names that Windows keeps for devices, whatever ending they have.
fn is_device(name: &str) -> bool {
    let stem = without_end(name.split('.').next().unwrap_or_default()).to_ascii_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let mut digits = port.unwrap_or_default().chars();
    matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

/// Cuts a long name before its ending.
fn cut(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let ending = name.rfind('.').map_or("", |at| &name[at..]);
    let ending = if ending.len() <= LONGEST_ENDING { ending } else { "" };
    let stem = &name[..boundary_up_to(&name, LONGEST - ending.len())];
    format!("{}{ending}", without_end(stem))
}

/// The last place up to `most` where a character begins.
fn boundary_up_to(text: &str, most: usize) -> usize {
    (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_made_fit() {
        for (sent, want) in [
            ("cat.png", Some("cat.png")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\photos\\cat.png", Some("cat.png")),
            ("..", None),
            ("a/..", None),
            ("a/", None),
            ("", None),
            (" . ", None),
            (".htaccess", Some("htaccess")),
            ("...hidden. ", Some("hidden")),
            ("a\0b\r\n\u{7f}c", Some("abc")),
            ("a:b<c>|?*\".txt", Some("a_b_c_____.txt")),
            ("CON", Some("_CON")),
            ("con.txt", Some("_con.txt")),
            ("Aux .tar.gz", Some("_Aux .tar.gz")),
            ("com1", Some("_com1")),
            ("LPT¹.x", Some("_LPT¹.x")),
            ("com10", Some("com10")),
            ("console", Some("console")),
            ("gnp.\u{202e}exe", Some("gnp.exe")),
            ("a\u{61c}b.txt", Some("ab.txt")),
            ("naïve ☃.txt", Some("naïve ☃.txt")),
        ] {
            assert_eq!(sanitised(sent).as_deref(), want, "{sent:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let name = sanitised(&format!("{}.jpeg", "é".repeat(300))).expect("a name");
        assert!(name.len() <= LONGEST && name.len() > LONGEST - 3 && name.ends_with("é.jpeg"), "{name}");
        let name = sanitised(&format!("a.{}", "b".repeat(300))).expect("a name");
        assert_eq!(name.len(), LONGEST);
    }

    proptest! {
        #[test]
        fn a_name_is_one_component(sent in any::<String>()) {
            if let Some(name) = sanitised(&sent) {
                prop_assert!(!name.is_empty() && name.len() <= LONGEST);
                prop_assert!(!name.contains(['/', '\\']) && !name.chars().any(char::is_control));
                prop_assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']));
                prop_assert_eq!(sanitised(&name), Some(name), "it stays as it is");
            }
        }
    }
}
