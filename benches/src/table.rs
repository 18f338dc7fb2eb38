//! Medians, and tables that can be pasted into `docs/performance.md`.

use std::fmt;
use std::fmt::{Display, Formatter};

/// The middle of some measurements, and what the middle half of them lies between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    lower: f64,
    median: f64,
    upper: f64,
}

impl Spread {
    /// Of at least one measurement; `None` of none.
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let last = values.len().checked_sub(1)?;
        // With an even number of values a place can lie between two of them.
        let at = |quarter: usize| f64::midpoint(values[last * quarter / 4], values[(last * quarter).div_ceil(4)]);
        Some(Self { lower: at(1), median: at(2), upper: at(3) })
    }
}

impl Display for Spread {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} ({:.3}..{:.3})", self.median, self.lower, self.upper)
    }
}

/// A Markdown table.
#[derive(Clone, Debug)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub fn new(headings: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { rows: vec![headings.into_iter().map(Into::into).collect()] }
    }

    /// Adds a row with as many cells as there are headings.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, row) in self.rows.iter().enumerate() {
            writeln!(f, "| {} |", row.join(" | "))?;
            if index == 0 {
                writeln!(f, "|{}", "---|".repeat(row.len()))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(Spread::of(vec![3.0, 1.0, 2.0]), Some(Spread { lower: 1.5, median: 2.0, upper: 2.5 }));
        assert_eq!(Spread::of(vec![4.0, 1.0, 2.0, 3.0]), Some(Spread { lower: 1.5, median: 2.5, upper: 3.5 }));
        assert_eq!(Spread::of(Vec::new()), None);
    }

    #[test]
    fn tables_are_markdown() {
        let mut table = Table::new(["a", "b"]);
        table.row(["1", "2"]);
        assert_eq!(table.to_string(), "| a | b |\n|---|---|\n| 1 | 2 |\n");
    }
}
