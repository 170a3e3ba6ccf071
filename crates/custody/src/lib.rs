//! Verified facts to a chain of custody: source, build, artifact, deployment; the SLSA levels that it supports; the gaps.
//!
//! Takes verified types only: what a statement says comes in as a [`touchstone_verify::VerifiedBundle`], so that no
//! unproven edge can be drawn solid. Unsigned records come in as what they are, and draw dashed.
