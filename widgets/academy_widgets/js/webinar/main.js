// The live part of a lesson: opens the kernel-free room in it, by itself when people are together, else board by board.

import { h } from "../form/dom.js";

/** @typedef {{code: string, state: string}} Session */

const LOOKS_AGAIN = 25_000;

/**
 * Open the live part.
 * @param {HTMLElement} part
 */
export function open(part) {
  const { base, webinar, activity, code: known, state = "", frame: name = "" } = part.dataset;
  const now = /** @type {HTMLElement} */ (part.querySelector(".live-now"));
  const home = /** @type {HTMLElement} */ (part.querySelector(".live-home"));
  /** @type {string | null} */
  let shown = null;
  let timer = 0;

  async function look() {
    clearTimeout(timer);
    const session = document.hidden ? null : await read();
    if (session) show(session);
    lookLater();
  }

  function lookLater() {
    timer = window.setTimeout(look, LOOKS_AGAIN * (0.7 + 0.6 * Math.random()));
  }

  /** @returns {Promise<Session | null>} */
  async function read() {
    const answer = await fetch(`${base}live/at/${webinar}`).catch(() => null);
    return answer?.ok ? answer.json() : null;
  }

  /** @param {Session} session */
  function show({ code, state }) {
    const live = state === "live";
    for (const said of /** @type {NodeListOf<HTMLElement>} */ (home.querySelectorAll(":scope > .live-open, :scope > .live-closed")))
      said.hidden = said.matches(".live-closed") !== (state === "closed");
    for (const board of /** @type {NodeListOf<HTMLDetailsElement>} */ (home.querySelectorAll("details"))) arm(board, code);
    if (live === (shown !== null) && (!live || shown === code)) return;
    shown = live ? code : null;
    now.hidden = !live;
    home.hidden = live;
    now.querySelector("iframe")?.remove();
    if (live) now.append(framed(`${base}live/${code}`, name));
  }

  /** A board that is opened at home gets its room. @param {HTMLDetailsElement} board @param {string} code */
  function arm(board, code) {
    if (board.dataset.code === code) return;
    board.dataset.code = code;
    const fill = () => {
      const place = /** @type {HTMLElement} */ (board.querySelector(".live-board"));
      if (!board.open || place.dataset.code === code) return;
      place.dataset.code = code;
      const title = board.querySelector("summary")?.textContent ?? name;
      place.replaceChildren(framed(`${base}live/${code}?activity=${board.dataset.board}`, title));
    };
    board.ontoggle = fill;
    if (activity) board.open = true;
    fill();
  }

  document.addEventListener("visibilitychange", () => document.hidden || void look());
  // What the page brought is new enough: a page that is only read asks for nothing. Where there is no room yet, the
  // first board that somebody opens asks for one.
  if (known) show({ code: known, state });
  else for (const board of home.querySelectorAll("details")) board.ontoggle = () => board.open && void look();
  if (activity && !known) void look();
  else lookLater();
}

/** A frame that is as high as what is in it. @param {string} src @param {string} title */
function framed(src, title) {
  const frame = h("iframe", { src, title, class: "live-frame" });
  frame.addEventListener("load", () => {
    const inside = frame.contentDocument;
    const view = /** @type {(Window & typeof globalThis) | null} */ (frame.contentWindow);
    if (!inside || !view) return;
    inside.documentElement.classList.add("framed");
    new view.ResizeObserver(() => (frame.style.height = `${inside.documentElement.offsetHeight + 4}px`)).observe(inside.body);
  });
  return frame;
}
