//! Within the functions that run, most code does not: what is done where something is wrong. A region is the end of a sequence of
//! instructions, from a point on that is reached over a branch alone. One that never ran becomes a function of its own, and can be
//! parted like any other.
//!
//! What compilers write has nothing on the stack at such a point, which no analysis here proves: a module for which it does not
//! hold is refused by whoever reads it next, for its types.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result};
use walrus::ir::{
    BinaryOp, Binop, Block, Br, BrIf, BrTable, Call, Const, IfElse, Instr, InstrLocId, InstrSeqId, InstrSeqType,
    LocalGet, LocalSet, LocalTee, Loop, Return, Unreachable, Value,
};
use walrus::{FunctionBuilder, FunctionId, LocalFunction, LocalId, Module, ModuleLocals, ValType};

/// A sequence, and the place in it.
pub(crate) type Point = (InstrSeqId, usize);

type Locals = BTreeSet<LocalId>;

/// Instructions that a region must have to be worth a call.
const LEAST: usize = 12;
/// Values that a call may take.
const MOST_PARAMETERS: usize = 24;

/// Places of a function to which control comes over a branch, in an order that depends on the function alone.
pub(crate) fn points(function: &LocalFunction) -> Vec<Point> {
    let mut points = Vec::new();
    let mut open = vec![function.entry_block()];
    while let Some(id) = open.pop() {
        let sequence = function.block(id);
        for (at, (instr, _)) in sequence.instrs.iter().enumerate() {
            match instr {
                Instr::BrIf(_) => {}
                Instr::Block(Block { seq }) | Instr::Loop(Loop { seq }) => open.push(*seq),
                Instr::IfElse(IfElse { consequent, alternative }) => {
                    for arm in [*consequent, *alternative] {
                        open.push(arm);
                        points.push((arm, 0));
                    }
                }
                _ => continue,
            }
            points.push((id, at + 1));
        }
    }
    points.retain(|(id, at)| *at < function.block(*id).instrs.len());
    points
}

/// Makes functions of the regions of `id` that begin at `cold` points.
pub(crate) fn outline(module: &mut Module, id: FunctionId, cold: &BTreeSet<Point>) -> Result<()> {
    let regions = {
        let function = module.funcs.get(id).kind.unwrap_local();
        let Some(mut flow) = Flow::of(function) else { return Ok(()) };
        let mut regions = Vec::new();
        let mut open = vec![function.entry_block()];
        while let Some(sequence) = open.pop() {
            let length = function.block(sequence).instrs.len();
            for at in 0..length {
                if cold.contains(&(sequence, at))
                    && let Some(region) = Region::at(module, function, &mut flow, (sequence, at))
                {
                    regions.push(region);
                    break;
                }
                open.extend(inner(&function.block(sequence).instrs[at].0));
            }
        }
        regions
    };
    for region in regions {
        region.move_out(module, id)?;
    }
    Ok(())
}

/// Sequences within an instruction.
fn inner(instr: &Instr) -> Vec<InstrSeqId> {
    match instr {
        Instr::Block(Block { seq }) | Instr::Loop(Loop { seq }) => vec![*seq],
        Instr::IfElse(IfElse { consequent, alternative }) => vec![*consequent, *alternative],
        _ => Vec::new(),
    }
}

/// Which locals are read later, at each label and each sequence's end.
struct Flow<'a> {
    function: &'a LocalFunction,
    labels: HashMap<InstrSeqId, Locals>,
    ends: HashMap<InstrSeqId, Locals>,
    sums: Sums,
}

/// Locals that are written once, as another local and a number: addresses in the function's frame. Whoever has the other, which is
/// written once too, and in no loop, can work them out again.
type Sums = HashMap<LocalId, (LocalId, i32)>;

