//! What did not run of a function that did, in a function of its own. A browser compiles a function when it is first called, all of
//! it: what is kept for a case that does not come costs time there, and a place in the first module. It is moved as it stands, and
//! called where it stood.
//!
//! - What is moved is the end of a sequence, from the first place on that was not reached (`points`). There the stack must be empty.
//! - It is given the locals that it may read, and gives back those that somebody may read afterwards. A local that is given back is
//!   given too: not every way through it writes it.
//! - It ends by falling out of its sequence, by a branch to a place outside of it, or by a return. Where it can end in several ways it
//!   says in which, and the branch is taken where it was called.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use walrus::ir::{
    BinaryOp, Block, Br, BrIf, BrTable, Call, CallIndirect, Const, IfElse, Instr, InstrLocId, InstrSeqId, InstrSeqType,
    LocalGet, LocalId, LocalSet, LocalTee, Loop, Return, Unreachable, Value,
};
use walrus::{FunctionBuilder, FunctionId, LocalFunction, Module, ValType};

use crate::mark::own_functions;
use crate::points::points;
use crate::ran::Ran;

/// What stands in the names of functions that stay whole: the heap's, and arithmetic, which goes other ways with other numbers.
const WHOLE: [&str; 13] = [
    "8dlmalloc",
    "___rust_",
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
    "base64",
];

/// How many bytes moving has to save at the least, by estimate.
const WORTH: usize = 24;

/// Moves what did not run out of every function that did. The new functions stand behind all others, in an order that depends on module
/// and notes alone.
pub(crate) fn outline(module: &mut Module, ran: &Ran) -> Result<usize> {
    let mut moved = 0;
    for (number, id) in own_functions(module).into_iter().enumerate() {
        let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
        if !ran.functions.contains(&number) || WHOLE.iter().any(|part| name.contains(part)) {
            continue;
        }
        for region in regions(module, id, number, ran) {
            move_out(module, id, &region);
            moved += 1;
        }
    }
    Ok(moved)
}

/// How control leaves what is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    Branch(InstrSeqId),
    Return,
    /// Over the end of its sequence; the last, which needs no branch.
    Fall,
}

/// The end of a sequence that is moved.
struct Region {
    sequence: InstrSeqId,
    at: usize,
    given: Vec<LocalId>,
    back: Vec<LocalId>,
    exits: Vec<Exit>,
    /// What lies on the stack where it falls out of its sequence.
    left: Vec<ValType>,
}

/// A function as it is before anything is moved out of it.
struct Whole<'a> {
    module: &'a Module,
    function: &'a LocalFunction,
    results: Vec<ValType>,
    /// How often each local is read.
    reads: BTreeMap<LocalId, usize>,
    loops: BTreeSet<InstrSeqId>,
}

fn regions(module: &Module, id: FunctionId, number: usize, ran: &Ran) -> Vec<Region> {
    let function = module.funcs.get(id).kind.unwrap_local();
    let mut whole = Whole {
        module,
        function,
        results: module.types.results(function.ty()).to_vec(),
        reads: BTreeMap::new(),
        loops: BTreeSet::new(),
    };
    let mut all = Seen::default();
    whole.look(&whole.function.block(function.entry_block()).instrs, &BTreeSet::new(), &mut all);
    whole.reads = all.reads;
    whole.loops = all.loops;
    let mut cold: BTreeMap<InstrSeqId, usize> = BTreeMap::new();
    for (point, (sequence, at)) in points(function).into_iter().enumerate() {
        if !ran.points.contains(&(number, point)) {
            cold.entry(sequence).and_modify(|first| *first = at.min(*first)).or_insert(at);
        }
    }
    let mut found = Vec::new();
    let mut open = vec![function.entry_block()];
    while let Some(sequence) = open.pop() {
        let instrs = &function.block(sequence).instrs;
        let at = cold.get(&sequence).copied();
        let region = at.and_then(|at| whole.region(sequence, at));
        // What lies in what is moved goes with it; where it cannot be moved, parts of it may.
        let kept = if region.is_some() { at.unwrap_or(instrs.len()) } else { instrs.len() };
        for (instr, _) in instrs.iter().take(kept) {
            open.extend(inner(instr));
        }
        found.extend(region);
    }
    found
}

