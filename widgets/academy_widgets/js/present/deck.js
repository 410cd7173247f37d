// The slides of a page, one at a time: where one is, and how one moves.

import { h } from "../form/dom.js";

/** @typedef {import("./paginate.js").Slide} Slide */

export class Deck {
  /**
   * @param {HTMLElement} stage
   * @param {Slide[]} slides
   * @param {Record<string, string>} texts
   */
  constructor(stage, slides, texts) {
    this.stage = stage;
    this.slides = slides;
    this.texts = texts;
    this.at = -1;
    /** @type {Set<(slide: Slide) => void>} */
    this.listeners = new Set();
    this.place = h("p", { class: "place" });
    this.said = h("p", { class: "unseen", role: "status" });
    stage.append(this.said);
    addEventListener("hashchange", () => this.go(this.placeOf(location.hash)));
    stage.addEventListener("click", (event) => this.follow(event));
  }

  /** The slide that is shown. */
  get current() {
    return this.slides[this.at];
  }

  /** Show the slide of the address, or the first. */
  begin() {
    this.go(Math.max(this.placeOf(location.hash), 0));
  }

  /** @param {number} n */
  go(n) {
    if (n === this.at || n < 0 || n >= this.slides.length) return;
    if (this.current) hide(this.current.el);
    this.at = n;
    const { el, title } = this.current;
    el.classList.add("current");
    el.removeAttribute("aria-hidden");
    el.focus({ preventScroll: true });
    this.place.textContent = `${n + 1} / ${this.slides.length}`;
    this.said.textContent = title;
    history.replaceState(null, "", `#/${n + 1}`);
    for (const listener of this.listeners) listener(this.current);
  }

  /** One forward or back; a slide that is higher than the screen first goes on itself. @param {1 | -1} way */
  step(way) {
    const body = /** @type {HTMLElement | null} */ (this.current?.el.querySelector(":scope > .body[tabindex]"));
    if (body && scrolled(body, way)) return;
    this.go(this.at + way);
  }

  /** Put a slide in after the one that is shown, and show it. @param {Slide} slide */
  insert(slide) {
    this.slides.splice(this.at + 1, 0, slide);
    this.go(this.at + 1);
  }

  /** The first slide after this one that fits, beginning anew at the end. @param {(slide: Slide) => unknown} fits */
  find(fits) {
    const order = [...this.slides.keys()];
    const later = [...order.slice(this.at + 1), ...order.slice(0, this.at + 1)];
    return later.find((n) => fits(this.slides[n])) ?? -1;
  }

  /** @param {string} hash `#/7`, or the id of something on a slide */
  placeOf(hash) {
    const number = /^#\/(\d+)$/.exec(hash);
    if (number) return Number(number[1]) - 1;
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    return target ? this.slides.findIndex(({ el }) => el.contains(target)) : -1;
  }

  /** A link within the page leads to its slide. @param {MouseEvent} event */
  follow(event) {
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    if (!link) return;
    const place = this.placeOf(link.getAttribute("href") ?? "");
    if (place < 0) return;
    event.preventDefault();
    this.go(place);
  }
}

/** @param {HTMLElement} el */
function hide(el) {
  el.classList.remove("current");
  el.setAttribute("aria-hidden", "true");
}

/** Scroll by most of a screen; whether there was anything to scroll. @param {HTMLElement} body @param {1 | -1} way */
export function scrolled(body, way) {
  const left = way > 0 ? body.scrollHeight - body.clientHeight - body.scrollTop : body.scrollTop;
  if (left < 4) return false;
  body.scrollBy({ top: way * body.clientHeight * 0.85 });
  return true;
}
