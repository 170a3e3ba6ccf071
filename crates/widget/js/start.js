// Behind wasm-bindgen's glue, inside of one function with it (xtask/src/widget.rs): each call is an instance of its own, because
// one that stopped half-way must not be asked again.

initSync({ module });
return { make_ready, read_root, Reader, Asked };
