//! Lints, heard while something is compiled.

use std::path::PathBuf;
use std::process::Command;

/// Has the compiler that `cargo` calls for our own packages look for the lints of clippy, and refuse what it finds. As `cargo clippy`
/// does it, which goes on to check what is there and compiles nothing.
pub(crate) fn hear(cargo: &mut Command) {
    cargo
        .env("RUSTC_WORKSPACE_WRAPPER", driver())
        .env("CLIPPY_ARGS", "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
}

/// It stands beside the cargo that runs us.
fn driver() -> PathBuf {
    std::env::var_os("CARGO")
        .map_or_else(|| "clippy-driver".into(), |cargo| PathBuf::from(cargo).with_file_name("clippy-driver"))
}

#[cfg(test)]
mod tests {
    use std::io::{Result, Write};
    use std::path::Path;
    use std::process::{Command, Stdio};

    use super::{driver, hear};

    /// Whether a library of this text compiles.
    fn compiles(text: &str, folder: &Path) -> Result<bool> {
        let mut compiler = Command::new(driver());
        hear(&mut compiler);
        compiler.args(["--crate-type", "lib", "--emit", "metadata", "-W", "clippy::unwrap_used", "-"]);
        // Not to the null device: the compiler puts a file in the place of what is there.
        compiler.arg("--out-dir").arg(folder);
        let mut child = compiler.stdin(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(text.as_bytes())?;
        }
        Ok(child.wait()?.success())
    }

    #[test]
    fn a_lint_refuses_what_it_is_about() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("touchstone-lints-{}", std::process::id()));
        let right = compiles("pub fn first(of: &[u8]) -> Option<u8> { of.first().copied() }", &folder)?;
        let unwrapped = compiles("pub fn first(of: &[u8]) -> u8 { of.first().copied().unwrap() }", &folder)?;
        let unused = compiles("pub fn first(of: &[u8]) -> u8 { let unused = 1; 0 }", &folder)?;
        std::fs::remove_dir_all(&folder)?;
        assert!(right, "nothing to find");
        assert!(!unwrapped, "a lint of clippy");
        assert!(!unused, "a lint of the compiler");
        Ok(())
    }
}