fn inner(instr: &Instr) -> Vec<InstrSeqId> {
    match instr {
        Instr::Block(Block { seq }) | Instr::Loop(Loop { seq }) => vec![*seq],
        Instr::IfElse(IfElse { consequent, alternative }) => vec![*consequent, *alternative],
        _ => Vec::new(),
    }
}

/// What stands in a part of a function.
#[derive(Default)]
struct Seen {
    reads: BTreeMap<LocalId, usize>,
    /// Read before it was surely written.
    exposed: BTreeSet<LocalId>,
    written: BTreeSet<LocalId>,
    sequences: BTreeSet<InstrSeqId>,
    loops: BTreeSet<InstrSeqId>,
    targets: BTreeSet<InstrSeqId>,
    /// Targets of tables, which would have to be written anew.
    listed: BTreeSet<InstrSeqId>,
    returns: bool,
    bytes: usize,
    unknown: bool,
}

impl Whole<'_> {
    fn look(&self, instrs: &[(Instr, InstrLocId)], before: &BTreeSet<LocalId>, seen: &mut Seen) {
        let mut assigned = before.clone();
        for (instr, _) in instrs {
            seen.bytes += weight(instr);
            seen.unknown |= self.arity(instr).is_none();
            match instr {
                Instr::LocalGet(LocalGet { local }) => {
                    *seen.reads.entry(*local).or_default() += 1;
                    if !assigned.contains(local) {
                        seen.exposed.insert(*local);
                    }
                }
                Instr::LocalSet(LocalSet { local }) | Instr::LocalTee(LocalTee { local }) => {
                    seen.written.insert(*local);
                    assigned.insert(*local);
                }
                Instr::Br(Br { block }) | Instr::BrIf(BrIf { block }) => drop(seen.targets.insert(*block)),
                Instr::BrTable(BrTable { blocks, default }) => seen.listed.extend(blocks.iter().chain([default])),
                Instr::Return(_) => seen.returns = true,
                _ => {}
            }
            if let Instr::Loop(Loop { seq }) = instr {
                seen.loops.insert(*seq);
            }
            // What is written in there may be jumped over.
            for sequence in inner(instr) {
                seen.sequences.insert(sequence);
                self.look(&self.function.block(sequence).instrs, &assigned, seen);
            }
        }
    }

    /// What is to be known to move the end of `sequence` from `at` on; nothing where that cannot be done or is not worth it.
    fn region(&self, sequence: InstrSeqId, at: usize) -> Option<Region> {
        let (head, tail) = self.function.block(sequence).instrs.split_at_checked(at)?;
        let mut seen = Seen::default();
        self.look(tail, &BTreeSet::new(), &mut seen);
        if seen.unknown || !seen.listed.is_subset(&seen.sequences) || self.height(head)? != 0 {
            return None;
        }
        let outside = seen.targets.difference(&seen.sequences);
        let mut exits: Vec<Exit> = outside.map(|target| Exit::Branch(*target)).collect();
        if seen.returns {
            exits.push(Exit::Return);
        }
        let left = self.results_of(sequence)?;
        if tail.last().is_none_or(|(instr, _)| !ends(instr)) {
            exits.push(Exit::Fall);
            if !left.is_empty() && exits.len() > 1 {
                return None;
            }
        }
        for exit in &exits {
            // A branch that carries something would have to carry it over two calls.
            if let Exit::Branch(target) = exit
                && !self.loops.contains(target)
                && !self.results_of(*target)?.is_empty()
            {
                return None;
            }
        }
        let comes_back = exits.iter().any(|exit| *exit != Exit::Return);
        let is_read = |local: &LocalId| {
            seen.exposed.contains(local) || self.reads.get(local) != seen.reads.get(local).or(Some(&0))
        };
        let back: Vec<LocalId> = seen.written.iter().copied().filter(|local| comes_back && is_read(local)).collect();
        let given: BTreeSet<LocalId> = seen.exposed.iter().chain(&back).copied().collect();
        let call = 4 + 2 * given.len() + 2 * back.len() + 7 * exits.len().saturating_sub(1);
        (seen.bytes >= call + WORTH).then(|| Region {
            sequence,
            at,
            given: given.into_iter().collect(),
            back,
            left: if exits.contains(&Exit::Fall) { left } else { Vec::new() },
            exits,
        })
    }

    /// What a sequence leaves on the stack; nothing is known of one that takes something from it.
    fn results_of(&self, sequence: InstrSeqId) -> Option<Vec<ValType>> {
        if sequence == self.function.entry_block() {
            return Some(self.results.clone());
        }
        match self.function.block(sequence).ty {
            InstrSeqType::Simple(result) => Some(result.into_iter().collect()),
            InstrSeqType::MultiValue(ty) if self.module.types.params(ty).is_empty() => {
                Some(self.module.types.results(ty).to_vec())
            }
            InstrSeqType::MultiValue(_) => None,
        }
    }

    /// How many values lie on the stack behind these instructions, which begin with none.
    fn height(&self, instrs: &[(Instr, InstrLocId)]) -> Option<usize> {
        instrs.iter().try_fold(0_usize, |height, (instr, _)| {
            let (takes, gives) = self.arity(instr)?;
            // Behind what does not come back nothing is known.
            if ends(instr) { None } else { Some(height.checked_sub(takes)? + gives) }
        })
    }

    /// How many values an instruction takes from the stack, and how many it puts there; nothing of one that no compiler of ours writes.
    fn arity(&self, instr: &Instr) -> Option<(usize, usize)> {
        let of_type = |ty| (self.module.types.params(ty).len(), self.module.types.results(ty).len());
        Some(match instr {
            Instr::Block(Block { seq }) | Instr::Loop(Loop { seq }) => (0, self.results_of(*seq)?.len()),
            Instr::IfElse(IfElse { consequent, .. }) => (1, self.results_of(*consequent)?.len()),
            Instr::Call(Call { func }) => of_type(self.module.funcs.get(*func).ty()),
            Instr::CallIndirect(CallIndirect { ty, .. }) => {
                let (takes, gives) = of_type(*ty);
                (takes + 1, gives)
            }
            Instr::LocalGet(_) | Instr::GlobalGet(_) | Instr::Const(_) | Instr::MemorySize(_) => (0, 1),
            Instr::LocalSet(_) | Instr::GlobalSet(_) | Instr::Drop(_) | Instr::BrIf(_) | Instr::BrTable(_) => (1, 0),
            Instr::LocalTee(_) | Instr::Unop(_) | Instr::Load(_) | Instr::MemoryGrow(_) => (1, 1),
            Instr::Binop(_) => (2, 1),
            Instr::Select(_) => (3, 1),
            Instr::Store(_) => (2, 0),
            Instr::MemoryCopy(_) | Instr::MemoryFill(_) => (3, 0),
            Instr::Br(_) | Instr::Return(_) | Instr::Unreachable(_) => (0, 0),
            _ => return None,
        })
    }
}

