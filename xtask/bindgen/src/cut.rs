//! The module for the ways that were gone, and for no other: whatever did not run is a trap. It answers as the whole module does,
//! instruction for instruction, or it stops; whoever asked it then asks the whole one.
//!
//! - A function that never ran is a trap. One that ran is kept up to the first place of each sequence that was not reached
//!   (`points`), and a trap from there on. Behind a trap any types fit, so nothing has to be known about what is cut away.
//! - Static data that nothing refers to any more is zero.
//! - The heap's own functions stay whole: what they do depends on all that was asked before, not on the question. So do, where they ran,
//!   those that read text and count: which way they go hangs on single bytes, of which no number of ways that were gone has all.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use walrus::ir::{Const, Instr, InstrLocId, Load, LoadSimd, Store, Unreachable, Value, Visitor, dfs_in_order};
use walrus::{FunctionId, LocalFunction, Module, passes};

use crate::data::Linked;
use crate::mark::{own_functions, parse};
use crate::points::points;
use crate::split::{segments, within};

/// What stands in the names of the heap's functions, and of nothing else.
const HEAP: [&str; 2] = ["8dlmalloc", "___rust_"];

/// What stands in the names of those that read text and count, by crate, module or type.
const LIBRARIES: [&str; 23] = [
    "serde_json",
    "collections5btree",
    "json..ValueSeed",
    "touchstone_formats5field",
    "touchstone_formats3uri",
    "touchstone_formats9predicate",
    "touchstone_formats9statement",
    "touchstone_tlog",
    "touchstone_verify8expected",
    "eq_ignore_ascii_case",
    "base64",
    "_ZN3der",
    "const_oid",
    "crypto_bigint",
    "p256",
    "p384",
    "primeorder",
    "primefield",
    "elliptic_curve",
    "4sha2",
    "sha2..",
    "4wnaf",
    "ecdsa",
];

/// What ran: numbers of functions, and of the points within them.
pub(crate) struct Ran {
    functions: BTreeSet<usize>,
    points: BTreeSet<(usize, usize)>,
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
}

/// `linked` is the module as the linker wrote it, `module` the same with its glue.
pub(crate) fn cut(linked: &[u8], module: &[u8], ran: &Ran) -> Result<Vec<u8>> {
    let linked = Linked::read(linked)?;
    let mut module = parse(module)?;
    let functions = own_functions(&module);
    ensure!(
        ran.functions.last().is_none_or(|last| *last < functions.len()),
        "the functions that ran are of another module"
    );
    ensure!(!ran.functions.is_empty() && !ran.points.is_empty(), "nothing ran");
    let mut used = BTreeSet::new();
    for (number, id) in functions.into_iter().enumerate() {
        let name = module.funcs.get(id).name.clone().unwrap_or_default();
        let before = numbers(module.funcs.get(id).kind.unwrap_local());
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        let stays = has(&HEAP) || (ran.functions.contains(&number) && has(&LIBRARIES));
        if !stays {
            cut_function(&mut module, id, number, ran);
        }
        let left = numbers(module.funcs.get(id).kind.unwrap_local());
        let Some(references) = linked.references(&name) else {
            // What wasm-bindgen added has nothing to do with static data. If it were otherwise, or the names had changed on the
            // way, data would be missed.
            let address = left.iter().find(|number| linked.is_address(**number as usize));
            ensure!(address.is_none(), "the linker did not know the function {name:?}, which uses {address:?}");
            continue;
        };
        for (written, pieces) in references {
            ensure!(before.contains(written), "{name}: the linker wrote {written}, which is not there any more");
            if left.contains(written) {
                used.extend(pieces);
            }
        }
    }
    clear(&mut module, &linked.unused(used))?;
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// Puts traps in the place of what did not run.
fn cut_function(module: &mut Module, id: FunctionId, number: usize, ran: &Ran) {
    let function = module.funcs.get_mut(id).kind.unwrap_local_mut();
    let mut cold = Vec::new();
    if ran.functions.contains(&number) {
        let points = points(function).into_iter().enumerate();
        cold.extend(points.filter(|(point, _)| !ran.points.contains(&(number, *point))).map(|(_, place)| place));
    } else {
        cold.push((function.entry_block(), 0));
    }
    for (sequence, at) in cold {
        let instrs = &mut function.block_mut(sequence).instrs;
        // An earlier place of the same sequence may have cut it already.
        if at < instrs.len() {
            instrs.truncate(at);
            instrs.push((Instr::Unreachable(Unreachable {}), InstrLocId::default()));
        }
    }
}

/// Fills static data with zero, which is what memory is full of anyway: wasm-opt leaves it out.
fn clear(module: &mut Module, unused: &[Range<usize>]) -> Result<()> {
    for (segment, address) in segments(module)? {
        for range in unused {
            if let Some(bytes) = within(address, &mut module.data.get_mut(segment).value, range) {
                bytes.fill(0);
            }
        }
    }
    Ok(())
}

/// Every number in a function that could be an address: constants, and what loads and stores add.
fn numbers(function: &LocalFunction) -> BTreeSet<u32> {
    let mut found = Numbers(BTreeSet::new());
    dfs_in_order(&mut found, function, function.entry_block());
    found.0
}

struct Numbers(BTreeSet<u32>);

impl Visitor<'_> for Numbers {
    fn visit_const(&mut self, constant: &Const) {
        if let Value::I32(number) = constant.value {
            self.0.insert(number.cast_unsigned());
        }
    }

    fn visit_load(&mut self, load: &Load) {
        self.0.extend(u32::try_from(load.arg.offset));
    }

    fn visit_load_simd(&mut self, load: &LoadSimd) {
        self.0.extend(u32::try_from(load.arg.offset));
    }

    fn visit_store(&mut self, store: &Store) {
        self.0.extend(u32::try_from(store.arg.offset));
    }
}
