//! Finds the static data that only some functions use: strings above all. The linker's relocations say which function and
//! which piece of data holds the address of which other piece, so nothing is guessed from numbers.
//!
//! Symbols and relocations: <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    DataKind, KnownCustom, Linking, Operator, Parser, Payload, RelocSectionReader, RelocationType, SymbolFlags,
    SymbolInfo,
};

/// A module as the linker wrote it (`--emit-relocs`), seen as what refers to what.
pub(crate) struct Linked {
    /// Functions by name, with the numbers in each that are addresses, and the pieces of data that each refers to.
    functions: HashMap<String, BTreeMap<u32, BTreeSet<usize>>>,
    /// Addresses of each piece of data, and the pieces that it refers to.
    pieces: Vec<(Range<usize>, BTreeSet<usize>)>,
    /// Addresses of the data segments.
    segments: Vec<Range<usize>>,
}

impl Linked {
    pub(crate) fn read(module: &[u8]) -> Result<Self> {
        let sections = Sections::read(module)?;
        let mut linked = Self { functions: HashMap::new(), pieces: Vec::new(), segments: sections.addresses.clone() };
        // The piece that each symbol stands for, and the names of each function.
        let (mut piece_of, mut names) = (HashMap::new(), BTreeMap::<u32, Vec<&str>>::new());
        for (number, symbol) in sections.symbols.iter().enumerate() {
            match symbol {
                SymbolInfo::Data { flags, symbol: Some(place), .. } if !flags.contains(SymbolFlags::ABSOLUTE) => {
                    // What is zero at the start has no segment.
                    let Some(segment) = sections.addresses.get(place.index as usize) else { continue };
                    let start = segment.start + place.offset as usize;
                    piece_of.insert(number, linked.pieces.len());
                    linked.pieces.push((start..start + place.size as usize, BTreeSet::new()));
                }
                SymbolInfo::Func { index, name: Some(name), .. } => names.entry(*index).or_default().push(name),
                _ => {}
            }
        }
        ensure!(
            !linked.pieces.is_empty() && !names.is_empty(),
            "no symbols: the module must be linked with --emit-relocs"
        );
        let mut used = vec![BTreeMap::<u32, BTreeSet<usize>>::new(); sections.bodies.len()];
        for (offset, symbol, addend) in &sections.code_relocations {
            let body = sections.bodies.partition_point(|body| body.end <= *offset);
            let body = sections.bodies.get(body).filter(|one| one.contains(offset)).map(|_| body);
            let body = body.with_context(|| format!("a relocation at {offset} of the code is in no function"))?;
            if let Some(piece) = piece_of.get(symbol) {
                let written =
                    u32::try_from(linked.pieces[*piece].0.start)?.wrapping_add_signed(i32::try_from(*addend)?);
                used[body].entry(written).or_default().insert(*piece);
            }
        }
        for (body, used) in used.into_iter().enumerate() {
            let index = u32::try_from(body)? + sections.imported;
            let names = names.get(&index).with_context(|| format!("function {index} has no name"))?;
            for name in names {
                let known = linked.functions.entry((*name).to_owned()).or_default();
                for (written, pieces) in &used {
                    known.entry(*written).or_default().extend(pieces);
                }
            }
        }
        // Pieces by where they begin; one address can have several.
        let mut starts: Vec<_> = linked.pieces.iter().enumerate().map(|(piece, (at, _))| (at.clone(), piece)).collect();
        starts.sort_by_key(|(at, _)| at.start);
        for (address, symbol) in sections.data_relocations()? {
            let Some(to) = piece_of.get(&symbol) else { continue };
            let holders = starts.iter().take(starts.partition_point(|(at, _)| at.start <= address));
            let holders: Vec<_> = holders.filter(|(at, _)| at.contains(&address)).map(|(_, piece)| *piece).collect();
            ensure!(!holders.is_empty(), "a relocation at the address {address} is in no piece of data");
            for holder in holders {
                linked.pieces[holder].1.insert(*to);
            }
        }
        Ok(linked)
    }