/// Whether control never comes behind it.
const fn ends(instr: &Instr) -> bool {
    matches!(instr, Instr::Br(_) | Instr::BrTable(_) | Instr::Return(_) | Instr::Unreachable(_))
}

/// Bytes of an instruction, roughly.
const fn weight(instr: &Instr) -> usize {
    match instr {
        Instr::Call(_) | Instr::CallIndirect(_) | Instr::Const(_) | Instr::Load(_) | Instr::Store(_) => 3,
        Instr::Block(_) | Instr::Loop(_) | Instr::MemoryCopy(_) | Instr::MemoryFill(_) => 4,
        Instr::IfElse(_) => 5,
        Instr::Binop(_) | Instr::Unop(_) | Instr::Drop(_) | Instr::Return(_) | Instr::Unreachable(_) => 1,
        _ => 2,
    }
}

/// Where what is moved says how it ended, and what it returns there.
struct Ways {
    exits: Vec<Exit>,
    back: Vec<LocalId>,
    returned: Vec<LocalId>,
    which: Option<LocalId>,
}

fn move_out(module: &mut Module, id: FunctionId, region: &Region) {
    let function_results = module.types.results(module.funcs.get(id).ty()).to_vec();
    let returned: Vec<LocalId> = match region.exits.contains(&Exit::Return) {
        true => function_results.iter().map(|ty| module.locals.add(*ty)).collect(),
        false => Vec::new(),
    };
    let which = (region.exits.len() > 1).then(|| module.locals.add(ValType::I32));
    let ways = Ways { exits: region.exits.clone(), back: region.back.clone(), returned, which };
    let types_of = |locals: &[LocalId]| locals.iter().map(|local| module.locals.get(*local).ty()).collect::<Vec<_>>();
    let parameters = types_of(&region.given);
    let mut results = region.left.clone();
    results.extend(types_of(&ways.back));
    results.extend(types_of(&ways.returned));
    results.extend(ways.which.map(|_| ValType::I32));
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let body = builder.func_body_id();
    let from = module.funcs.get(id).kind.unwrap_local();
    let tail = from.block(region.sequence).instrs.get(region.at..).unwrap_or_default();
    let mut places = BTreeMap::new();
    copy(from, tail, &mut builder, body, &mut places, &ways);
    if ways.exits.contains(&Exit::Fall) {
        ways.leave(&mut builder, body, Exit::Fall);
    }
    let moved = builder.finish(region.given.clone(), &mut module.funcs);
    let function = module.funcs.get_mut(id).kind.unwrap_local_mut();
    function.block_mut(region.sequence).instrs.truncate(region.at);
    ways.call(function.builder_mut(), region, moved);
}

