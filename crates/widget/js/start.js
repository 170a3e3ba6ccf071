// Behind wasm-bindgen's glue, inside of one function with it (xtask/src/widget.rs): each call is an instance of its own, because
// one that stopped half-way must not be asked again.

// Thrown where the first module would go on in the second and that is not there: whoever asked fetches it, makes a new instance
// with both and asks again.
const load = () => {
  throw MISSING;
};

initSync({ module: first });
// One of another build is refused: it looks for a table by the name of its own build.
if (second) new WebAssembly.Instance(second, { ...__wbg_get_imports(), first: wasm });
return { make_ready, Reader, answer };
