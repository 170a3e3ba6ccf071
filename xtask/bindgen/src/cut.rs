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

use anyhow::{Result, ensure};
use walrus::ir::{Const, Instr, InstrLocId, Load, LoadSimd, Store, Unreachable, Value, Visitor, dfs_in_order};
use walrus::{FunctionId, LocalFunction, Module, passes};

use crate::data::Linked;
use crate::mark::{own_functions, parse};
use crate::points::points;
use crate::ran::Ran;
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

/// `linked` is the module as the linker wrote it, `module` the same with its glue.
pub(crate) fn cut(linked: &[u8], module: &[u8], ran: &Ran) -> Result<Vec<u8>> {
    let mut module = parse(module)?;
    cut_down(&mut module, &Linked::read(linked)?, ran)?;
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

fn cut_down(module: &mut Module, linked: &Linked, ran: &Ran) -> Result<()> {
    let functions = own_functions(module);
    ran.ensure_of(functions.len())?;
    ensure!(!ran.points.is_empty(), "nothing ran within a function");
    let mut used = BTreeSet::new();
    for (number, id) in functions.into_iter().enumerate() {
        let name = module.funcs.get(id).name.clone().unwrap_or_default();
        let before = numbers(module.funcs.get(id).kind.unwrap_local());
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        let stays = has(&HEAP) || (ran.functions.contains(&number) && has(&LIBRARIES));
        if !stays {
            cut_function(module, id, number, ran);
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
    clear(module, &linked.unused(used))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use walrus::ir::{BinaryOp, LoadKind, MemArg};
    use walrus::{ConstExpr, DataKind, FunctionBuilder, ModuleConfig, ValType};
    use wasmparser::Validator;

    use super::*;
    use anyhow::Context;

    /// Where the two pieces of static data are, four bytes each.
    const DATA: [usize; 2] = [1000, 1004];

    /// `name` gives its argument back, or, where that is not zero, what stands at the second piece of data; before that it has loaded
    /// the first. At the place where it parts a value lies on the stack.
    fn module(name: &str) -> Module {
        let mut module = Module::with_config(ModuleConfig::new());
        let memory = module.memories.add_local(false, false, 1, None, None);
        let offset = ConstExpr::Value(Value::I32(1000));
        module.data.add(DataKind::Active { memory, offset }, b"onestwos".to_vec());
        let argument = module.locals.add(ValType::I32);
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        builder.name(name.to_owned());
        let load = LoadKind::I32 { atomic: false };
        builder
            .func_body()
            .i32_const(1000)
            .load(memory, load, MemArg { align: 4, offset: 0 })
            .local_get(argument)
            .if_else(
                ValType::I32,
                |more| {
                    more.i32_const(0).load(memory, load, MemArg { align: 4, offset: 1004 });
                },
                |same| {
                    same.local_get(argument);
                },
            )
            .binop(BinaryOp::I32Add);
        let id = builder.finish(vec![argument], &mut module.funcs);
        module.exports.add("it", id);
        module
    }

    fn linked(name: &str, second: u32) -> Linked {
        let references = [(1000, BTreeSet::from([0])), (second, BTreeSet::from([1]))];
        let pieces = DATA.map(|at| (at..at + 4, BTreeSet::new()));
        Linked::of([(name.to_owned(), BTreeMap::from(references))].into(), pieces.into(), vec![1000..1008])
    }

    fn ran(functions: &[usize], points: &[usize]) -> Ran {
        Ran { functions: functions.iter().copied().collect(), points: points.iter().map(|point| (0, *point)).collect() }
    }

    /// Instructions of the only function, in all its sequences, and its data.
    fn left(module: &mut Module) -> Result<(String, Vec<u8>)> {
        Validator::new().validate_all(&module.emit_wasm())?;
        let function = module.funcs.iter_local().next().context("no function")?.1;
        let mut all = Vec::new();
        let mut open = vec![function.entry_block()];
        while let Some(id) = open.pop() {
            for (instr, _) in &function.block(id).instrs {
                let text = format!("{instr:?}");
                all.push(text.split(['(', ' ']).next().unwrap_or_default().to_owned());
                if let Instr::IfElse(both) = instr {
                    open.extend([both.alternative, both.consequent]);
                }
            }
        }
        Ok((all.join(" "), module.data.iter().next().context("no data")?.value.clone()))
    }

    /// The points of `module`: where the value was not zero, where it was, and behind both.
    fn cut_of(name: &str, ran: &Ran) -> Result<(String, Vec<u8>)> {
        let mut module = module(name);
        cut_down(&mut module, &linked(name, 1004), ran)?;
        left(&mut module)
    }

    const WHOLE: &str = "Const Load LocalGet IfElse Binop Const Load LocalGet";

    #[test]
    fn what_ran_stays() -> Result<()> {
        assert_eq!(cut_of("f", &ran(&[0], &[0, 1, 2]))?, (WHOLE.to_owned(), b"onestwos".to_vec()));
        Ok(())
    }

    #[test]
    fn an_arm_that_did_not_run_is_a_trap_and_its_data_is_gone() -> Result<()> {
        let (code, data) = cut_of("f", &ran(&[0], &[1, 2]))?;
        assert_eq!(code, "Const Load LocalGet IfElse Binop Unreachable LocalGet");
        assert_eq!(data, b"ones\0\0\0\0");
        Ok(())
    }

    #[test]
    fn what_was_not_reached_behind_a_branch_is_a_trap() -> Result<()> {
        let (code, data) = cut_of("f", &ran(&[0], &[0]))?;
        assert_eq!(code, "Const Load LocalGet IfElse Unreachable Const Load Unreachable");
        assert_eq!(data, b"onestwos");
        Ok(())
    }

    #[test]
    fn a_function_that_never_ran_is_a_trap() -> Result<()> {
        let mut module = module("f");
        let id = own_functions(&module)[0];
        cut_function(&mut module, id, 0, &ran(&[7], &[]));
        assert_eq!(left(&mut module)?.0, "Unreachable");
        Ok(())
    }

    #[test]
    fn the_heap_stays_whole_and_so_does_what_reads_text_where_it_ran() -> Result<()> {
        assert_eq!(cut_of("_RNv8dlmalloc4free", &ran(&[0], &[1]))?.0, WHOLE);
        assert_eq!(cut_of("_ZN10serde_json4read", &ran(&[0], &[1]))?.0, WHOLE);
        assert_ne!(cut_of("_ZN4other4read", &ran(&[0], &[1]))?.0, WHOLE);
        Ok(())
    }

    #[test]
    fn another_module_s_notes_and_addresses_are_refused() {
        let error = |linked: &Linked, ran: &Ran| {
            cut_down(&mut module("f"), linked, ran).err().map(|error| error.to_string()).unwrap_or_default()
        };
        let good = ran(&[0], &[0, 1, 2]);
        assert_eq!(error(&linked("f", 1004), &good), "");
        assert!(error(&linked("f", 1005), &good).contains("not there any more"));
        assert!(error(&linked("g", 1004), &good).contains("the linker did not know"));
        assert!(error(&linked("f", 1004), &ran(&[1], &[0])).contains("another module"));
        assert!(error(&linked("f", 1004), &ran(&[0], &[])).contains("nothing ran"));
    }
}