/// Copies instructions into another function, with all that lies in them.
fn copy(
    from: &LocalFunction,
    instrs: &[(Instr, InstrLocId)],
    to: &mut FunctionBuilder,
    into: InstrSeqId,
    places: &mut BTreeMap<InstrSeqId, InstrSeqId>,
    ways: &Ways,
) {
    for (instr, _) in instrs {
        let mut within = |sequence: InstrSeqId, to: &mut FunctionBuilder| {
            let part = from.block(sequence);
            let new = to.dangling_instr_seq(part.ty).id();
            places.insert(sequence, new);
            copy(from, &part.instrs, to, new, places, ways);
            new
        };
        let copied: Instr = match instr {
            Instr::Block(Block { seq }) => Block { seq: within(*seq, to) }.into(),
            Instr::Loop(Loop { seq }) => Loop { seq: within(*seq, to) }.into(),
            Instr::IfElse(IfElse { consequent, alternative }) => {
                let (consequent, alternative) = (within(*consequent, to), within(*alternative, to));
                IfElse { consequent, alternative }.into()
            }
            Instr::Br(Br { block }) => match places.get(block) {
                Some(place) => Br { block: *place }.into(),
                None => {
                    ways.leave(to, into, Exit::Branch(*block));
                    continue;
                }
            },
            Instr::BrIf(BrIf { block }) => match places.get(block) {
                Some(place) => BrIf { block: *place }.into(),
                None => {
                    let consequent = to.dangling_instr_seq(None).id();
                    ways.leave(to, consequent, Exit::Branch(*block));
                    let alternative = to.dangling_instr_seq(None).id();
                    IfElse { consequent, alternative }.into()
                }
            },
            Instr::BrTable(BrTable { blocks, default }) => {
                let at = |block: &InstrSeqId| places.get(block).copied().unwrap_or(*block);
                BrTable { blocks: blocks.iter().map(at).collect(), default: at(default) }.into()
            }
            Instr::Return(_) => {
                ways.leave(to, into, Exit::Return);
                continue;
            }
            other => other.clone(),
        };
        to.instr_seq(into).instr(copied);
    }
}

