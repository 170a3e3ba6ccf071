//! Finds out which functions run.

use anyhow::Result;
use walrus::ir::{Const, GlobalSet, Value};
use walrus::{ConstExpr, FunctionId, Module, ModuleConfig, ValType};

/// The module, with an exported global `ranN` for its function `N` that is 1 once the function was entered. Functions are
/// numbered as they stand, imports not counted.
pub(crate) fn marked(module: &[u8]) -> Result<Vec<u8>> {
    let mut module = parse(module)?;
    for (number, id) in own_functions(&module).into_iter().enumerate() {
        let global = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
        module.exports.add(&format!("ran{number}"), global);
        let function = module.funcs.get_mut(id).kind.unwrap_local_mut();
        let mut body = function.builder_mut().func_body();
        body.instr_at(0, Const { value: Value::I32(1) }).instr_at(1, GlobalSet { global });
    }
    Ok(module.emit_wasm())
}

pub(crate) fn parse(module: &[u8]) -> Result<Module> {
    ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(module)
}

pub(crate) fn own_functions(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter_local().map(|(id, _)| id).collect()
}
