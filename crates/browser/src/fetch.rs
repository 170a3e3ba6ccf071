//! Performs the requests that `acquire` names: without credentials, referrer or cookies (H-26), read as a stream and
//! stopped at their cap.

use gloo_net::http;
use touchstone_acquire::{FetchProblem, Purpose, Request};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode,
    RequestRedirect,
};

/// What came.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The body.
    pub body: Vec<u8>,
    /// Where it came from in the end, when the server sent the browser on.
    pub redirected_to: Option<String>,
}

/// A switch that stops a request. Clones stop the same one.
#[derive(Clone)]
pub struct Stop(AbortController);

impl Stop {
    /// A switch; `None` where the browser has none.
    #[must_use]
    pub fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// Stops the request.
    pub fn stop(&self) {
        self.0.abort();
    }
}

/// Performs `request`.
///
/// # Errors
/// When nothing came, or not within the cap, or it came from another server than the one that was named.
pub async fn fetch(request: &Request, stop: &Stop) -> Result<Fetched, FetchProblem> {
    if !online() {
        return Err(FetchProblem::Offline);
    }
    let signal = stop.0.signal();
    let raw = raw(request, &signal).map_err(|_| FetchProblem::BlockedByBrowser)?;
    let answered = http::Request::from(raw).send().await;
    let Ok(response) = answered else {
        return Err(nothing_came(&signal));
    };
    refused(&response)?;
    let redirected_to = redirected(request, &response)?;
    let body = read(&response, request.cap, &signal).await?;
    Ok(Fetched { body, redirected_to })
}

/// The request as the browser wants it. Its address goes out as it was shown: gloo's own builder adds to the query, and a
/// signed address must not change.
fn raw(request: &Request, signal: &web_sys::AbortSignal) -> Result<web_sys::Request, JsValue> {
    let headers = web_sys::Headers::new()?;
    headers.set("Accept", &request.accept)?;
    let init = web_sys::RequestInit::new();
    init.set_method("GET");
    init.set_headers(&headers);
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Follow);
    init.set_signal(Some(signal));
    web_sys::Request::new_with_str_and_init(&request.url, &init)
}

/// Whether this browser says that it has a network. `true` proves nothing.
#[must_use]
pub fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

fn nothing_came(signal: &web_sys::AbortSignal) -> FetchProblem {
    if signal.aborted() {
        FetchProblem::Cancelled
    } else if online() {
        FetchProblem::BlockedByBrowser
    } else {
        FetchProblem::Offline
    }
}

fn refused(response: &http::Response) -> Result<(), FetchProblem> {
    let header = |name: &str| response.headers().get(name);
    match response.status() {
        200..=299 => Ok(()),
        404 | 410 => Err(FetchProblem::NotFound),
        // GitHub answers 403 or 429, with the rest at 0, when its limit is reached. Servers that do not let a page
        // read these headers leave the status.
        429 => Err(FetchProblem::RateLimited { reset: reset(response) }),
        403 if header("x-ratelimit-remaining").as_deref() == Some("0") => {
            Err(FetchProblem::RateLimited { reset: reset(response) })
        }
        status => Err(FetchProblem::RefusedByServer { status }),
    }
}

fn reset(response: &http::Response) -> Option<u64> {
    response.headers().get("x-ratelimit-reset")?.parse().ok()
}

/// A list or a bundle from GitHub must come from the host that was shown to the person. A typed link may lead on, as
/// download links do, but only over https.
fn redirected(request: &Request, response: &http::Response) -> Result<Option<String>, FetchProblem> {
    if !response.redirected() {
        return Ok(None);
    }
    let url = response.url();
    let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let allowed = !host.is_empty() && (request.purpose == Purpose::Link || host == request.host);
    if !allowed {
        return Err(FetchProblem::NotWhatWasAsked {
            expected: format!("An answer from {}", request.host),
            found: "an answer from another server".to_owned(),
        });
    }
    Ok(Some(url))
}

async fn read(response: &http::Response, cap: usize, signal: &web_sys::AbortSignal) -> Result<Vec<u8>, FetchProblem> {
    let Some(stream) = response.body() else {
        return Ok(Vec::new());
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let Ok(step) = JsFuture::from(reader.read()).await else {
            return Err(nothing_came(signal));
        };
        let Some(chunk) = chunk(&step) else {
            return Ok(body);
        };
        let length = usize::try_from(chunk.length()).unwrap_or(usize::MAX);
        if body.len().saturating_add(length) > cap {
            // Nobody waits for the rest.
            let _closing = reader.cancel();
            return Err(FetchProblem::TooLarge { cap });
        }
        body.extend_from_slice(&chunk.to_vec());
    }
}

/// The bytes of one step of a stream; `None` at its end.
fn chunk(step: &JsValue) -> Option<js_sys::Uint8Array> {
    let done = js_sys::Reflect::get(step, &"done".into()).ok()?;
    if done.is_truthy() {
        return None;
    }
    js_sys::Reflect::get(step, &"value".into()).ok()?.dyn_into().ok()
}
