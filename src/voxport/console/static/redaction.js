// Checks redaction with a recording of one's own: has it redacted as a call, and puts the two beside each other.
// @ts-check
import { Comparison } from "./comparison.js";
import { openRecording } from "./own_recording.js";
import { onFiles, sendRecording } from "./sending.js";

/** @typedef {import("./own_recording.js").OwnRecording} OwnRecording */

const TONE = { tone: 270, gain: 0.25 };
const REPLACEMENT = "[redacted]";

/** Where a recording is checked; on the page of a call that is there already it is missing. */
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("check"));
const result = /** @type {HTMLElement} */ (document.getElementById("result"));
const told = /** @type {HTMLElement} */ (document.getElementById("told"));
/** What becomes of the recording that was sent. */
const sent = document.getElementById("sent") ?? told;

/** @type {OwnRecording | null} the last one that was chosen */
let chosen = null;
/** @type {OwnRecording | null} the one that the call in `result` is compared with */
let compared = null;
/** @type {Comparison | null} */
let shown = null;
/** Counts the choices: one that takes long to open does not replace a later one. */
let choices = 0;

onFiles(async ([file]) => {
  if (!file) return;
  choices += 1;
  const choice = choices;
  tell(`${file.name} is opened.`);
  const recording = await openRecording(file);
  if (choice !== choices) return;
  chosen = recording;
  const length = `${Math.round(recording.seconds)} s`;
  tell(Number.isNaN(recording.seconds)
    ? `${file.name} is chosen. This browser cannot play it, so it can only be heard redacted; as WAV both can be.`
    : `${file.name} is chosen: ${length}.`);
  if (!form) {
    compared = recording;
    await shown?.take(recording);
    return;
  }
  const channels = (await recording.loudness)?.length;
  if (choice !== choices || !channels) return;
  /** @type {HTMLSelectElement} */ (form.elements.namedItem("sides")).value = channels === 2 ? "two" : "one";
  tell(`${file.name} is chosen: ${length}, ${channels === 1 ? "one channel" : `${channels} channels`}.`);
});

/**
 * @param {string} text
 * @param {{wrong?: boolean, place?: HTMLElement}} how
 */
function tell(text, { wrong = false, place = told } = {}) {
  place.textContent = text;
  place.classList.toggle("problem", wrong);
}

/** Gives what has come into the page its players. */
function connect() {
  if (form && !result.querySelector("#progress")) tell("", { place: sent });
  const view = /** @type {HTMLElement | null} */ (result.querySelector("#comparison:not([data-connected])"));
  if (!view) return;
  view.dataset.connected = "true";
  shown = new Comparison(view, result.dataset.nonce);
  if (compared) shown.take(compared);
  if (!form) return;
  // Whoever has waited is led there; whoever does something else meanwhile is not.
  const isElsewhere = document.activeElement?.matches("input, select, summary, pre, nav a");
  if (isElsewhere) return;
  view.scrollIntoView();
  view.querySelector("h2")?.focus({ preventScroll: true });
}

document.body.addEventListener("htmx:afterSettle", connect);
document.addEventListener("keydown", (event) => shown?.onKey(event));
connect();

/**
 * The boxes of a name that are ticked, without those of detectors that do not know the language.
 * @param {ParentNode} place
 * @param {string} name
 */
function ticked(place, name) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll(`input[name=${name}]:checked`));
  return [...boxes].filter((box) => !box.disabled);
}

/** @param {HTMLFormElement} fields what `prediction` of a configuration asks for */
function prediction(fields) {
  const redactor = { transcript: { replacement: REPLACEMENT }, audio: TONE };
  const detectors = ticked(fields, "detector").map((box) => {
    const line = /** @type {HTMLElement} */ (box.closest("li"));
    const level = /** @type {HTMLSelectElement} */ (line.querySelector("select"));
    const parameters = [{ parameter: "detectionLevel", value: level.value }];
    const kinds = line.querySelectorAll("input[name=kind]").length;
    const wanted = ticked(line, "kind").map((kind) => kind.value);
    if (kinds && !wanted.length) throw new Error(`Choose a kind of ${box.value}, or leave ${box.value} out.`);
    if (wanted.length < kinds) parameters.push({ parameter: "kinds", value: wanted.join(",") });
    return { detectorName: box.value, parameters, redactor };
  });
  if (!detectors.length) throw new Error("Choose what is to be redacted.");
  return { detectors };
}

