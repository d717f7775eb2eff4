// Sends the recordings that are dropped or chosen, one after the other, and shows how each comes along until it has ended.
// @ts-check
import { onFiles, sendRecording } from "./sending.js";

/**
 * One recording on its way.
 * @typedef {{file: File, asked: string, item: HTMLElement, bar: HTMLProgressElement, note: HTMLElement, state: string, address: string}} Upload
 * `asked` is its configuration; `state` is waiting, sending, refused, accepted, finished or failed; `address` is that of its call once there is one.
 */

const LOOK_MS = 3000;
/** Of all that are processed, so many are looked at each time: the ones that came first. */
const MOST_LOOKS = 10;
const list = /** @type {HTMLElement} */ (document.getElementById("uploads"));
const summary = /** @type {HTMLElement} */ (document.getElementById("uploads-summary"));
const ended = /** @type {HTMLElement} */ (document.getElementById("session-ended"));
const configuration = /** @type {HTMLTextAreaElement} */ (document.getElementById("configuration"));

/** @type {Upload[]} in the order in which they were given */
const uploads = [];
let isSending = false;
/** Whether nothing is sent until its person has signed in again. */
let isHeld = false;

/**
 * A line of the list, with a bar and a place for words.
 * @param {File} file
 * @returns {Upload}
 */
function line(file) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  title.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Upload of ${file.name}`);
  const note = document.createElement("span");
  note.textContent = "waiting";
  item.append(title, " ", bar, note);
  list.append(item);
  return { file, item, bar, note, asked: configuration.value, state: "waiting", address: "" };
}

/** Says how all of them fare, in one sentence. */
function sum() {
  /** @param {...string} states */
  const number = (...states) => uploads.filter((one) => states.includes(one.state)).length;
  const told = [`${number("accepted", "finished", "failed")} of ${uploads.length} uploaded`];
  if (number("refused")) told.push(`${number("refused")} refused`);
  if (number("finished")) told.push(`${number("finished")} processed`);
  if (number("failed")) told.push(`${number("failed")} failed`);
  summary.textContent = `${told.join(", ")}.`;
}

/**
 * Sends one recording, and shows how far that is.
 * @param {Upload} upload
 */
function send({ file, asked, bar, note }) {
  return sendRecording(file, { configuration: asked, title: file.name }, (share) => {
    bar.value = 100 * share;
    note.textContent = share < 1 ? `uploading, ${Math.floor(bar.value)} %` : "being stored";
  });
}

/**
 * Shows that a recording was not accepted, with the reason and a way to try again.
 * @param {Upload} upload
 * @param {string} reason
 */
function refuse(upload, reason) {
  upload.state = "refused";
  upload.item.classList.add("failed");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try again";
  again.setAttribute("aria-label", `Try ${upload.file.name} again`);
  again.addEventListener("click", () => {
    upload.state = "waiting";
    upload.asked = configuration.value;
    upload.item.classList.remove("failed");
    upload.note.textContent = "waiting";
    go();
  });
  upload.note.replaceChildren(reason, " ", again);
}

/**
 * Shows the call that a recording has become.
 * @param {Upload} upload
 * @param {string} words
 */
function link(upload, words) {
  const link = document.createElement("a");
  link.href = upload.address;
  link.textContent = words;
  upload.note.replaceChildren(link);
}

/** Sends what waits, one after the other. */
async function go() {
  if (isSending) return;
  isSending = true;
  for (let next; !isHeld && (next = uploads.find((one) => one.state === "waiting")); sum()) {
    next.state = "sending";
    const { mediaId, hasSession, problem } = await send(next);
    if (mediaId) {
      next.state = "accepted";
      next.bar.value = 0;
      next.bar.setAttribute("aria-label", `Processing of ${next.file.name}`);
      next.address = `/console/calls/${mediaId}`;
      link(next, "accepted");
    } else if (!hasSession) {
      next.state = "waiting";
      next.bar.value = 0;
      next.note.textContent = "waiting";
      hold(true);
    } else refuse(next, problem);
  }
  isSending = false;
}

/** @param {boolean} held whether its person has to sign in first */
function hold(held) {
  isHeld = held;
  ended.hidden = !held;
}

/** Looks how those that were accepted come along. */
async function look() {
  const under = uploads.filter((one) => one.state === "accepted").slice(0, MOST_LOOKS);
  for (const upload of isHeld ? [] : under) {
    const answer = await fetch(`${upload.address}/state`, { headers: { Accept: "application/json" } });
    if (answer.status === 401) hold(true);
    else if (answer.status === 404) {
      upload.state = "failed";
      upload.note.textContent = "deleted meanwhile";
    }
    if (!answer.ok) continue;
    /** @type {{percent: number, words: string, outcome: string}} */
    const state = await answer.json();
    upload.bar.value = state.percent;
    link(upload, state.words);
    if (state.outcome) upload.state = state.outcome;
    upload.item.classList.toggle("failed", state.outcome === "failed");
  }
  if (under.length) sum();
}

function looking() {
  setTimeout(() => look().catch(() => {}).finally(looking), LOOK_MS);
}

onFiles((files) => {
  uploads.push(...files.map(line));
  sum();
  go();
});
document.getElementById("signed-in")?.addEventListener("click", () => {
  hold(false);
  go();
});
addEventListener("beforeunload", (event) => {
  if (uploads.some((one) => ["waiting", "sending"].includes(one.state))) event.preventDefault();
});
looking();
