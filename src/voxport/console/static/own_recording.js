// A recording on the disk of whoever sits here: opened in this browser, and kept from everything else.
// @ts-check

/** Of more the decoded sound would take half a GiB of this browser's memory, and more yet. */
const MOST_DECODED_S = 90 * 60;
const MOST_DECODED_BYTES = 300 << 20;
/** Of a file that does not say how long it is. */
const MOST_UNKNOWN_BYTES = 30 << 20;
const RATE_HZ = 8000;
export const PIECES_PER_S = 100;

/**
 * @typedef {object} OwnRecording
 * @property {File} file
 * @property {string} address for a player; good while this page is open
 * @property {number} seconds how long it says that it is; NaN where this browser cannot play it
 * @property {Promise<Float32Array[] | null>} loudness of each channel by hundredths of a second, which takes a while
 *   in a long one; null where it is not measured
 */

/**
 * Opens a file; one that cannot be played is opened, too.
 * @param {File} file
 * @returns {Promise<OwnRecording>}
 */
export async function openRecording(file) {
  const address = URL.createObjectURL(file);
  const seconds = await lengthOf(address);
  return { file, address, seconds, loudness: measured(file, seconds) };
}

/**
 * @param {File} file
 * @param {number} seconds
 */
async function measured(file, seconds) {
  const most = Number.isFinite(seconds) ? MOST_DECODED_BYTES : MOST_UNKNOWN_BYTES;
  const isTooLong = Number.isFinite(seconds) && seconds > MOST_DECODED_S;
  if (Number.isNaN(seconds) || isTooLong || file.size > most) return null;
  try {
    return loudnessOf(await new OfflineAudioContext(1, 1, RATE_HZ).decodeAudioData(await file.arrayBuffer()));
  } catch {
    return null;
  }
}

/**
 * @param {string} address
 * @returns {Promise<number>}
 */
function lengthOf(address) {
  return new Promise((resolve) => {
    const sound = new Audio();
    sound.addEventListener("loadedmetadata", () => resolve(sound.duration));
    sound.addEventListener("error", () => resolve(NaN));
    sound.preload = "metadata";
    sound.src = address;
  });
}

/** @param {AudioBuffer} sound */
function loudnessOf(sound) {
  const step = RATE_HZ / PIECES_PER_S;
  return Array.from({ length: sound.numberOfChannels }, (_, number) => {
    const samples = sound.getChannelData(number);
    const pieces = new Float32Array(Math.ceil(samples.length / step));
    for (let piece = 0; piece < pieces.length; piece += 1) {
      const until = Math.min(samples.length, (piece + 1) * step);
      let loudest = 0;
      for (let at = piece * step; at < until; at += 1) {
        const size = Math.abs(samples[at]);
        if (size > loudest) loudest = size;
      }
      pieces[piece] = loudest;
    }
    return pieces;
  });
}

/**
 * The loudest of each of `count` pieces of equal length.
 * @param {Float32Array} fine
 * @param {number} count
 */
export function inPieces(fine, count) {
  return Array.from({ length: count }, (_, piece) => {
    const from = Math.floor((piece * fine.length) / count);
    const until = Math.max(from + 1, Math.floor(((piece + 1) * fine.length) / count));
    let loudest = 0;
    for (let at = from; at < until && at < fine.length; at += 1) loudest = Math.max(loudest, fine[at]);
    return loudest;
  });
}

/**
 * How much two recordings rise and fall together where neither is covered: 1 alike, about 0 two different ones.
 * @param {number[]} one
 * @param {number[]} other
 * @param {(piece: number) => boolean} isCovered
 * @returns {number | null} null where there is too little to say so
 */
export function likeness(one, other, isCovered) {
  const taken = one.map((_, piece) => piece).filter((piece) => !isCovered(piece));
  if (taken.length < PIECES_PER_S) return null;
  const mean = (/** @type {number[]} */ list) => taken.reduce((sum, piece) => sum + list[piece], 0) / taken.length;
  const [first, second] = [mean(one), mean(other)];
  let [both, square, squareOfOther] = [0, 0, 0];
  for (const piece of taken) {
    const [by, byOther] = [one[piece] - first, other[piece] - second];
    both += by * byOther;
    square += by * by;
    squareOfOther += byOther * byOther;
  }
  const least = 1e-4 * taken.length;
  return square < least || squareOfOther < least ? null : both / Math.sqrt(square * squareOfOther);
}
