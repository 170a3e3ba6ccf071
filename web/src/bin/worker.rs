//! The worker's program.

fn main() {
    touchstone_web::worker::serve::serve();
}
