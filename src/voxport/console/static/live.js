// What keeps a page true while it is open: parts that follow what happens, times, forms that are sent once.
// @ts-check

/** What each part of the page was made of the last time, by its id. @type {Map<string, string>} */
const made = new Map();
/** Which details are open, and how far lists are scrolled, while their part is replaced. @type {(() => void)[]} */
let kept = [];

/** @param {Element} part whether somebody has marked text in it, perhaps to copy it */
function isMarked(part) {
  const marked = document.getSelection();
  return marked !== null && !marked.isCollapsed && marked.containsNode(part, true);
}

/** @param {Element} part of which is kept what a person has done to it */
function keep(part) {
  kept = [];
  for (const one of part.querySelectorAll("details[id]")) {
    const { open } = /** @type {HTMLDetailsElement} */ (one);
    kept.push(() => document.getElementById(one.id)?.toggleAttribute("open", open));
  }
  for (const one of part.querySelectorAll("[id]")) {
    const { scrollLeft, scrollTop } = one;
    if (scrollLeft || scrollTop) kept.push(() => document.getElementById(one.id)?.scrollTo(scrollLeft, scrollTop));
  }
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = /** @type {CustomEvent} */ (event).detail;
  const same = made.get(target.id) === xhr.responseText;
  if (same || isMarked(target)) /** @type {CustomEvent} */ (event).detail.shouldSwap = false;
  else if (xhr.status === 200) {
    made.set(target.id, xhr.responseText);
    keep(target);
  }
});
document.addEventListener("htmx:afterSwap", () => {
  for (const again of kept) again();
  kept = [];
  tellTimes();
});

// What nobody looks at asks for nothing: a hundred tabs in the background would keep a server at work.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && made.has(/** @type {CustomEvent} */ (event).detail.target.id)) event.preventDefault();
});

/** @param {string} text what keeps the page from being up to date; empty: nothing does */
function tell(text) {
  const place = document.getElementById("stale");
  if (place && place.textContent !== text) place.textContent = text;
}

document.addEventListener("htmx:sendError", () =>
  tell("This page is not up to date: the server cannot be reached. It goes on trying."),
);
document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr } = /** @type {CustomEvent} */ (event).detail;
  if (xhr.status >= 400) tell(`This page is not up to date: the server answers with status ${xhr.status}.`);
  else if (xhr.status) tell("");
});

/** Says of each time, when it is pointed at, what it is where its reader is. */
function tellTimes() {
  for (const time of document.querySelectorAll("time:not([title])")) {
    const moment = new Date(/** @type {HTMLTimeElement} */ (time).dateTime);
    const local = moment.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });
    /** @type {HTMLTimeElement} */ (time).title = `${local} (your time)`;
  }
}

// A second click, while the answer is on its way, sends nothing a second time.
const LEAST_MS = 5000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "true";
  setTimeout(() => delete form.dataset.sent, LEAST_MS);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
});

// What was done is told once, not to whoever loads the page again or is sent its address.
const address = new URL(location.href);
if (address.searchParams.has("done")) {
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
}
tellTimes();

// What is there to be pasted elsewhere can be copied by one click, where the browser lets a page do it.
for (const shown of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(shown.textContent ?? "");
    button.textContent = "Copied";
  });
  shown.after(button);
}
