// Draws the waveform of each channel from peaks that were measured before.
// @ts-check
import WaveSurfer from "./vendor/wavesurfer.esm.js";

/**
 * The colour of a variable as it is in this scheme: a canvas knows no variables.
 * @param {string} name
 */
function resolved(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/**
 * One waveform a channel, below each other.
 * @param {HTMLElement} container
 * @param {number[][]} channels peaks from 0 to 1
 * @param {{seconds: number, nonce?: string, media?: HTMLMediaElement}} options `media` moves the waveform, and is
 *   moved by it; without one it stands still
 */
export function drawWave(container, channels, { seconds, nonce, media }) {
  const colours = ["--one", "--two"].map(resolved);
  const height = channels.length > 2 ? 36 : 56;
  return WaveSurfer.create({
    container,
    media,
    interact: media !== undefined,
    cursorWidth: media === undefined ? 0 : 1,
    peaks: channels,
    duration: seconds,
    height,
    normalize: media !== undefined,
    cursorColor: resolved("--ink"),
    cspNonce: nonce,
    splitChannels: channels.map((_, number) => ({
      height,
      waveColor: colours[number % 2],
      progressColor: media === undefined ? colours[number % 2] : resolved("--soft"),
    })),
  });
}