fn sums(function: &LocalFunction) -> Sums {
    let mut writes: HashMap<LocalId, usize> = function.args.iter().map(|local| (*local, 1)).collect();
    let mut sums = Sums::new();
    let mut repeated = Locals::new();
    let mut open = vec![(function.entry_block(), false)];
    while let Some((sequence, in_loop)) = open.pop() {
        let instrs = &function.block(sequence).instrs;
        for (at, (instr, _)) in instrs.iter().enumerate() {
            let in_loop_too = in_loop || matches!(instr, Instr::Loop(_));
            open.extend(inner(instr).into_iter().map(|sequence| (sequence, in_loop_too)));
            let (Instr::LocalSet(LocalSet { local }) | Instr::LocalTee(LocalTee { local })) = instr else { continue };
            *writes.entry(*local).or_default() += 1;
            if in_loop {
                repeated.insert(*local);
            }
            if let [.., (Instr::LocalGet(from), _), (Instr::Const(number), _), (Instr::Binop(sum), _)] = &instrs[..at]
                && let (Value::I32(number), BinaryOp::I32Add) = (number.value, sum.op)
            {
                sums.insert(*local, (from.local, number));
            }
        }
    }
    let once = |local: &LocalId| writes.get(local) == Some(&1);
    sums.retain(|local, (from, _)| once(local) && once(from) && !repeated.contains(from));
    sums
}

impl<'a> Flow<'a> {
    /// `None` for a function that does what this does not know: exceptions, tail calls, branches on references.
    fn of(function: &'a LocalFunction) -> Option<Self> {
        let mut flow = Self { function, labels: HashMap::new(), ends: HashMap::new(), sums: sums(function) };
        flow.labels.insert(function.entry_block(), Locals::new());
        flow.before(function.entry_block(), 0, Locals::new())?;
        Some(flow)
    }

    /// What is read from `at` on, where `live` is read after the sequence's end.
    fn before(&mut self, id: InstrSeqId, at: usize, mut live: Locals) -> Option<Locals> {
        self.ends.insert(id, live.clone());
        let function = self.function;
        for (instr, _) in function.block(id).instrs.iter().skip(at).rev() {
            match instr {
                Instr::LocalGet(LocalGet { local }) => {
                    live.insert(*local);
                }
                Instr::LocalSet(LocalSet { local }) | Instr::LocalTee(LocalTee { local }) => {
                    live.remove(local);
                }
                Instr::Br(Br { block }) => live = self.labels.get(block)?.clone(),
                Instr::BrIf(branch) => live.extend(self.labels.get(&branch.block)?),
                Instr::BrTable(BrTable { blocks, default }) => {
                    live = self.labels.get(default)?.clone();
                    for block in blocks {
                        live.extend(self.labels.get(block)?);
                    }
                }
                Instr::Return(_) | Instr::Unreachable(_) => live = Locals::new(),
                Instr::Block(Block { seq }) => {
                    self.labels.insert(*seq, live.clone());
                    live = self.before(*seq, 0, live)?;
                }
                Instr::Loop(Loop { seq }) => {
                    // What is read at its start is read wherever it is begun anew.
                    let mut start = Locals::new();
                    live = loop {
                        self.labels.insert(*seq, start.clone());
                        let found = self.before(*seq, 0, live.clone())?;
                        if found == start {
                            break found;
                        }
                        start = found;
                    };
                }
                Instr::IfElse(IfElse { consequent, alternative }) => {
                    let after = live;
                    live = Locals::new();
                    for arm in [consequent, alternative] {
                        self.labels.insert(*arm, after.clone());
                        live.extend(self.before(*arm, 0, after.clone())?);
                    }
                }
                Instr::Try(_)
                | Instr::TryTable(_)
                | Instr::Throw(_)
                | Instr::ThrowRef(_)
                | Instr::Rethrow(_)
                | Instr::ReturnCall(_)
                | Instr::ReturnCallIndirect(_)
                | Instr::ReturnCallRef(_)
                | Instr::BrOnNull(_)
                | Instr::BrOnNonNull(_)
                | Instr::BrOnCast(_)
                | Instr::BrOnCastFail(_) => return None,
                _ => {}
            }
        }
        Some(live)
    }
}

