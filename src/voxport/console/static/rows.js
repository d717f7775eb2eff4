// Adds and removes rows of a table of fields; what a row is called is said by its number.
// @ts-check

/** @param {HTMLElement} row */
function emptied(row) {
  const made = /** @type {HTMLElement} */ (row.cloneNode(true));
  for (const problem of made.querySelectorAll(".problem")) problem.remove();
  for (const field of made.querySelectorAll("input, select, textarea")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = "";
    if (field instanceof HTMLSelectElement) field.selectedIndex = 0;
  }
  return made;
}

/** @param {Element} body */
function number(body) {
  [...body.children].forEach((row, at) => {
    for (const part of row.querySelectorAll("[aria-label]")) {
      part.setAttribute("aria-label", (part.getAttribute("aria-label") ?? "").replace(/\d+$/, String(at + 1)));
    }
  });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const form = target?.closest("form");
  const body = form?.querySelector("[data-rows]");
  if (!body) return;
  if (target?.closest("[data-add-row]")) {
    const made = emptied(/** @type {HTMLElement} */ (body.lastElementChild));
    body.append(made);
    number(body);
    made.querySelector("input")?.focus();
  }
  const row = target?.closest("[data-remove-row]")?.closest("tr");
  if (!row) return;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  if (next) row.remove();
  else row.replaceWith(emptied(row));
  number(body);
  (next ?? body).querySelector("input")?.focus();
});
