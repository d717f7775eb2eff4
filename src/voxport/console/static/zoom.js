// Zooms the waveform, and with it the ribbons below: all of them show the same part of the call.
// @ts-check

const MOST = 64;
/** Of the drawing of a ribbon. */
const WIDTH = 10_000;
const HEIGHT = 100;

/** @param {number} seconds */
function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/**
 * Which part of all a waveform shows: where it begins, and how much that is, each from 0 to 1.
 * @param {import("./vendor/wavesurfer.esm.js").default} wave
 */
function shown(wave) {
  const all = Math.max(wave.getWrapper().clientWidth, 1);
  return { start: wave.getScroll() / all, share: Math.min(wave.getWidth() / all, 1) };
}

/**
 * Zooms by buttons and keys.
 * @param {import("./vendor/wavesurfer.esm.js").default} wave
 * @param {HTMLElement} player
 * @param {HTMLMediaElement} sound
 * @param {(event: KeyboardEvent) => boolean} isOurs whether a key is meant for the player
 */
export function zoomable(wave, player, sound, isOurs) {
  const length = Number(player.dataset.length) / 1000;
  const controls = document.getElementById("zoom");
  const told = document.getElementById("zoom-shown");
  let factor = 1;

  function follow() {
    const { start, share } = shown(wave);
    for (const ribbon of document.querySelectorAll("svg[data-ribbon]")) {
      ribbon.setAttribute("viewBox", `${start * WIDTH} 0 ${share * WIDTH} ${HEIGHT}`);
    }
  }

  /** @param {number} wanted */
  function to(wanted) {
    const before = shown(wave);
    const at = sound.currentTime / length;
    // What is heard stays where it is looked at; where it is elsewhere, the middle does.
    const kept = at >= before.start && at <= before.start + before.share ? at : before.start + before.share / 2;
    factor = Math.min(Math.max(wanted, 1), MOST);
    wave.zoom(factor === 1 ? 0 : (wave.getWidth() / length) * factor);
    wave.setScrollTime(Math.max(0, (kept - 0.5 / factor) * length));
    follow();
    const { start, share } = shown(wave);
    if (told) told.textContent = `${clock(start * length)} to ${clock((start + share) * length)}`;
    for (const [name, ends] of /** @type {[string, boolean][]} */ ([["in", factor === MOST], ["out", factor === 1]])) {
      // Not disabled, which would take the focus from under a finger.
      document.getElementById(`zoom-${name}`)?.setAttribute("aria-disabled", String(ends));
    }
  }

  if (controls) controls.hidden = false;
  document.getElementById("zoom-in")?.addEventListener("click", () => to(factor * 2));
  document.getElementById("zoom-out")?.addEventListener("click", () => to(factor / 2));
  document.getElementById("zoom-all")?.addEventListener("click", () => to(1));
  document.addEventListener("keydown", (event) => {
    if (!isOurs(event)) return;
    if (event.key === "+" || event.key === "=") to(factor * 2);
    else if (event.key === "-") to(factor / 2);
    else if (event.key === "0") to(1);
    else return;
    event.preventDefault();
  });
  for (const name of /** @type {const} */ (["scroll", "redraw", "resize"])) wave.on(name, follow);
}

/**
 * The time at a place of a ribbon, in milliseconds, whatever part of the call it shows.
 * @param {SVGSVGElement} ribbon
 * @param {number} clientX
 * @param {number} length of the call, in milliseconds
 */
export function timeAt(ribbon, clientX, length) {
  const box = ribbon.getBoundingClientRect();
  const { x, width } = ribbon.viewBox.baseVal;
  return ((x + ((clientX - box.left) / box.width) * width) / WIDTH) * length;
}
