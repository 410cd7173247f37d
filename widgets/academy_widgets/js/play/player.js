import { h } from "../form/dom.js";
import { translator } from "../form/texts.js";
import { Game } from "./game.js";
import { ScreenView } from "./screen.js";

/**
 * @typedef {import("./types.js").Unit} Unit
 * @typedef {import("../form/types.js").Model} Model
 */

/** So long the kernel has to send the newest version; after that we play the one that is here. */
const PATIENCE = 4000;

/** Shows a unit one screen after the other. Each press moves the focus to what is new. */
export class Player {
  /**
   * @param {Model} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.t = translator(model.get("texts"), model.get("dir"));
    /** @type {Unit | null} */
    this.unit = model.get("unit");
    /** @type {ReturnType<typeof setTimeout> | null} */
    this.waiting = null;
    this.hear = (/** @type {any} */ message) => this.received(message);
    model.on("msg:custom", this.hear);
    this.box = h("section", { class: "academy-play", lang: model.get("lang"), dir: model.get("dir"), "aria-label": this.t("label") });
    el.replaceChildren(this.box);
    this.showStart();
  }

  close() {
    if (this.waiting) clearTimeout(this.waiting);
    this.model.off("msg:custom", this.hear);
    this.box.remove();
  }

  /** The title and the way in; or what to do first where nothing is written yet. */
  showStart() {
    const { t, unit } = this;
    const empty = !unit || new Game(unit).empty;
    const button = h("button", { type: "button", class: "go", onclick: () => this.begin() }, t(empty ? "look_again" : "begin"));
    const kind = unit && h("p", { class: "where" }, t(unit.kind));
    const title = h("h4", { tabindex: "-1", dir: "auto" }, unit?.title || t("untitled"));
    this.start = h("div", { class: "start" }, kind, empty ? h("p", { tabindex: "-1" }, t("empty")) : title, h("div", { class: "buttons" }, button));
    this.box.replaceChildren(this.start);
  }

  /** Ask for what was written last, and play. */
  begin() {
    if (this.waiting) return;
    this.waiting = setTimeout(() => this.play(), PATIENCE);
    this.model.send({ kind: "read" });
  }

  /** @param {any} message */
  received(message) {
    if (message?.kind !== "unit" || !this.waiting) return;
    this.unit = message.unit;
    this.play();
  }

  play() {
    if (this.waiting) clearTimeout(this.waiting);
    this.waiting = null;
    if (!this.unit || new Game(this.unit).empty) {
      this.showStart();
      this.focusOn(this.start);
      return;
    }
    this.game = new Game(this.unit);
    this.show();
  }

  /** Show the screen of now, and put the focus on its beginning. */
  show() {
    if (!this.game) return;
    const view = new ScreenView(this.game, this.t, { moved: () => this.show(), again: () => this.begin() });
    this.box.replaceChildren(h("p", { class: "title", dir: "auto" }, this.game.unit.title), view.el);
    view.focus();
  }

  /** @param {HTMLElement | undefined} element */
  focusOn(element) {
    /** @type {HTMLElement | null | undefined} */ (element?.querySelector("[tabindex]"))?.focus();
  }
}