/// A way out of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// On behind the sequence's end.
    End,
    /// To a label outside.
    Label(InstrSeqId),
    /// Out of the function.
    Return,
}

/// The end of a sequence, and what goes in and out.
struct Region {
    point: Point,
    exits: Vec<Exit>,
    /// Read before they are written, and not worked out again.
    parameters: Vec<(LocalId, ValType)>,
    /// Worked out again, each of what stands before it or is a parameter.
    sums: Vec<(LocalId, LocalId, i32)>,
    /// Written, and read afterwards.
    written: Vec<(LocalId, ValType)>,
    /// What the function returns, where it returns from here.
    returns: Vec<ValType>,
}

/// What stands in a region.
#[derive(Default)]
struct Contents {
    instructions: usize,
    own: BTreeSet<InstrSeqId>,
    targets: BTreeSet<InstrSeqId>,
    /// Targets that are reached in another way than by a plain branch.
    conditional: BTreeSet<InstrSeqId>,
    is_returned_from: bool,
    written: Locals,
}

impl Contents {
    fn add(&mut self, function: &LocalFunction, id: InstrSeqId, at: usize) {
        for (instr, _) in function.block(id).instrs.iter().skip(at) {
            self.instructions += 1;
            match instr {
                Instr::Br(Br { block }) => {
                    self.targets.insert(*block);
                }
                Instr::BrIf(branch) => {
                    self.targets.insert(branch.block);
                    self.conditional.insert(branch.block);
                }
                Instr::BrTable(BrTable { blocks, default }) => {
                    self.targets.extend(blocks.iter().copied().chain([*default]));
                    self.conditional.extend(blocks.iter().copied().chain([*default]));
                }
                Instr::Return(_) => self.is_returned_from = true,
                Instr::LocalSet(LocalSet { local }) | Instr::LocalTee(LocalTee { local }) => {
                    self.written.insert(*local);
                }
                _ => {}
            }
            for sequence in inner(instr) {
                self.own.insert(sequence);
                self.add(function, sequence, 0);
            }
        }
    }
}

impl Region {
    /// `None` where it is too small, or where values would have to go with a branch.
    fn at(module: &Module, function: &LocalFunction, flow: &mut Flow<'_>, point: Point) -> Option<Self> {
        let (sequence, at) = point;
        let entry = function.entry_block();
        let mut contents = Contents::default();
        contents.add(function, sequence, at);
        if contents.instructions < LEAST {
            return None;
        }
        let returns = module.types.results(function.ty()).to_vec();
        let mut exits = BTreeSet::new();
        for target in contents.targets.difference(&contents.own) {
            if *target == entry {
                if contents.conditional.contains(target) && !returns.is_empty() {
                    return None;
                }
                exits.insert(Exit::Return);
            } else if matches!(function.block(*target).ty, InstrSeqType::Simple(None)) {
                exits.insert(Exit::Label(*target));
            } else {
                return None;
            }
        }
        if contents.is_returned_from {
            exits.insert(Exit::Return);
        }
        let last = function.block(sequence).instrs.last().map(|(instr, _)| instr);
        let goes_on =
            !matches!(last, Some(Instr::Br(_) | Instr::BrTable(_) | Instr::Return(_) | Instr::Unreachable(_)));
        if goes_on {
            match (sequence == entry, &function.block(sequence).ty) {
                (true, _) => exits.insert(Exit::Return),
                (false, InstrSeqType::Simple(None)) => exits.insert(Exit::End),
                (false, _) => return None,
            };
        }
        let mut after = Locals::new();
        for exit in &exits {
            match exit {
                Exit::End => after.extend(flow.ends.get(&sequence)?),
                Exit::Label(label) => after.extend(flow.labels.get(label)?),
                Exit::Return => {}
            }
        }
        // The labels within come out as they did before.
        let end = flow.ends.get(&sequence)?.clone();
        let mut live = flow.before(sequence, at, end)?;
        let mut again = Vec::new();
        let mut open: Vec<LocalId> = live.iter().copied().collect();
        while let Some(local) = open.pop() {
            // The same as where it was written: neither is written twice.
            if let Some((from, number)) = flow.sums.get(&local)
                && !contents.written.contains(&local)
                && !contents.written.contains(from)
                && live.remove(&local)
            {
                again.push((local, *from, *number));
                if again.iter().all(|(known, ..)| known != from) && live.insert(*from) {
                    open.push(*from);
                }
            }
        }
        // What another is worked out of comes first.
        again.reverse();
        let mut ordered: Vec<(LocalId, LocalId, i32)> = Vec::new();
        while !again.is_empty() {
            let waits = |from: &LocalId, rest: &[(LocalId, LocalId, i32)]| rest.iter().any(|(local, ..)| local == from);
            let ready = again.iter().position(|(_, from, _)| !waits(from, &again))?;
            ordered.push(again.remove(ready));
        }
        let typed = |locals: &mut dyn Iterator<Item = LocalId>| {
            locals.map(|local| (local, module.locals.get(local).ty())).collect::<Vec<_>>()
        };
        let parameters = typed(&mut live.into_iter());
        let written = typed(&mut contents.written.intersection(&after).copied());
        let cost = 6 + parameters.len() * 2 + written.len() + exits.len() * 2 + ordered.len();
        if parameters.len() > MOST_PARAMETERS || contents.instructions < cost {
            return None;
        }
        let returns = if exits.contains(&Exit::Return) { returns } else { Vec::new() };
        Some(Self { point, exits: exits.into_iter().collect(), parameters, sums: ordered, written, returns })
    }

