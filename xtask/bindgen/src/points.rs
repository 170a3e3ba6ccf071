//! Places of a function to which control comes over a branch: where what runs may part from what does not.

use walrus::LocalFunction;
use walrus::ir::{Block, IfElse, Instr, InstrSeqId, Loop};

/// A sequence of instructions, and a place in it.
pub(crate) type Point = (InstrSeqId, usize);

/// The points of a function, in an order that depends on the function alone: both arms of each condition, and behind everything
/// that may be left by a branch.
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