    #[cfg(test)]
    pub(crate) fn of(
        functions: HashMap<String, BTreeMap<u32, BTreeSet<usize>>>,
        pieces: Vec<(Range<usize>, BTreeSet<usize>)>,
        segments: Vec<Range<usize>>,
    ) -> Self {
        Self { functions, pieces, segments }
    }

    /// Whether the linker knew a function of this name.
    pub(crate) fn knows(&self, function: &str) -> bool {
        self.functions.contains_key(function)
    }

    /// Whether this number can be the address of static data.
    pub(crate) fn is_address(&self, number: usize) -> bool {
        self.segments.iter().any(|segment| segment.contains(&number))
    }

    /// Addresses of the data that can be reached from none of these functions. What no symbol stands for is not among it.
    pub(crate) fn unused_by<'a>(&self, functions: impl Iterator<Item = &'a str>) -> Vec<Range<usize>> {
        let used = functions.filter_map(|name| self.functions.get(name)).flat_map(|used| used.values().flatten());
        self.unused(used.copied().collect())
    }

    /// The numbers in a function that are addresses of data, each with the pieces that it refers to; `None`: the linker knew no
    /// function of this name.
    pub(crate) fn references(&self, function: &str) -> Option<&BTreeMap<u32, BTreeSet<usize>>> {
        self.functions.get(function)
    }

    /// Addresses of the data that can be reached from none of these pieces. What no symbol stands for is not among it.
    pub(crate) fn unused(&self, used: BTreeSet<usize>) -> Vec<Range<usize>> {
        let mut open: Vec<usize> = used.into_iter().collect();
        let mut reached = BTreeSet::new();
        while let Some(piece) = open.pop() {
            if reached.insert(piece) {
                open.extend(&self.pieces[piece].1);
            }
        }
        let mut unused = Vec::new();
        for segment in &self.segments {
            let mut kept = vec![true; segment.len()];
            let mut mark = |keep: bool| {
                for (piece, (at, _)) in self.pieces.iter().enumerate() {
                    if reached.contains(&piece) == keep && at.start >= segment.start && at.end <= segment.end {
                        kept[at.start - segment.start..at.end - segment.start].fill(keep);
                    }
                }
            };
            // Pieces may overlap: one that is reached keeps all its bytes.
            mark(false);
            mark(true);
            unused.extend(runs(&kept).map(|run| run.start + segment.start..run.end + segment.start));
        }
        unused
    }
}

/// Runs of what is not kept.
fn runs(kept: &[bool]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + kept[at..].iter().position(|kept| !kept)?;
        at = kept[start..].iter().position(|kept| *kept).map_or(kept.len(), |length| start + length);
        Some(start..at)
    })
}

/// What is read off a module. A place in a section is counted from where the section's contents begin, as relocations do.
#[derive(Default)]
struct Sections<'a> {
    imported: u32,
    bodies: Vec<Range<usize>>,
    /// Addresses of the segments, and where their bytes are in the section.
    addresses: Vec<Range<usize>>,
    places: Vec<Range<usize>>,
    symbols: Vec<SymbolInfo<'a>>,
    /// Offset, symbol, and what is added to its address.
    code_relocations: Vec<(usize, usize, i64)>,
    data_offsets: Vec<(usize, usize, i64)>,
}

