//! The page's program and the worker's: one module, compiled once and started in both places, so that what they share
//! is fetched once. Which of the two it is, the place it runs in says.

fn main() {
    if touchstone_browser::worker::is_here() {
        touchstone_web::worker::serve::serve();
    } else {
        touchstone_web::app::start();
    }
}
