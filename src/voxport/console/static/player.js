// The player of a call: a waveform of each channel, words that follow the sound and lead to it.
// @ts-check
import { followedWords, isForPlayer, onTimes, searchWithin } from "./listening.js";
import { drawWave } from "./wave.js";
import { zoomable } from "./zoom.js";

const SKIP_S = 5;
/** Between two looks for a waveform that is being measured, and how many. */
const MEASURING_MS = 1000;
const LOOKS = 300;
const sound = /** @type {HTMLAudioElement | null} */ (document.getElementById("sound"));
const player = document.getElementById("player");
const { show, turns } = followedWords(document);

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

onTimes(document, Number(player?.dataset.length), playFrom);
searchWithin(document, playFrom);

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
  if (!sound || !isForPlayer(event)) return;
  const at = sound.currentTime * 1000;
  if (event.key === " ") {
    if (sound.paused) sound.play().catch(() => {});
    else sound.pause();
  } else if (event.key === "ArrowLeft") sound.currentTime = Math.max(0, sound.currentTime - SKIP_S);
  else if (event.key === "ArrowRight") sound.currentTime += SKIP_S;
  else if (event.key === "]") {
    const next = turns.find((one) => one.start > at + 1);
    if (next) playFrom(next.start);
  } else if (event.key === "[") {
    const before = turns.filter((one) => one.start < at - 1000).at(-1);
    if (before) playFrom(before.start);
  } else return;
  event.preventDefault();
}

/** @param {string} text */
function withoutWave(text) {
  document.getElementById("wave")?.closest(".wave-line")?.toggleAttribute("hidden", true);
  note(text);
}

/**
 * The peaks of each channel; null where there are none. While they are measured they are waited for.
 * @returns {Promise<number[][] | null>}
 */
async function peaks() {
  const measured = player?.dataset.measuring !== undefined;
  let found = null;
  for (let look = 0; look < (measured ? LOOKS : 1); look += 1) {
    if (look) await new Promise((resolve) => setTimeout(resolve, MEASURING_MS));
    const answer = await fetch(`${player?.dataset.base}/peaks`);
    found = answer.ok ? (await answer.json()).channels : null;
    // Empty while somebody measures, and where nothing could be.
    if (found?.length || (answer.ok && !measured)) return found;
  }
  return found;
}

/** Draws the waveforms; without peaks the player works all the same. */
async function drawWaves() {
  const container = document.getElementById("wave");
  if (!player || !sound || !container) return;
  const channels = await peaks();
  if (!channels) {
    const offer = document.getElementById("measure");
    if (offer) offer.hidden = false;
    withoutWave(offer ? "An earlier version has processed this call: it has no waveform yet." : "There is no waveform.");
    return;
  }
  if (!channels.length || !channels[0].length) {
    withoutWave("There is no waveform: the sound could not be read.");
    return;
  }
  const wave = drawWave(
    container,
    channels.map((channel) => channel.map((peak) => peak / 255)),
    { seconds: Number(player.dataset.length) / 1000, nonce: player.dataset.nonce, media: sound },
  );
  wave.once("ready", () => {
    zoomable(wave, player, sound, isForPlayer);
    player.dataset.drawn = "true";
  });
}

drawWaves().catch(() => note("The waveform could not be drawn."));
