// A call as it is served beside one's own recording of it: one playhead, one of the two heard, both seen.
// @ts-check
import { begun, followedWords, isForPlayer, onTimes, timed } from "./listening.js";
import { PIECES_PER_S, inPieces, likeness } from "./own_recording.js";
import { drawWave } from "./wave.js";

/** @typedef {import("./own_recording.js").OwnRecording} OwnRecording */

const SKIP_MS = 5000;
/** What is heard before and after a covered place, so that its edges can be judged. */
const BEFORE_MS = 1500;
const AFTER_MS = 1500;
/** Codecs add up to a tenth of a second at the ends. */
const LENGTH_SLACK_MS = 500;
const LEAST_LIKENESS = 0.5;

/** @param {number} at milliseconds */
function clock(at) {
  const tenths = Math.round(at / 100);
  const [minutes, seconds] = [Math.floor(tenths / 600), (tenths % 600) / 10];
  const written = seconds.toFixed(1).padStart(4, "0");
  if (minutes < 60) return `${minutes}:${written}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${written}`;
}

export class Comparison {
  /**
   * @param {HTMLElement} view the part of the page that templates/comparison.html makes
   * @param {string | undefined} nonce of the page's style sheets
   */
  constructor(view, nonce) {
    this.view = view;
    this.nonce = nonce;
    this.length = Number(view.dataset.length);
    this.own = /** @type {HTMLAudioElement} */ (this.part("own-sound"));
    this.served = /** @type {HTMLAudioElement} */ (this.part("served-sound"));
    this.heard = this.served;
    /** @type {OwnRecording | null} */
    this.recording = null;
    this.until = Infinity;
    /** @type {HTMLElement | undefined} the redacted place that is heard */
    this.now = undefined;
    this.words = followedWords(view);
    this.places = timed(/** @type {NodeListOf<HTMLElement>} */ (view.querySelectorAll(".places li")), "start", "end");
    /** @type {Promise<number[][]>} */
    this.peaks = this.servedPeaks();
    /** @type {ReturnType<typeof drawWave>[]} */
    this.waves = [];
    this.listen();
    this.show();
    this.draw(null);
  }

  /**
   * An element of the view.
   * @param {string} id
   */
  part(id) {
    return /** @type {HTMLElement} */ (this.view.querySelector(`#${id}`));
  }

  /** Milliseconds. */
  get at() {
    return this.heard.currentTime * 1000;
  }

