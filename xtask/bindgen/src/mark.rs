//! Finds out which functions run.

use anyhow::Result;
use walrus::ir::{Const, GlobalSet, Value};
use walrus::{ConstExpr, FunctionId, Module, ModuleConfig, ValType};

use crate::points;

/// The module, with an exported global `ranN` for its function `N` that is 1 once the function was entered. Functions are
/// numbered as they stand, imports not counted. With `points`, also a global `ranN_P` for each place `P` of a function to which
/// control comes over a branch (`points`).
pub(crate) fn marked(module: &[u8], points: bool) -> Result<Vec<u8>> {
    let mut module = parse(module)?;
    for (number, id) in own_functions(&module).into_iter().enumerate() {
        let function = module.funcs.get(id).kind.unwrap_local();
        let mut places = vec![(format!("ran{number}"), (function.entry_block(), 0))];
        if points {
            let points = points::points(function).into_iter().enumerate();
            places.extend(points.map(|(point, place)| (format!("ran{number}_{point}"), place)));
        }
        // From the back, so that no place moves before its mark is there; the function's own comes before all.
        places.sort_by_key(|(_, (sequence, at))| (*sequence, std::cmp::Reverse(*at)));
        for (name, (sequence, at)) in places {
            let global = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
            module.exports.add(&name, global);
            let function = module.funcs.get_mut(id).kind.unwrap_local_mut();
            let mut sequence = function.builder_mut().instr_seq(sequence);
            sequence.instr_at(at, Const { value: Value::I32(1) }).instr_at(at + 1, GlobalSet { global });
        }
    }
    Ok(module.emit_wasm())
}

pub(crate) fn parse(module: &[u8]) -> Result<Module> {
    ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(module)
}

pub(crate) fn own_functions(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter_local().map(|(id, _)| id).collect()
}
