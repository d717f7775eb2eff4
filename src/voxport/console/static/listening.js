// The words of a call beside its sound: they follow it, lead to it, and are searched.
// @ts-check
import { timeAt } from "./zoom.js";

/**
 * Elements with their times in milliseconds, in order of start: where two speak at once, the page has another order.
 * @param {Iterable<HTMLElement>} elements
 * @param {string} start
 * @param {string} end
 */
export function timed(elements, start, end) {
  return [...elements]
    .map((element) => ({ element, start: Number(element.dataset[start]), end: Number(element.dataset[end]) }))
    .sort((one, other) => one.start - other.start);
}

/**
 * The last of them that has begun at a time; undefined before the first.
 * @param {ReturnType<typeof timed>} list
 * @param {number} at milliseconds
 */
export function begun(list, at) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].start <= at) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/**
 * Turns and words below `root`: `show` marks those of a time in milliseconds, `turns` has the turns in order.
 * @param {ParentNode} root
 */
export function followedWords(root) {
  const list = /** @type {HTMLElement | null} */ (root.querySelector("#turns"));
  const follow = /** @type {HTMLInputElement | null} */ (root.querySelector("#follow"));
  const words = timed(list?.querySelectorAll("span.w") ?? [], "s", "e");
  const turns = timed(list?.querySelectorAll("li.turn") ?? [], "start", "end");
  /** @type {HTMLElement | undefined} */
  let word;
  /** @type {HTMLElement | undefined} */
  let turn;

  /** @param {number} at milliseconds */
  function show(at) {
    const heard = begun(words, at);
    if (heard?.element !== word) {
      word?.classList.remove("now");
      word = heard?.element;
      word?.classList.add("now");
    }
    const speaking = begun(turns, at)?.element;
    if (speaking === turn) return;
    turn?.removeAttribute("aria-current");
    turn = speaking;
    turn?.setAttribute("aria-current", "true");
    if (turn && list && (follow?.checked ?? true)) {
      list.scrollTo({ top: turn.offsetTop - list.offsetTop - list.clientHeight / 3 });
    }
  }
  return { show, turns };
}

/**
 * Clicks on what has a time below `root`: a word, a time that is written, a ribbon.
 * @param {Node} root
 * @param {number} length of the call, in milliseconds
 * @param {(at: number) => void} playFrom
 */
export function onTimes(root, length, playFrom) {
  root.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const jump = target?.closest("[data-seek]");
    const said = target?.closest("span.w");
    const ribbon = target?.closest("[data-ribbon]");
    if (jump instanceof HTMLElement) playFrom(Number(jump.dataset.seek));
    else if (said instanceof HTMLElement) playFrom(Number(said.dataset.s));
    else if (ribbon instanceof SVGSVGElement && event instanceof MouseEvent) {
      playFrom(timeAt(ribbon, event.clientX, length));
    }
  });
}

/** @param {KeyboardEvent} event whether a key is meant for the player, and for no field, button or other program */
export function isForPlayer(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return !target?.closest("input, textarea, select, button, a, audio, summary, dialog");
}

/** @param {string} text */
function plain(text) {
  return text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * Search within: phrases over words, whatever the letter case and the marks; unsure words are marked on request.
 * @param {ParentNode} root
 * @param {(at: number) => void} playFrom
 */
export function searchWithin(root, playFrom) {
  const within = /** @type {HTMLInputElement | null} */ (root.querySelector("#within"));
  const count = root.querySelector("#within-count");
  const playHere = root.querySelector("#within-play");
  const list = root.querySelector("#turns");
  const words = /** @type {HTMLElement[]} */ ([...(list?.querySelectorAll("span.w") ?? [])]);
  const said = words.map((element) => plain(element.textContent ?? ""));
  /** @type {HTMLElement[]} the first word of each place */
  let places = [];
  let place = -1;

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
  root.querySelector("#within-next")?.addEventListener("click", toNext);
  playHere?.addEventListener("click", () => playFrom(Number(places[place]?.dataset.s ?? 0)));
  if (within?.value) {
    search();
    toNext();
  }
  root.querySelector("#low")?.addEventListener("change", (event) => {
    list?.classList.toggle("marks-low", /** @type {HTMLInputElement} */ (event.target).checked);
  });
}