    /// Whether the function says by which way it ended.
    fn tells(&self) -> bool {
        self.exits.len() > 1
    }

    fn move_out(&self, module: &mut Module, id: FunctionId) -> Result<()> {
        let made = self.make(module, id)?;
        let returned: Vec<LocalId> = self.returns.iter().map(|ty| module.locals.add(*ty)).collect();
        let way = module.locals.add(ValType::I32);
        let mut code: Vec<Instr> = Vec::new();
        code.extend(self.parameters.iter().map(|(local, _)| Instr::from(LocalGet { local: *local })));
        code.push(Call { func: made }.into());
        let results = self.written.iter().map(|(local, _)| *local).chain(returned.iter().copied());
        let results: Vec<LocalId> = results.collect();
        code.extend(results.iter().rev().map(|local| Instr::from(LocalSet { local: *local })));
        let give_back = || {
            let values = returned.iter().map(|local| Instr::from(LocalGet { local: *local }));
            values.chain([Return {}.into()]).collect::<Vec<_>>()
        };
        let builder = module.funcs.get_mut(id).kind.unwrap_local_mut().builder_mut();
        match &self.exits[..] {
            [] => code.push(Unreachable {}.into()),
            [Exit::End] => {}
            [Exit::Label(label)] => code.push(Br { block: *label }.into()),
            [Exit::Return] => code.extend(give_back()),
            several => {
                code.push(LocalSet { local: way }.into());
                let on = builder.dangling_instr_seq(None).id();
                let mut blocks = Vec::new();
                for (number, exit) in several.iter().enumerate() {
                    match exit {
                        Exit::End => blocks.push(on),
                        Exit::Label(label) => blocks.push(*label),
                        Exit::Return => {
                            blocks.push(on);
                            let (then, or) =
                                (builder.dangling_instr_seq(None).id(), builder.dangling_instr_seq(None).id());
                            builder.instr_seq(then).instrs_mut().extend(placed(give_back()));
                            code.push(LocalGet { local: way }.into());
                            code.push(Const { value: Value::I32(i32::try_from(number)?) }.into());
                            code.push(Binop { op: BinaryOp::I32Eq }.into());
                            code.push(IfElse { consequent: then, alternative: or }.into());
                        }
                    }
                }
                let choose = [
                    Instr::from(LocalGet { local: way }),
                    BrTable { blocks: blocks.into_boxed_slice(), default: on }.into(),
                ];
                builder.instr_seq(on).instrs_mut().extend(placed(choose));
                code.push(Block { seq: on }.into());
                if !several.contains(&Exit::End) {
                    code.push(Unreachable {}.into());
                }
            }
        }
        let (sequence, at) = self.point;
        let mut sequence = builder.instr_seq(sequence);
        sequence.instrs_mut().truncate(at);
        sequence.instrs_mut().extend(placed(code));
        Ok(())
    }