  listen() {
    onTimes(this.view, this.length, (at) => this.play(at));
    for (const sound of [this.own, this.served]) {
      for (const event of ["timeupdate", "seeking", "play", "pause"]) sound.addEventListener(event, () => this.show());
      sound.addEventListener("play", () => this.tick());
    }
    this.served.addEventListener("error", () => this.tell("This browser cannot play the sound; the call's page has it to save."));
    this.part("play").addEventListener("click", () => this.toggle());
    this.part("place").addEventListener("input", (event) => {
      this.until = Infinity;
      this.heard.currentTime = Number(/** @type {HTMLInputElement} */ (event.target).value) / 1000;
    });
    this.part("speed").addEventListener("change", (event) => {
      const speed = Number(/** @type {HTMLSelectElement} */ (event.target).value);
      this.own.playbackRate = this.served.playbackRate = speed;
    });
    this.view.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "heard") this.hear(event.target.value);
    });
    this.view.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button[data-hear]") : null;
      if (!(button instanceof HTMLElement)) return;
      this.hear(button.dataset.hear ?? "");
      this.play(Number(button.dataset.start) - BEFORE_MS, Number(button.dataset.end) + AFTER_MS);
    });
  }

  /**
   * Takes the recording that the call is compared with, and says where it does not fit.
   * @param {OwnRecording} recording
   */
  async take(recording) {
    this.recording = recording;
    const playable = !Number.isNaN(recording.seconds);
    if (playable) this.own.src = recording.address;
    else this.own.removeAttribute("src");
    this.view.dataset.own = String(playable);
    for (const control of this.view.querySelectorAll("[name=heard][value=own], [data-hear=own]")) {
      /** @type {HTMLInputElement | HTMLButtonElement} */ (control).disabled = !playable;
    }
    this.part("own-name").textContent = recording.file.name;
    this.hear(playable ? "own" : "served");
    this.tell(playable ? "" : `This browser cannot play ${recording.file.name}. Convert it to WAV, and choose that.`);
    await this.draw(recording);
  }

  /**
   * Changes which of the two is heard, at the same place.
   * @param {string} which
   */
  hear(which) {
    const next = which === "own" ? this.own : this.served;
    if (next === this.own && !this.own.src) return;
    const before = this.heard;
    if (next !== before) {
      const playing = !before.paused;
      before.pause();
      next.currentTime = before.currentTime;
      this.heard = next;
      if (playing) next.play().catch(() => {});
    }
    const chosen = this.view.querySelector(`[name=heard][value=${next === this.own ? "own" : "served"}]`);
    /** @type {HTMLInputElement} */ (chosen).checked = true;
    this.show();
  }

  /**
   * Plays from a place, to the end or to another place.
   * @param {number} at milliseconds
   */
  play(at, until = Infinity) {
    this.heard.currentTime = Math.max(0, at) / 1000;
    this.until = until;
    this.heard.play().catch(() => {});
  }

  toggle() {
    this.until = Infinity;
    if (this.heard.paused) this.heard.play().catch(() => {});
    else this.heard.pause();
  }

  /** @param {number} step to the covered place before or behind this one */
  toPlace(step) {
    const at = this.at;
    const next = step > 0 ? this.places.find((one) => one.start - BEFORE_MS > at + 100) : undefined;
    const before = step < 0 ? this.places.filter((one) => one.start - BEFORE_MS < at - 1000).at(-1) : undefined;
    const found = next ?? before;
    if (found) this.play(found.start - BEFORE_MS, found.end + AFTER_MS);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (!isForPlayer(event)) return;
    if (event.key === " ") this.toggle();
    else if (event.key === "x") this.hear(this.heard === this.own ? "served" : "own");
    else if (event.key === "ArrowLeft") this.heard.currentTime = Math.max(0, this.at - SKIP_MS) / 1000;
    else if (event.key === "ArrowRight") this.heard.currentTime = (this.at + SKIP_MS) / 1000;
    else if (event.key === "]") this.toPlace(1);
    else if (event.key === "[") this.toPlace(-1);
    else return;
    event.preventDefault();
  }

  /** Follows the sound more closely than it tells of itself. */
  tick() {
    if (this.heard.paused || !this.view.isConnected) return;
    this.show();
    requestAnimationFrame(() => this.tick());
  }

  show() {
    const at = this.at;
    if (at >= this.until) {
      this.until = Infinity;
      this.heard.pause();
    }
    const playing = !this.heard.paused;
    this.part("play").textContent = playing ? "Pause" : "Play";
    this.part("clock").textContent = `${clock(at)} of ${clock(this.length)}`;
    const place = /** @type {HTMLInputElement} */ (this.part("place"));
    place.value = String(at);
    // Whole seconds: some screen readers say it each time it changes.
    const told = clock(1000 * Math.floor(at / 1000));
    if (place.getAttribute("aria-valuetext") !== told) place.setAttribute("aria-valuetext", told);
    const track = this.part("served-wave");
    this.part("playhead").style.left = `${track.offsetLeft + (track.clientWidth * Math.min(at, this.length)) / this.length}px`;
    this.words.show(at);
    const begunLast = begun(this.places, at);
    const now = begunLast && at <= begunLast.end ? begunLast.element : undefined;
    if (now === this.now) return;
    this.now?.removeAttribute("data-now");
    this.now = now;
    now?.setAttribute("data-now", "");
  }

  async servedPeaks() {
    const answer = await fetch(`${this.view.dataset.base}/peaks`);
    if (!answer.ok) {
      this.part("served-note").textContent = "no waveform: an earlier version has processed it";
      return [];
    }
    /** @type {{channels: number[][]}} */
    const { channels } = await answer.json();
    return channels.map((channel) => channel.map((peak) => peak / 255));
  }

  /**
   * Draws both waveforms at one scale.
   * @param {OwnRecording | null} recording
   */
  async draw(recording) {
    const served = await this.peaks;
    const loudness = (await recording?.loudness) ?? [];
    if (recording !== this.recording) return;
    if (recording && !Number.isNaN(recording.seconds) && !loudness.length) {
      this.part("own-name").textContent = `${recording.file.name}, too long for a waveform`;
    }
    const pieces = served[0]?.length ?? 0;
    const own = pieces ? loudness.map((one) => inPieces(one, pieces)) : [];
    const seconds = loudness.length ? loudness[0].length / PIECES_PER_S : (recording?.seconds ?? 0);
    if (recording && !Number.isNaN(recording.seconds)) this.judge(recording, seconds, own, served);
    for (const wave of this.waves) wave.destroy();
    const loudest = Math.max(0.01, ...[...own, ...served].map((channel) => Math.max(...channel)));
    this.waves = [];
    for (const [id, channels, length] of /** @type {const} */ ([
      ["own-wave", own, seconds],
      ["served-wave", served, this.length / 1000],
    ])) {
      if (!channels.length || !pieces) continue;
      const scaled = channels.map((channel) => channel.map((peak) => peak / loudest));
      this.waves.push(drawWave(this.part(id), scaled, { seconds: length, nonce: this.nonce }));
    }
    this.view.dataset.drawn = String(this.waves.length);
    this.show();
  }

  /**
   * Says so where this is not the recording of the call.
   * @param {OwnRecording} recording
   * @param {number} seconds how long it is
   * @param {number[][]} own
   * @param {number[][]} served
   */
  judge(recording, seconds, own, served) {
    const length = seconds * 1000;
    if (Math.abs(length - this.length) > LENGTH_SLACK_MS) {
      const lengths = `${recording.file.name} is ${clock(length)} long and this call ${clock(this.length)}`;
      this.tell(`${lengths}: it is another recording, or a part of this one. Places do not fit.`);
      return;
    }
    if (!own.length || !served.length) return;
    const loudest = (/** @type {number[][]} */ channels) =>
      channels[0].map((_, piece) => Math.max(...channels.map((channel) => channel[piece])));
    const width = this.length / served[0].length;
    const alike = likeness(loudest(own), loudest(served), (piece) =>
      this.places.some((one) => one.start < (piece + 2) * width && one.end > (piece - 1) * width),
    );
    if (alike !== null && alike < LEAST_LIKENESS) {
      this.tell(`${recording.file.name} is as long as this call and sounds different: it is probably another recording.`);
    }
  }

  /** @param {string} text */
  tell(text) {
    this.part("fit").textContent = text;
  }
}
