// Sends one recording through the console to the API, and hears what becomes of it; files come dropped or chosen.
// @ts-check

/**
 * What became of a recording that was sent.
 * @typedef {object} Sent
 * @property {string} mediaId of the call that it has become; empty where it has not
 * @property {boolean} hasSession false where its person has to sign in again
 * @property {string} problem in words; empty where there is none
 */

/**
 * @param {XMLHttpRequest} request
 * @returns {Sent}
 */
function answered(request) {
  const hasSession = request.status !== 401;
  try {
    const answer = JSON.parse(request.responseText);
    if (request.status === 200 && answer.mediaId) return { mediaId: String(answer.mediaId), hasSession, problem: "" };
    const problem = answer.errors.map((/** @type {{error: string}} */ one) => one.error).join(" ");
    return { mediaId: "", hasSession, problem };
  } catch {
    const status = `The server answered with status ${request.status}.`;
    return { mediaId: "", hasSession, problem: request.status ? status : "The server could not be reached." };
  }
}

/**
 * Resolves when the recording is accepted or refused.
 * @param {File} file
 * @param {{configuration: string, title: string}} asked
 * @param {(share: number) => void} onProgress is told how much has been sent, from 0 to 1
 * @returns {Promise<Sent>}
 */
export function sendRecording(file, asked, onProgress) {
  return new Promise((resolve) => {
    const form = new FormData();
    if (asked.configuration.trim()) form.append("configuration", asked.configuration);
    form.append("metadata", JSON.stringify({ title: asked.title }));
    form.append("media", file, file.name);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener("loadend", () => resolve(answered(request)));
    request.open("POST", "/console/calls/upload");
    request.setRequestHeader("Accept", "application/json");
    request.send(form);
  });
}

/**
 * Takes the files that are chosen in the field `#files` or dropped anywhere on the page.
 * @param {(files: File[]) => void} take
 */
export function onFiles(take) {
  const drop = /** @type {HTMLElement} */ (document.getElementById("drop"));
  const input = /** @type {HTMLInputElement} */ (document.getElementById("files"));
  const takeChosen = () => {
    const chosen = [...(input.files ?? [])];
    input.value = "";
    if (chosen.length > 0) take(chosen);
  };
  input.addEventListener("change", takeChosen);
  // What was chosen before this module was loaded.
  queueMicrotask(takeChosen);
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
    take([...(event.dataTransfer?.files ?? [])]);
  });
}
