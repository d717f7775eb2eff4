// Keys that work on every page: a search field, rows, pages, and the list of keys itself.
// @ts-check

/** Where `g` and a letter lead. */
const PAGES = new Map([
  ["c", "/console/calls"],
  ["d", "/console/deliveries"],
  ["e", "/console/endpoints"],
  ["f", "/console/definitions"],
  ["k", "/console/keys"],
  ["r", "/console/redaction"],
  ["u", "/console/usage"],
]);

let goes = false;

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

/** @param {number} step */
function toRow(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-row]")]);
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = at < 0 ? rows[step > 0 ? 0 : rows.length - 1] : rows[at + step];
  next?.focus();
}

function showShortcuts() {
  const keys = document.getElementById("keys");
  if (keys instanceof HTMLDialogElement && !keys.open) keys.showModal();
}

document.querySelector("[data-shortcuts]")?.addEventListener("click", showShortcuts);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (goes) {
    goes = false;
    const link = document.querySelector(`nav a[href="${PAGES.get(event.key) ?? ""}"]`);
    if (link instanceof HTMLAnchorElement) link.click();
    return;
  }
  if (event.key === "/") {
    const field = document.querySelector("[data-search]");
    if (field instanceof HTMLElement) {
      event.preventDefault();
      field.focus();
    }
  } else if (event.key === "?") showShortcuts();
  else if (event.key === "j") toRow(1);
  else if (event.key === "k") toRow(-1);
  else if (event.key === "g") goes = true;
});
