// The player of a call: a waveform of each channel, words that follow the sound and lead to it, search within.
// @ts-check
import WaveSurfer from "./vendor/wavesurfer.esm.js";

const SKIP_S = 5;
const sound = /** @type {HTMLAudioElement | null} */ (document.getElementById("sound"));
const player = document.getElementById("player");
const turnList = document.getElementById("turns");
const turns = /** @type {HTMLElement[]} */ ([...(turnList?.querySelectorAll("li.turn") ?? [])]);
const words = /** @type {HTMLElement[]} */ ([...(turnList?.querySelectorAll("span.w") ?? [])]);
const follow = /** @type {HTMLInputElement | null} */ (document.getElementById("follow"));

/**
 * Elements with their times in milliseconds, in order of start: where two speak at once, the page has another order.
 * @param {HTMLElement[]} elements
 * @param {string} start
 * @param {string} end
 */
function timed(elements, start, end) {
  return elements
    .map((element) => ({ element, start: Number(element.dataset[start]), end: Number(element.dataset[end]) }))
    .sort((one, other) => one.start - other.start);
}

const timedWords = timed(words, "s", "e");
const timedTurns = timed(turns, "start", "end");

/**
 * The last of them that has begun at a time; undefined before the first.
 * @param {ReturnType<typeof timed>} list
 * @param {number} at milliseconds
 */
function begun(list, at) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].start <= at) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/** @type {HTMLElement | undefined} */
let word;
/** @type {HTMLElement | undefined} */
let turn;

/** @param {number} at milliseconds */
function show(at) {
  const heard = begun(timedWords, at);
  if (heard?.element !== word) {
    word?.classList.remove("now");
    word = heard?.element;
    word?.classList.add("now");
  }
  const speaking = begun(timedTurns, at)?.element;
  if (speaking !== turn) {
    turn?.removeAttribute("aria-current");
    turn = speaking;
    turn?.setAttribute("aria-current", "true");
    if (turn && turnList && follow?.checked) {
      turnList.scrollTo({ top: turn.offsetTop - turnList.offsetTop - turnList.clientHeight / 3 });
    }
  }
}

/**
 * Plays from a time.
 * @param {number} at milliseconds
 */
function playFrom(at) {
  show(at);
  if (!sound) return;
  sound.currentTime = at / 1000;
  sound.play().catch(() => {});
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const jump = target?.closest("[data-seek]");
  const said = target?.closest("span.w");
  const ribbon = target?.closest("[data-ribbon]");
  if (jump instanceof HTMLElement) playFrom(Number(jump.dataset.seek));
  else if (said instanceof HTMLElement) playFrom(Number(said.dataset.s));
  else if (ribbon && player && event instanceof MouseEvent) {
    const box = ribbon.getBoundingClientRect();
    playFrom(((event.clientX - box.left) / box.width) * Number(player.dataset.length));
  }
});

if (sound) {
  sound.addEventListener("timeupdate", () => show(sound.currentTime * 1000));
  sound.addEventListener("seeking", () => show(sound.currentTime * 1000));
  sound.addEventListener("error", () => note("This browser cannot play the sound; the download has it."));
  document.getElementById("speed")?.addEventListener("change", (event) => {
    sound.playbackRate = Number(/** @type {HTMLSelectElement} */ (event.target).value);
  });
  document.addEventListener("keydown", onKey);
}

/** @param {string} text */
function note(text) {
  const place = document.getElementById("sound-note");
  if (place) place.textContent = text;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!sound || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target?.closest("input, textarea, select, button, a, audio, summary, dialog")) return;
  const at = sound.currentTime * 1000;
  if (event.key === " ") {
    if (sound.paused) sound.play().catch(() => {});
    else sound.pause();
  } else if (event.key === "ArrowLeft") sound.currentTime = Math.max(0, sound.currentTime - SKIP_S);
  else if (event.key === "ArrowRight") sound.currentTime += SKIP_S;
  else if (event.key === "]") {
    const next = timedTurns.find((one) => one.start > at + 1);
    if (next) playFrom(next.start);
  } else if (event.key === "[") {
    const before = timedTurns.filter((one) => one.start < at - 1000).at(-1);
    if (before) playFrom(before.start);
  } else return;
  event.preventDefault();
}

