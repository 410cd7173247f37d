import { h } from "./dom.js";

/**
 * @typedef {import("./types.js").PictureSpec} PictureSpec
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./types.js").Translate} Translate
 *
 * @typedef {object} Port
 * @property {(ids: string[]) => void} ask send a request to the kernel
 * @property {() => boolean} online
 */

/** So long after the last answer a picture is drawn anew: never with each letter. */
const PAUSE = 1500;
const TIMEOUT = 15000;
const DRAWN = new Set(["svg", "g", "rect", "line", "circle", "polyline", "path", "text"]);

/**
 * The drawing as elements: only shapes and texts, with nothing that could run or be fetched.
 * @param {string} text
 * @returns {Element | null}
 */
export function drawing(text) {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (!DRAWN.has(element.localName)) return null;
    for (const { name } of [...element.attributes]) {
      if (name.startsWith("on") || name.includes("href") || name === "style") element.removeAttribute(name);
    }
  }
  return document.importNode(root, true);
}

/** One picture of the answers: the drawing, the sentence that says the same, and its data as a table. */
class PictureView {
  /**
   * @param {PictureSpec} spec
   * @param {Translate} t
   */
  constructor(spec, t) {
    this.spec = spec;
    this.stale = true;
    this.near = false;
    this.place = h("div", { class: "drawing" });
    this.sentence = h("p", null);
    this.data = h("div", { class: "scroller", role: "region", tabindex: 0, "aria-label": spec.title });
    this.figure = h(
      "figure",
      { class: "pictured", hidden: true },
      h("figcaption", null, h("b", null, spec.title), this.sentence),
      this.place,
      h("details", null, h("summary", null, t("as_table")), this.data),
    );
    // Something must stand where the picture will be, so that it is seen to come near.
    this.el = h("div", { class: "picture-place" }, this.figure);
  }

  /** @param {Picture | null} picture */
  show(picture) {
    const svg = picture && drawing(picture.svg);
    this.figure.hidden = !picture;
    if (!picture) return;
    this.place.replaceChildren(...(svg ? [svg] : []));
    this.sentence.textContent = picture.sentence;
    const cells = (/** @type {string[]} */ row, /** @type {"th"|"td"} */ tag) =>
      h("tr", null, ...row.map((text) => h(tag, tag === "th" ? { scope: "col" } : { dir: "auto" }, text)));
    this.data.replaceChildren(
      h("table", null, h("thead", null, cells(picture.head, "th")), h("tbody", null, ...picture.rows.map((row) => cells(row, "td")))),
    );
  }
}

/** The pictures of a form: asked for when they come into view and when their answers were saved. */
export class Pictures {
  /**
   * @param {PictureSpec[]} specs
   * @param {Translate} t
   * @param {Port} port
   */
  constructor(specs, t, port) {
    this.port = port;
    this.views = specs.map((spec) => new PictureView(spec, t));
    /** @type {any} */
    this.timer = null;
    /** @type {any} */
    this.waiting = null;
    this.observer = new IntersectionObserver((entries) => this.moved(entries), { rootMargin: "400px" });
    for (const view of this.views) this.observer.observe(view.el);
  }

  /** @param {string} field */
  after(field) {
    return this.views.filter((view) => view.spec.after === field).map((view) => view.el);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  moved(entries) {
    for (const view of this.views) {
      const entry = entries.find((one) => one.target === view.el);
      if (entry) view.near = entry.isIntersecting;
    }
    if (this.wanted().length) this.later(0);
  }

  /**
   * Answers have been saved.
   * @param {string[]} paths
   */
  saved(paths) {
    const touched = paths.map((path) => {
      const [field, , column] = path.split("/");
      return column ? `${field}.${column}` : field;
    });
    for (const view of this.views) {
      const about = (/** @type {string} */ address) => {
        const [field] = address.split(".");
        return touched.some((path) => path === address || path === field || path.startsWith(`${address}.`));
      };
      if (view.spec.fields.some(about)) view.stale = true;
    }
    if (this.wanted().length) this.later(PAUSE);
  }

  wanted() {
    return this.views.filter((view) => view.stale && view.near);
  }

  /** @param {number} ms */
  later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), ms);
  }

  ask() {
    const views = this.wanted();
    if (!views.length || !this.port.online() || this.waiting) return;
    for (const view of views) view.stale = false;
    this.waiting = setTimeout(() => this.lost(views), TIMEOUT);
    try {
      this.port.ask(views.map((view) => view.spec.id));
    } catch {
      this.lost(views);
    }
  }

  /** @param {PictureView[]} views whose request was not answered */
  lost(views) {
    clearTimeout(this.waiting);
    this.waiting = null;
    for (const view of views) view.stale = true;
  }

  /** There is a line again, or other answers may have come. */
  refresh() {
    this.lost(this.views);
    if (this.wanted().length) this.later(0);
  }

  /** @param {Record<string, Picture | null>} pictures */
  heard(pictures) {
    clearTimeout(this.waiting);
    this.waiting = null;
    for (const view of this.views) {
      // One that has become old meanwhile is shown all the same, until the new one comes.
      if (view.spec.id in pictures) view.show(pictures[view.spec.id]);
    }
    if (this.wanted().length) this.later(PAUSE);
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    this.observer.disconnect();
  }
}