    /// The region as a function: from its parameters to the way out, what was written, and what is returned.
    fn make(&self, module: &mut Module, id: FunctionId) -> Result<FunctionId> {
        let parameters: Vec<ValType> = self.parameters.iter().map(|(_, ty)| *ty).collect();
        let way = self.tells().then_some(ValType::I32);
        let written = self.written.iter().map(|(_, ty)| *ty);
        let results: Vec<ValType> = way.into_iter().chain(written).chain(self.returns.iter().copied()).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
        let arguments: Vec<LocalId> = parameters.iter().map(|ty| module.locals.add(*ty)).collect();
        let way = module.locals.add(ValType::I32);
        let returned: Vec<LocalId> = self.returns.iter().map(|ty| module.locals.add(*ty)).collect();
        let end = builder.dangling_instr_seq(None).id();
        // A block for each way out, the innermost holding the region: behind its end the way is told.
        let mut traps = BTreeMap::new();
        let mut within = end;
        for (number, exit) in self.exits.iter().enumerate() {
            let trap = builder.dangling_instr_seq(None).id();
            let mut code = vec![Instr::from(Block { seq: trap })];
            if self.tells() {
                code.push(Const { value: Value::I32(i32::try_from(number)?) }.into());
                code.push(LocalSet { local: way }.into());
            }
            code.push(Br { block: end }.into());
            builder.instr_seq(within).instrs_mut().extend(placed(code));
            traps.insert(*exit, trap);
            within = trap;
        }
        let function = module.funcs.get(id).kind.unwrap_local();
        let mut copy = Copy {
            function,
            builder: &mut builder,
            arena: &mut module.locals,
            locals: self.parameters.iter().map(|(local, _)| *local).zip(arguments.iter().copied()).collect(),
            sequences: HashMap::new(),
            traps: &traps,
            returned: &returned,
        };
        let (sequence, at) = self.point;
        let mut out: Vec<Instr> = Vec::new();
        for (local, from, number) in &self.sums {
            let (local, from) = (copy.local(*local), copy.local(*from));
            out.push(LocalGet { local: from }.into());
            out.push(Const { value: Value::I32(*number) }.into());
            out.push(Binop { op: BinaryOp::I32Add }.into());
            out.push(LocalSet { local }.into());
        }
        copy.sequence(sequence, at, within)?;
        // What is written is in the region, so it was copied.
        let written = self.written.iter().map(|(local, _)| copy.local(*local)).collect::<Vec<_>>();
        let last = function.block(sequence).instrs.last().map(|(instr, _)| instr.clone());
        // Behind the region's own end.
        let ends = !matches!(last, Some(Instr::Br(_) | Instr::BrTable(_) | Instr::Return(_) | Instr::Unreachable(_)));
        if ends {
            let mut code = Vec::new();
            let exit = if sequence == function.entry_block() { Exit::Return } else { Exit::End };
            if exit == Exit::Return {
                code.extend(returned.iter().rev().map(|local| Instr::from(LocalSet { local: *local })));
            }
            code.push(Br { block: *traps.get(&exit).context("a region without its end")? }.into());
            builder.instr_seq(within).instrs_mut().extend(placed(code));
        }
        out.push(Block { seq: end }.into());
        if self.exits.is_empty() {
            out.push(Unreachable {}.into());
        }
        if self.tells() {
            out.push(LocalGet { local: way }.into());
        }
        out.extend(written.into_iter().map(|local| Instr::from(LocalGet { local })));
        out.extend(returned.iter().map(|local| Instr::from(LocalGet { local: *local })));
        builder.func_body().instrs_mut().extend(placed(out));
        Ok(builder.finish(arguments, &mut module.funcs))
    }
}

