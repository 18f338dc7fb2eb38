//! "Did you mean": the known word nearest to one that is not known.

/// The candidate that was probably meant, if one is near enough.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (limit, word) = ((word.chars().count() / 3).max(1), word.to_lowercase());
    let candidates: Vec<&str> = candidates.into_iter().collect();
    // A word that is still being typed.
    let begun = || candidates.iter().copied().find(|candidate| word.len() > 2 && candidate.starts_with(&word));
    candidates
        .iter()
        .copied()
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
        .or_else(begun)
}

/// How many letters must be added, removed, changed or swapped with their neighbour.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=right.len()).collect()];
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let changed = usize::from(left[i - 1] != right[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + changed);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        assert_eq!(nearest("defualt", ["default", "range"]), Some("default"));
        assert_eq!(nearest("rnage", ["default", "range"]), Some("range"));
        assert_eq!(nearest("idd", ["id"]), Some("id"));
        assert_eq!(nearest("colour", ["default", "range"]), None);
        assert_eq!(nearest("x", ["id"]), None);
        assert_eq!(nearest("time", ["layer", "timeout"]), Some("timeout"));
        assert_eq!(nearest("ti", ["layer", "timeout"]), None);
    }
}
