//! Options of a command line, by a table.

use super::CommandError;

/// What follows an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// A value: `--name value` or `--name=value`.
    Value,
    /// Nothing, or `=true` or `=false`.
    Switch,
}

/// An option that a command knows: its names, what follows, and what to do with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<M> {
    /// With dashes; the first is the usual one.
    pub(super) names: &'static [&'static str],
    pub(super) takes: Takes,
    pub(super) means: M,
}

/// An option with a value.
pub(super) const fn value<M>(names: &'static [&'static str], means: M) -> Known<M> {
    Known { names, takes: Takes::Value, means }
}

/// An option without one.
pub(super) const fn switch<M>(names: &'static [&'static str], means: M) -> Known<M> {
    Known { names, takes: Takes::Switch, means }
}

/// An option found in a command line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a, M> {
    /// As written, without a value.
    pub(super) option: &'a str,
    /// Its value; `true` or `false` for a switch.
    pub(super) value: &'a str,
    pub(super) means: M,
}

impl<M> Given<'_, M> {
    /// Whether a switch is on.
    pub(super) fn is_on(&self) -> bool {
        self.value != "false"
    }

    /// The value is none that can be used.
    pub(super) fn refused(&self, expected: &'static str) -> CommandError {
        CommandError::BadValue { option: self.option.to_owned(), found: self.value.to_owned(), expected }
    }

    /// Puts the value where no value may be yet.
    pub(super) fn put(&self, place: &mut Option<String>) -> Result<(), CommandError> {
        if place.is_some() {
            return Err(CommandError::Twice { option: self.option.to_owned() });
        }
        *place = Some(self.value.to_owned());
        Ok(())
    }

    /// As [`Self::put`], for a text that is empty when there is none.
    pub(super) fn put_text(&self, place: &mut String) -> Result<(), CommandError> {
        if !place.is_empty() {
            return Err(CommandError::Twice { option: self.option.to_owned() });
        }
        self.value.clone_into(place);
        Ok(())
    }

    /// `name=value` taken apart.
    pub(super) fn pair(&self) -> Result<(String, String), CommandError> {
        self.value
            .split_once('=')
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .ok_or_else(|| self.refused("a name, an equals sign and a value"))
    }
}

/// Options in order, and the words that are none.
pub(super) type Sorted<'a, M> = (Vec<Given<'a, M>>, Vec<&'a str>);

/// Sorts the words behind a command. An option that the table does not know is an error: it may ask something.
pub(super) fn sort<'a, M: Copy>(
    command: &'static str,
    table: &[Known<M>],
    words: &[&'a str],
) -> Result<Sorted<'a, M>, CommandError> {
    let (mut given, mut others) = (Vec::new(), Vec::new());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        if word == "--" {
            others.extend(words);
            break;
        }
        if !word.starts_with('-') || word == "-" {
            others.push(word);
            continue;
        }
        let (name, attached) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let known = table
            .iter()
            .find(|known| known.names.contains(&name))
            .ok_or_else(|| CommandError::UnknownOption { command, option: name.to_owned() })?;
        let value = match (known.takes, attached) {
            (_, Some(value)) => value,
            (Takes::Switch, None) => "true",
            (Takes::Value, None) => {
                words.next().ok_or_else(|| CommandError::MissingValue { option: name.to_owned() })?
            }
        };
        let one = Given { option: name, value, means: known.means };
        if known.takes == Takes::Switch && !matches!(value, "true" | "false") {
            return Err(one.refused("true or false"));
        }
        given.push(one);
    }
    Ok((given, others))
}