/** @param {HTMLFormElement} fields what calls are asked that are redacted so */
function lastingConfigurationOf(fields) {
  const written = new FormData(fields);
  const sides = { left: { speakerName: "Agent" }, right: { speakerName: "Caller" } };
  return {
    speechModel: { language: written.get("language") },
    ...(written.get("sides") === "two" ? { ingest: { stereo: sides } } : {}),
    prediction: prediction(fields),
  };
}

/** Leaves out the detectors that do not know the language that is chosen. */
function fitLanguage() {
  const language = String(/** @type {HTMLSelectElement} */ (form?.elements.namedItem("language")).value).split("-")[0];
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (form?.querySelectorAll("li[data-languages]"))) {
    line.hidden = !(line.dataset.languages ?? "").split(" ").includes(language);
    for (const field of line.querySelectorAll("input, select")) field.toggleAttribute("disabled", line.hidden);
  }
}

/**
 * Has the recording that was chosen redacted, and shows it once it is.
 * @param {HTMLFormElement} fields
 */
async function check(fields) {
  if (!chosen) {
    tell("Choose a recording first.", { wrong: true, place: sent });
    document.getElementById("files")?.focus();
    return;
  }
  const recording = chosen;
  // How many channels it has decides what is asked for.
  await recording.loudness;
  let lasting;
  try {
    lasting = lastingConfigurationOf(fields);
  } catch (problem) {
    tell(/** @type {Error} */ (problem).message, { wrong: true, place: sent });
    return;
  }
  const button = /** @type {HTMLButtonElement} */ (fields.querySelector("button.main"));
  button.disabled = true;
  const kept = Number(new FormData(fields).get("kept"));
  const asked = { ...lasting, publish: { eraseOriginal: true }, timeToLiveInSeconds: kept };
  const call = { configuration: JSON.stringify(asked), title: `Redaction check: ${recording.file.name}` };
  const { mediaId, hasSession, problem } = await sendRecording(recording.file, call, (share) =>
    tell(share < 1 ? `${Math.floor(100 * share)} % are sent.` : "It is taken in.", { place: sent }),
  );
  button.disabled = false;
  if (!mediaId) {
    const again = "Your session has ended: sign in in another tab, then check it again. What is chosen here stays.";
    tell(hasSession ? problem : again, { wrong: true, place: sent });
    return;
  }
  show(mediaId, recording, JSON.stringify(lasting, null, 2));
}

/**
 * Follows a call until it can be compared.
 * @param {string} mediaId
 * @param {OwnRecording} recording that was sent
 * @param {string} lasting the configuration that asks for the same with other calls
 */
function show(mediaId, recording, lasting) {
  compared = recording;
  shown = null;
  result.replaceChildren();
  tell("It is redacted as a call now; the comparison follows below. Its page among the calls has it too.", { place: sent });
  /** @type {HTMLElement} */ (document.getElementById("asked")).textContent = lasting;
  /** @type {HTMLInputElement} */ (document.getElementById("asked-preset")).value = lasting;
  document.getElementById("asked-for")?.removeAttribute("hidden");
  // @ts-ignore htmx is a script of its own
  htmx.ajax("GET", `/console/calls/${mediaId}/comparison`, "#result");
}

if (form) {
  form.querySelector("select[name=language]")?.addEventListener("change", fitLanguage);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(form);
  });
  fitLanguage();
  /** @type {HTMLButtonElement} */ (form.querySelector("button.main")).disabled = false;
}