impl Ways {
    fn number(&self, exit: Exit) -> i32 {
        self.exits.iter().position(|one| *one == exit).and_then(|at| i32::try_from(at).ok()).unwrap_or_default()
    }

    /// Ends the function that was made of what was moved.
    fn leave(&self, to: &mut FunctionBuilder, into: InstrSeqId, exit: Exit) {
        let mut sequence = to.instr_seq(into);
        if exit == Exit::Return {
            for local in self.returned.iter().rev() {
                sequence.local_set(*local);
            }
        }
        for local in self.back.iter().chain(&self.returned) {
            sequence.local_get(*local);
        }
        if self.which.is_some() {
            sequence.i32_const(self.number(exit));
        }
        if exit != Exit::Fall {
            sequence.instr(Return {});
        }
    }

    /// Stands where it stood.
    fn call(&self, to: &mut FunctionBuilder, region: &Region, moved: FunctionId) {
        let mut sequence = to.instr_seq(region.sequence);
        for local in &region.given {
            sequence.local_get(*local);
        }
        sequence.call(moved);
        for local in self.back.iter().chain(&self.returned).chain(&self.which).rev() {
            sequence.local_set(*local);
        }
        let Some((last, others)) = self.exits.split_last() else {
            sequence.instr(Unreachable {});
            return;
        };
        for exit in others {
            let Some(which) = self.which else { continue };
            sequence.local_get(which).instr(Const { value: Value::I32(self.number(*exit)) }).binop(BinaryOp::I32Eq);
            match exit {
                Exit::Branch(target) => drop(sequence.br_if(*target)),
                Exit::Return | Exit::Fall => {
                    let returned = self.returned.clone();
                    sequence.if_else(
                        None,
                        |then| {
                            for local in &returned {
                                then.local_get(*local);
                            }
                            then.return_();
                        },
                        |_| {},
                    );
                }
            }
        }
        match last {
            Exit::Fall => {}
            Exit::Branch(target) => drop(sequence.br(*target)),
            Exit::Return => {
                for local in &self.returned {
                    sequence.local_get(*local);
                }
                sequence.return_();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use anyhow::{Context, ensure};
    use walrus::ModuleConfig;
    use wasmparser::Validator;

    use super::*;

    /// `it(a, b)` counts `x` up by `b` until `a` is zero, in an arm that leaves in every way there is: to the loop, out of both
    /// blocks, by a return and over its end. Behind the loop stands a tail with a value that is left in `y`.
    fn module(name: &str) -> Module {
        let mut module = Module::with_config(ModuleConfig::new());
        let [a, b, x, y] = [(); 4].map(|()| module.locals.add(ValType::I32));
        let both = [ValType::I32, ValType::I32];
        let mut builder = FunctionBuilder::new(&mut module.types, &both, &[ValType::I32]);
        builder.name(name.to_owned());
        builder.func_body().block(None, |out| {
            let outside = out.id();
            out.loop_(None, |again| {
                let top = again.id();
                again.local_get(a).if_else(
                    None,
                    |arm| {
                        for _ in 0..5 {
                            arm.local_get(x).local_get(b).binop(BinaryOp::I32Add).local_set(x);
                        }
                        arm.local_get(a).i32_const(1).binop(BinaryOp::I32Sub).local_set(a);
                        arm.local_get(b).i32_const(7).binop(BinaryOp::I32Eq).if_else(
                            None,
                            |seven| {
                                seven.local_get(x).return_();
                            },
                            |_| {},
                        );
                        arm.local_get(b).i32_const(9).binop(BinaryOp::I32Eq).br_if(outside);
                        arm.local_get(b).i32_const(11).binop(BinaryOp::I32Eq).if_else(
                            None,
                            |_| {},
                            |other| {
                                other.br(top);
                            },
                        );
                        arm.local_get(x).i32_const(1000).binop(BinaryOp::I32Add).local_set(y);
                    },
                    |_| {},
                );
            });
        });
        builder.func_body().local_get(x).i32_const(2).binop(BinaryOp::I32Mul).local_get(a).binop(BinaryOp::I32Add);
        builder.func_body().local_get(y).binop(BinaryOp::I32Add);
        let id = builder.finish(vec![a, b], &mut module.funcs);
        module.exports.add("it", id);
        module
    }

    /// Only the first arm did not run, or everything but the function's beginning.
    fn ran(module: &Module, all_but_arm: bool) -> Result<Ran> {
        let function = module.funcs.iter_local().next().context("no function")?.1;
        let places = points(function);
        let is_arm = |(sequence, at): &(InstrSeqId, usize)| *at == 0 && function.block(*sequence).instrs.len() > 10;
        let ran = places.iter().enumerate().filter(|(_, place)| all_but_arm && !is_arm(place));
        Ok(Ran { functions: [0].into(), points: ran.map(|(point, _)| (0, point)).collect() })
    }

    /// What `it` gives for some numbers, by Node.
    fn answers(module: &mut Module) -> Result<String> {
        let bytes = module.emit_wasm();
        Validator::new().validate_all(&bytes)?;
        let list = bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(",");
        let script = format!(
            "const {{ it }} = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of({list}))).exports;
             const all = [];
             for (const a of [0, 1, 2, 5]) for (const b of [0, 3, 7, 9, 11]) all.push(it(a, b));
             console.log(all.join(' '));"
        );
        let ran = Command::new("node").args(["-e", &script]).output()?;
        ensure!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        Ok(String::from_utf8(ran.stdout)?)
    }

    #[test]
    fn what_is_moved_does_what_it_did_in_every_way_it_ends() -> Result<()> {
        let before = answers(&mut module("f"))?;
        for (all_but_arm, moved) in [(true, 1), (false, 1)] {
            let mut module = module("f");
            let ran = ran(&module, all_but_arm)?;
            assert_eq!(outline(&mut module, &ran)?, moved);
            assert_eq!(module.funcs.iter_local().count(), 2);
            assert_eq!(answers(&mut module)?, before);
        }
        Ok(())
    }

    #[test]
    fn every_way_out_is_taken_where_it_was_called() -> Result<()> {
        let module = module("f");
        let whole = regions(&module, own_functions(&module)[0], 0, &ran(&module, true)?);
        let [arm] = whole.as_slice() else { anyhow::bail!("{} regions", whole.len()) };
        assert_eq!(arm.exits.len(), 4);
        assert_eq!((arm.exits[2], arm.exits[3]), (Exit::Return, Exit::Fall));
        // `y` is given back, and so it is given: not every way writes it.
        assert_eq!((arm.given.len(), arm.back.len()), (4, 3));
        Ok(())
    }

    #[test]
    fn the_heap_arithmetic_and_what_ran_stay() -> Result<()> {
        for name in ["_RNv8dlmalloc4free", "_ZN4p2566scalar3mul"] {
            let mut module = module(name);
            let ran = ran(&module, false)?;
            assert_eq!(outline(&mut module, &ran)?, 0, "{name}");
        }
        let mut module = module("f");
        let mut all = ran(&module, false)?;
        let function = module.funcs.iter_local().next().context("no function")?.1;
        all.points = (0..points(function).len()).map(|point| (0, point)).collect();
        assert_eq!(outline(&mut module, &all)?, 0);
        // Of a function that never ran nothing is moved: it goes as a whole.
        all.functions.clear();
        assert_eq!(outline(&mut module, &all)?, 0);
        Ok(())
    }
}
