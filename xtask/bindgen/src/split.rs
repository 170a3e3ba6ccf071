//! Parts a module in two: the functions that ran on the way to a first verdict, and the others. The first module is whole
//! by itself; where it would call one of the others there is a stub, which asks for the second module when it is not there
//! yet (`split.load`, an import) and calls through a table that the second module fills. No function changes. Static data
//! that only the others can reach goes with them, and is in its place once they are there.
//!
//! Binaryen's `wasm-split` does the same; the version that package managers have cannot read what today's compiler writes.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::{CallIndirect, Const, RefIsNull, TableGet, Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, Data, DataId, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportKind, ImportedFunction, Module, RefType, TableId, passes,
};

use crate::data::Linked;
use crate::mark::{own_functions, parse};
use crate::ran::Ran;

/// The second module's name for the first, and the first's for whoever brings the second.
const FIRST: &str = "first";
const LOADER: (&str, &str) = ("split", "load");

/// The table's name, which holds what was parted and how: a second module of another build does not find it and is refused
/// when it is joined. The other names are numbers, which mean something else in each build.
fn table_name(module: &[u8], ran: &Ran) -> String {
    let mut hasher = DefaultHasher::new();
    (module, &ran.functions).hash(&mut hasher);
    format!("split:table:{:016x}", hasher.finish())
}

/// Both parts.
pub(crate) struct Parts {
    pub(crate) first: Vec<u8>,
    pub(crate) second: Vec<u8>,
}

/// `linked` is the module as the linker wrote it, `module` the same with its glue.
pub(crate) fn split(linked: &[u8], module: &[u8], ran: &Ran) -> Result<Parts> {
    let linked = Linked::read(linked)?;
    let whole = parse(module)?;
    let count = own_functions(&whole).len();
    ran.ensure_of(count)?;
    // Where each of the others stands in the table, in their order.
    let moved: Vec<usize> = (0..count).filter(|number| !ran.functions.contains(number)).collect();
    let name = table_name(module, ran);
    let data = unused_data(&linked, &whole, ran)?;
    let (second, wanted) = second(parse(module)?, &moved, &data, &name)?;
    let first = first(parse(module)?, &moved, &wanted, &data, &name)?;
    Ok(Parts { first, second })
}

/// Addresses of the static data that none of the functions that ran can reach.
fn unused_data(linked: &Linked, whole: &Module, ran: &Ran) -> Result<Vec<Range<usize>>> {
    let functions = own_functions(whole);
    let mut names = Vec::new();
    for id in ran.functions.iter().filter_map(|number| functions.get(*number)) {
        let function = whole.funcs.get(*id);
        match function.name.as_deref().filter(|name| linked.knows(name)) {
            Some(name) => names.push(name),
            // What wasm-bindgen added has nothing to do with static data. If it were otherwise, or the names had changed on the
            // way, data would be missed.
            None => {
                let mut found = Addresses { linked, first: None };
                let body = function.kind.unwrap_local();
                dfs_in_order(&mut found, body, body.entry_block());
                let name = function.name.as_deref().unwrap_or("without a name");
                ensure!(
                    found.first.is_none(),
                    "the linker did not know the function {name}, which uses {:?}",
                    found.first
                );
            }
        }
    }
    Ok(linked.unused_by(names.into_iter()))
}

/// Looks for a number that can be an address of static data.
struct Addresses<'a> {
    linked: &'a Linked,
    first: Option<i32>,
}

impl Visitor<'_> for Addresses<'_> {
    fn visit_const(&mut self, constant: &Const) {
        if let Value::I32(number) = constant.value
            && usize::try_from(number).is_ok_and(|number| self.linked.is_address(number))
        {
            self.first.get_or_insert(number);
        }
    }
}

fn function_name(number: usize) -> String {
    format!("split:{number}")
}

fn first(
    mut module: Module,
    moved: &[usize],
    wanted: &[usize],
    unused: &[Range<usize>],
    name: &str,
) -> Result<Vec<u8>> {
    // Zero is what memory is full of anyway: wasm-opt leaves it out.
    for (segment, address) in segments(&module)? {
        for range in unused {
            if let Some(bytes) = within(address, &mut module.data.get_mut(segment).value, range) {
                bytes.fill(0);
            }
        }
    }
    let functions = own_functions(&module);
    let at = |number: usize| functions.get(number).copied().context("no such function");
    let slots = u64::try_from(moved.len())?;
    let table = module.tables.add_local(false, slots, Some(slots), RefType::FUNCREF);
    let nothing = module.types.add(&[], &[]);
    let (load, _) = module.add_import_func(LOADER.0, LOADER.1, nothing);
    for (slot, number) in moved.iter().enumerate() {
        stub(&mut module, at(*number)?, table, i32::try_from(slot)?, load)?;
    }
    for number in wanted {
        module.exports.add(&function_name(*number), at(*number)?);
    }
    let memories: Vec<_> = module.memories.iter().map(|memory| memory.id()).collect();
    let tables: Vec<_> = module.tables.iter().map(|table| table.id()).filter(|id| *id != table).collect();
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for (n, id) in memories.into_iter().enumerate() {
        module.exports.add(&format!("split:m{n}"), id);
    }
    for (n, id) in tables.into_iter().enumerate() {
        module.exports.add(&format!("split:t{n}"), id);
    }
    for (n, id) in globals.into_iter().enumerate() {
        module.exports.add(&format!("split:g{n}"), id);
    }
    module.exports.add(name, table);
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// The segments of static data, and the address of each.
pub(crate) fn segments(module: &Module) -> Result<Vec<(DataId, usize)>> {
    let address = |data: &Data| match data.kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(address)), .. } => {
            Ok((data.id(), usize::try_from(address)?))
        }
        _ => bail!("a data segment whose address is not a number"),
    };
    module.data.iter().map(address).collect()
}