fn placed(code: impl IntoIterator<Item = Instr>) -> impl Iterator<Item = (Instr, InstrLocId)> {
    code.into_iter().map(|instr| (instr, InstrLocId::default()))
}

/// Copies instructions into another function.
struct Copy<'a> {
    function: &'a LocalFunction,
    builder: &'a mut FunctionBuilder,
    arena: &'a mut ModuleLocals,
    locals: HashMap<LocalId, LocalId>,
    sequences: HashMap<InstrSeqId, InstrSeqId>,
    traps: &'a BTreeMap<Exit, InstrSeqId>,
    returned: &'a [LocalId],
}

impl Copy<'_> {
    fn local(&mut self, local: LocalId) -> LocalId {
        let arena = &mut *self.arena;
        *self.locals.entry(local).or_insert_with(|| {
            let ty = arena.get(local).ty();
            arena.add(ty)
        })
    }

    /// A sequence within the region, made before what it holds is copied: branches name it.
    fn inner(&mut self, from: InstrSeqId) -> Result<InstrSeqId> {
        let to = self.builder.dangling_instr_seq(self.function.block(from).ty).id();
        self.sequences.insert(from, to);
        self.sequence(from, 0, to)?;
        Ok(to)
    }

    fn sequence(&mut self, from: InstrSeqId, at: usize, to: InstrSeqId) -> Result<()> {
        let function = self.function;
        for (instr, _) in function.block(from).instrs.iter().skip(at) {
            let mut code = Vec::new();
            match instr {
                Instr::LocalGet(one) => code.push(LocalGet { local: self.local(one.local) }.into()),
                Instr::LocalSet(one) => code.push(LocalSet { local: self.local(one.local) }.into()),
                Instr::LocalTee(one) => code.push(LocalTee { local: self.local(one.local) }.into()),
                Instr::Block(one) => code.push(Block { seq: self.inner(one.seq)? }.into()),
                Instr::Loop(one) => code.push(Loop { seq: self.inner(one.seq)? }.into()),
                Instr::IfElse(one) => {
                    let (consequent, alternative) = (self.inner(one.consequent)?, self.inner(one.alternative)?);
                    code.push(IfElse { consequent, alternative }.into());
                }
                Instr::Br(one) if one.block == function.entry_block() => self.leave(&mut code)?,
                Instr::Return(_) => self.leave(&mut code)?,
                Instr::Br(one) => code.push(Br { block: self.target(one.block)? }.into()),
                Instr::BrIf(one) => code.push(BrIf { block: self.target(one.block)? }.into()),
                Instr::BrTable(one) => {
                    let blocks = one.blocks.iter().map(|block| self.target(*block)).collect::<Result<Vec<_>>>()?;
                    let default = self.target(one.default)?;
                    code.push(BrTable { blocks: blocks.into_boxed_slice(), default }.into());
                }
                other => code.push(other.clone()),
            }
            self.builder.instr_seq(to).instrs_mut().extend(placed(code));
        }
        Ok(())
    }

    /// Out of the function, with what it returns.
    fn leave(&self, code: &mut Vec<Instr>) -> Result<()> {
        code.extend(self.returned.iter().rev().map(|local| Instr::from(LocalSet { local: *local })));
        code.push(Br { block: *self.traps.get(&Exit::Return).context("a region that does not return")? }.into());
        Ok(())
    }

    fn target(&self, block: InstrSeqId) -> Result<InstrSeqId> {
        let exit = if block == self.function.entry_block() { Exit::Return } else { Exit::Label(block) };
        let found = self.sequences.get(&block).or_else(|| self.traps.get(&exit));
        found.copied().context("a branch to nowhere")
    }
}