impl<'a> Sections<'a> {
    fn read(module: &'a [u8]) -> Result<Self> {
        let mut read = Self::default();
        let (mut code, mut section, mut code_index, mut data_index) = (0, 0, None, None);
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        read.imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => (code, code_index) = (range.start, Some(section)),
                Payload::CodeSectionEntry(body) => {
                    read.bodies.push(body.range().start - code..body.range().end - code);
                }
                Payload::DataSection(segments) => {
                    data_index = Some(section);
                    let data = segments.range().start;
                    for segment in segments.clone() {
                        let segment = segment?;
                        let DataKind::Active { offset_expr, .. } = segment.kind else {
                            bail!("a passive data segment")
                        };
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                            bail!("a data segment whose address is not a number")
                        };
                        let address = usize::try_from(value)?;
                        read.addresses.push(address..address + segment.data.len());
                        read.places.push(segment.range.end - segment.data.len() - data..segment.range.end - data);
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(symbols) = part? {
                                read.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                            }
                        }
                    }
                    KnownCustom::Reloc(relocations) if Some(relocations.section_index()) == code_index => {
                        read.code_relocations = addresses(&relocations)?;
                    }
                    KnownCustom::Reloc(relocations) if Some(relocations.section_index()) == data_index => {
                        read.data_offsets = addresses(&relocations)?;
                    }
                    _ => {}
                },
                _ => {}
            }
            // The entries of the code section are no sections, nor is what stands before and behind them all.
            let no_section =
                matches!(payload, Payload::Version { .. } | Payload::CodeSectionEntry(_) | Payload::End(_));
            section += u32::from(!no_section);
        }
        ensure!(!read.code_relocations.is_empty(), "no relocations: the module must be linked with --emit-relocs");
        Ok(read)
    }

    /// Address and symbol.
    fn data_relocations(&self) -> Result<Vec<(usize, usize)>> {
        let address = |(offset, symbol, _): &(usize, usize, i64)| {
            let segment = self.places.iter().position(|place| place.contains(offset));
            let segment = segment.with_context(|| format!("a relocation at {offset} of the data is in no segment"))?;
            Ok((offset - self.places[segment].start + self.addresses[segment].start, *symbol))
        };
        self.data_offsets.iter().map(address).collect()
    }
}

/// Of the relocations those that are addresses of data: where, the symbol, and what is added to its address.
fn addresses(relocations: &RelocSectionReader<'_>) -> Result<Vec<(usize, usize, i64)>> {
    let mut found = Vec::new();
    for entry in relocations.entries() {
        let entry = entry?;
        match entry.ty {
            RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb | RelocationType::MemoryAddrI32 => {
                found.push((entry.offset as usize, entry.index as usize, entry.addend));
            }
            RelocationType::FunctionIndexLeb
            | RelocationType::TableIndexSleb
            | RelocationType::TableIndexI32
            | RelocationType::TableNumberLeb
            | RelocationType::TypeIndexLeb
            | RelocationType::GlobalIndexLeb => {}
            other => bail!("a relocation of a kind that is not expected here: {other:?}"),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two functions: `first` holds the address of the piece 0, which holds that of piece 2; `other` that of piece 1.
    fn linked() -> Linked {
        let refers = |written, piece| BTreeMap::from([(written, BTreeSet::from([piece]))]);
        let functions = [("first".to_owned(), refers(1000, 0)), ("other".to_owned(), refers(1010, 1))];
        let pieces = vec![
            (1000..1010, BTreeSet::from([2])),
            (1010..1030, BTreeSet::new()),
            (1030..1040, BTreeSet::new()),
            (1025..1035, BTreeSet::new()),
        ];
        Linked::of(functions.into(), pieces, vec![1000..1050])
    }

    #[test]
    fn what_is_reached_stays_with_all_its_bytes() {
        let linked = linked();
        assert_eq!(linked.unused_by(["first"].into_iter()), [1010..1030]);
        assert_eq!(linked.unused_by(["other"].into_iter()), [1000..1010, 1030..1040]);
        assert_eq!(linked.unused_by(["first", "other"].into_iter()), [] as [Range<usize>; 0]);
        // Of the last ten bytes no symbol speaks: they stay.
        assert_eq!(linked.unused_by(std::iter::empty()), [1000..1040]);
    }

    #[test]
    fn an_address_is_within_the_data() {
        let linked = linked();
        assert!(linked.is_address(1000) && linked.is_address(1049));
        assert!(!linked.is_address(999) && !linked.is_address(1050));
        assert!(linked.knows("first") && !linked.knows("third"));
    }

    #[test]
    fn a_module_without_relocations_is_refused() {
        let error = Linked::read(b"\0asm\x01\0\0\0").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("--emit-relocs"), "{error}");
    }
}