/// The bytes of a range of addresses, where this segment has them.
pub(crate) fn within<'a>(address: usize, segment: &'a mut [u8], range: &Range<usize>) -> Option<&'a mut [u8]> {
    segment.get_mut(range.start.checked_sub(address)?..range.end.checked_sub(address)?)
}

/// Puts a call through `slot` in the place of a function that moved.
fn stub(module: &mut Module, id: FunctionId, table: TableId, slot: i32, load: FunctionId) -> Result<()> {
    let ty = module.funcs.get(id).ty();
    let (parameters, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
    let arguments: Vec<_> = parameters.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let mut body = builder.func_body();
    body.i32_const(slot).instr(TableGet { table }).instr(RefIsNull {}).if_else(
        None,
        |missing| {
            missing.call(load);
        },
        |_| {},
    );
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(slot).instr(CallIndirect { ty, table });
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
    Ok(())
}

/// The second module, and the numbers of the functions that it calls in the first.
fn second(mut module: Module, moved: &[usize], unused: &[Range<usize>], name: &str) -> Result<(Vec<u8>, Vec<usize>)> {
    let mut carried = Vec::new();
    for (segment, address) in segments(&module)? {
        for range in unused {
            let segment = &mut module.data.get_mut(segment).value;
            carried.extend(within(address, segment, range).map(|bytes| (range.start, bytes.to_vec())));
        }
    }
    ensure!(carried.len() == unused.len(), "the linker's data is not where the module has it");
    let functions = own_functions(&module);
    let memories: Vec<_> = module.memories.iter().map(|memory| memory.id()).collect();
    let tables: Vec<_> = module.tables.iter().map(|table| table.id()).collect();
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    let exports: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
    let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    let elements: Vec<_> = module.elements.iter().map(|element| element.id()).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    module.start = None;
    for (n, id) in memories.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &format!("split:m{n}"), ImportKind::Memory(id));
        let memory = module.memories.get_mut(id);
        memory.import = Some(import);
        memory.data_segments.clear();
    }
    data.into_iter().for_each(|id| module.data.delete(id));
    let memory = module.memories.iter().next().context("no memory")?.id();
    for (address, bytes) in carried {
        let offset = ConstExpr::Value(Value::I32(i32::try_from(address)?));
        let data = module.data.add(DataKind::Active { memory, offset }, bytes);
        module.memories.get_mut(memory).data_segments.insert(data);
    }
    for (n, id) in tables.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &format!("split:t{n}"), ImportKind::Table(id));
        let table = module.tables.get_mut(id);
        table.import = Some(import);
        table.elem_segments.clear();
    }
    elements.into_iter().for_each(|id| module.elements.delete(id));
    for (n, id) in globals.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &format!("split:g{n}"), ImportKind::Global(id));
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let moves: BTreeSet<usize> = moved.iter().copied().collect();
    for (number, id) in functions.iter().enumerate().filter(|(number, _)| !moves.contains(number)) {
        let import = module.imports.add(FIRST, &function_name(number), ImportKind::Function(*id));
        let function = module.funcs.get_mut(*id);
        function.kind = FunctionKind::Import(ImportedFunction { import, ty: function.ty() });
    }
    let slots = u64::try_from(moved.len())?;
    let (table, _) = module.add_import_table(FIRST, name, false, slots, Some(slots), RefType::FUNCREF);
    let items: Vec<FunctionId> = moved.iter().filter_map(|number| functions.get(*number).copied()).collect();
    let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(0)) };
    let element = module.elements.add(kind, ElementItems::Functions(items));
    module.tables.get_mut(table).elem_segments.insert(element);
    passes::gc::run(&mut module);
    let wanted = module.imports.iter().filter(|import| import.module == FIRST);
    let wanted = wanted.filter_map(|import| import.name.strip_prefix("split:")?.parse().ok()).collect();
    Ok((module.emit_wasm(), wanted))
}
