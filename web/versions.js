// Has the service worker keep this page for visits without a network, and asks the person before another version is used.

// A worker that another one took the place of answers nothing.
const ANSWER_MILLIS = 5000;
const ask = (worker, question) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(question, [port2]);
    setTimeout(resolve, ANSWER_MILLIS);
  });

// In the page, and empty, from the start: one that comes with its text may not be read out.
const region = document.createElement("div");
region.setAttribute("role", "status");

const offer = (registration) => {
  // The application, where it came later, took everything else out of the body.
  if (!region.isConnected) document.body.append(region);
  if (region.firstChild) return;
  const note = document.createElement("div");
  note.className = "note newversion";
  const words = document.createElement("p");
  words.textContent = "A new version of this page is here. Until you use it, this one stays. Using it starts over.";
  const use = document.createElement("button");
  use.type = "button";
  use.className = "btn btn--small";
  use.textContent = "Use the new version";
  use.addEventListener("click", async () => {
    // The newest: a third version may have come since.
    const worker = registration.waiting ?? registration.active;
    const others = await ask(worker, "take over");
    if (!others) return location.reload();
    // Whole sentences: they are translated as they stand.
    words.textContent = others === 1
      ? "This page is open once more. Close that first, so that two versions do not run at once."
      : `This page is open ${others} times more. Close those first, so that two versions do not run at once.`;
  });
  note.append(words, use);
  region.append(note);
};

export const watch = async (version) => {
  document.body.append(region);
  const registration = await navigator.serviceWorker.register("./service-worker.js", { updateViaCache: "none" });
  const look = async (worker) => {
    const [kept, served] = (await ask(worker, "version")) ?? [];
    // A page that came from the network, past the one that is kept, is the newest already.
    if (kept && kept !== version && served === version) offer(registration);
  };
  // The browser looks for a new version by itself when the page is opened: one may be on its way already, and may have come
  // further by the time that its event is heard.
  const newest = () => {
    const { installing, waiting, active } = registration;
    const worker = waiting ?? active;
    if (!installing) return worker && look(worker);
    return installing.addEventListener("statechange", () => ["installed", "activated"].includes(installing.state) && look(installing));
  };
  registration.addEventListener("updatefound", newest);
  await newest();
};
