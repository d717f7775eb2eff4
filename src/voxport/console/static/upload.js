// Sends the recordings that are dropped or chosen, one after the other, each with a bar of its own.
// @ts-check

const drop = /** @type {HTMLElement} */ (document.getElementById("drop"));
const input = /** @type {HTMLInputElement} */ (document.getElementById("files"));
const list = /** @type {HTMLElement} */ (document.getElementById("uploads"));
const configuration = /** @type {HTMLTextAreaElement} */ (document.getElementById("configuration"));

/** The upload under way, and those that wait for it. */
let before = Promise.resolve();

/**
 * A line of the list, with a bar and a place for words.
 * @param {string} name
 */
function line(name) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  title.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Upload of ${name}`);
  const note = document.createElement("span");
  note.textContent = "waits";
  item.append(title, bar, note);
  list.append(item);
  return { item, bar, note };
}

/**
 * What an answer of the API says went wrong.
 * @param {XMLHttpRequest} request
 */
function problem(request) {
  try {
    const answer = JSON.parse(request.responseText);
    return answer.errors.map((/** @type {{error: string}} */ one) => one.error).join(" ");
  } catch {
    return request.status ? `It was refused with status ${request.status}.` : "The server could not be reached.";
  }
}

/**
 * Sends one recording; resolves when it is accepted or refused.
 * @param {File} file
 * @param {string} asked the configuration
 * @param {ReturnType<typeof line>} shown
 * @returns {Promise<void>}
 */
function send(file, asked, shown) {
  return new Promise((resolve) => {
    const form = new FormData();
    if (asked.trim()) form.append("configuration", asked);
    form.append("metadata", JSON.stringify({ title: file.name }));
    form.append("media", file, file.name);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      shown.bar.value = (100 * event.loaded) / event.total;
      shown.note.textContent = event.loaded < event.total ? "is sent" : "is taken in";
    });
    request.addEventListener("loadend", () => {
      if (request.status === 200) {
        shown.bar.value = 100;
        const link = document.createElement("a");
        link.href = `/console/calls/${JSON.parse(request.responseText).mediaId}`;
        link.textContent = "accepted";
        shown.note.replaceChildren(link);
      } else {
        shown.item.classList.add("failed");
        shown.note.textContent = request.status === 401 ? "Your session has ended; sign in again." : problem(request);
      }
      resolve();
    });
    request.open("POST", "/console/calls/upload");
    request.send(form);
  });
}

/** @param {Iterable<File>} files */
function take(files) {
  const asked = configuration.value;
  for (const file of files) {
    const shown = line(file.name);
    before = before.then(() => send(file, asked, shown));
  }
}

input.addEventListener("change", () => {
  take(input.files ?? []);
  input.value = "";
});
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  take(event.dataTransfer?.files ?? []);
});
