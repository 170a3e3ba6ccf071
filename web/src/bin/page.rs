//! The page's program.

fn main() {
    touchstone_web::app::start();
}