// Search within: phrases over words, whatever the letter case and the marks.
const within = /** @type {HTMLInputElement | null} */ (document.getElementById("within"));
const count = document.getElementById("within-count");
const playHere = document.getElementById("within-play");
/** @type {HTMLElement[]} the first word of each place */
let places = [];
let place = -1;

/** @param {string} text */
function plain(text) {
  return text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

const said = words.map((element) => plain(element.textContent ?? ""));

/**
 * Marks every place of words that follow each other, the last of which may be the beginning of one.
 * @param {string[]} wanted
 */
function mark(wanted) {
  const last = wanted.length - 1;
  for (let at = 0; at + last < said.length; at += 1) {
    const meets = wanted.every((one, by) => (by === last ? said[at + by].startsWith(one) : said[at + by] === one));
    if (!meets) continue;
    places.push(words[at]);
    for (let by = 0; by <= last; by += 1) words[at + by].classList.add("hit");
  }
}

function search() {
  for (const element of words) element.classList.remove("hit", "here");
  const wanted = (within?.value ?? "").split(/\s+/).map(plain).filter(Boolean);
  places = [];
  place = -1;
  playHere?.setAttribute("hidden", "");
  if (wanted.length) mark(wanted);
  if (count) count.textContent = wanted.length ? `${places.length} found` : "";
}

/** Goes to the next place, without playing it. */
function toNext() {
  if (!places.length) return;
  places[place]?.classList.remove("here");
  place = (place + 1) % places.length;
  places[place].classList.add("here");
  places[place].scrollIntoView({ block: "center" });
  playHere?.removeAttribute("hidden");
  if (count) count.textContent = `${place + 1} of ${places.length}`;
}

within?.addEventListener("input", search);
within?.addEventListener("keydown", (event) => {
  if (event.key === "Enter") toNext();
});
document.getElementById("within-next")?.addEventListener("click", toNext);
playHere?.addEventListener("click", () => playFrom(Number(places[place]?.dataset.s ?? 0)));
if (within?.value) {
  search();
  toNext();
}
document.getElementById("low")?.addEventListener("change", (event) => {
  turnList?.classList.toggle("marks-low", /** @type {HTMLInputElement} */ (event.target).checked);
});

/** Draws the waveform of each channel; without peaks the player works all the same. */
async function drawWaves() {
  const container = document.getElementById("wave");
  if (!player || !sound || !container) return;
  const answer = await fetch(`${player.dataset.base}/peaks`);
  if (!answer.ok) {
    container.closest(".wave-line")?.remove();
    note("There is no waveform of this call: an earlier version has processed it. Analysing it again makes one.");
    return;
  }
  /** @type {{channels: number[][]}} */
  const { channels } = await answer.json();
  if (!channels.length || !channels[0].length) return;
  const style = getComputedStyle(document.documentElement);
  const colours = ["--one", "--two"].map((name) => resolved(style, name));
  const height = channels.length > 2 ? 36 : 56;
  WaveSurfer.create({
    container,
    media: sound,
    peaks: channels.map((channel) => channel.map((peak) => peak / 255)),
    duration: Number(player.dataset.length) / 1000,
    height,
    normalize: true,
    cursorColor: resolved(style, "--ink"),
    cspNonce: player.dataset.nonce,
    splitChannels: channels.map((_, number) => ({
      height,
      waveColor: colours[number % 2],
      progressColor: resolved(style, "--soft"),
    })),
  });
  player.dataset.drawn = "true";
}

/**
 * The colour of a variable as it is in this scheme: a canvas knows no variables.
 * @param {CSSStyleDeclaration} style
 * @param {string} name
 */
function resolved(style, name) {
  const probe = document.createElement("span");
  probe.style.color = style.getPropertyValue(name);
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

drawWaves().catch(() => note("The waveform could not be drawn."));
