//! What ran in a marked module.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

/// Numbers of functions, and of the points within them.
pub(crate) struct Ran {
    pub(crate) functions: BTreeSet<usize>,
    /// Function and point; empty where points were not marked.
    pub(crate) points: BTreeSet<(usize, usize)>,
}

impl Ran {
    /// Reads numbers of functions and of points (`7_12`), one a line.
    pub(crate) fn read(text: &str) -> Result<Self> {
        let number = |text: &str| text.parse::<usize>().with_context(|| format!("no number: {text:?}"));
        let mut ran = Self { functions: BTreeSet::new(), points: BTreeSet::new() };
        for line in text.lines().map(str::trim) {
            match line.split_once('_') {
                Some((function, point)) => drop(ran.points.insert((number(function)?, number(point)?))),
                None => drop(ran.functions.insert(number(line)?)),
            }
        }
        Ok(ran)
    }

    /// That something ran, and in a module of so many functions.
    pub(crate) fn ensure_of(&self, functions: usize) -> Result<()> {
        ensure!(
            self.functions.last().is_none_or(|last| *last < functions),
            "the functions that ran are of another module"
        );
        ensure!(!self.functions.is_empty(), "no function ran");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Ran;

    #[test]
    fn notes_are_numbers() {
        let ran = Ran::read("3\n3_0\n3_12").expect("numbers");
        assert_eq!((ran.functions, ran.points), (BTreeSet::from([3]), BTreeSet::from([(3, 0), (3, 12)])));
        assert!(Ran::read("3\nx").is_err() && Ran::read("3_").is_err());
    }
}
