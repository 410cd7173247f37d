import { h, set } from "../form/dom.js";
import { points, words } from "./marks.js";

/**
 * @typedef {import("./types.js").Work} Work
 * @typedef {import("./types.js").Criterion} Criterion
 * @typedef {import("./types.js").Check} Check
 * @typedef {import("./types.js").Port} Port
 * @typedef {import("./kept.js").Kept} Kept
 */

/** One work: the answers, and beside them what is to be given. */
export class WorkView {
  /**
   * @param {Port} port
   * @param {Work} work
   */
  constructor(port, work) {
    this.port = port;
    this.work = work;
    /** @type {Kept[]} */
    this.kept = [];
    const answers = h("section", { class: "answers" });
    answers.innerHTML = work.answers; // rebuilt on the server from harmless elements: no script, link, image or style
    this.el = h(
      "div",
      { class: "work" },
      answers,
      h("div", { class: "marks" }, ...work.criteria.map((item) => this.criterion(item)), this.whole(), this.checks()),
    );
  }

  /** Whether something is written that is not kept. */
  get open() {
    return this.kept.some((one) => one.open);
  }

  /** Keep all that is written; returns whether all of it could be. */
  async save() {
    await Promise.all(this.kept.map((one) => one.save()));
    const left = this.kept.find((one) => !one.clash.hidden);
    left?.clash.scrollIntoView({ block: "center" });
    return !left;
  }

  /** @param {Criterion} criterion */
  criterion({ label, levels, grade, comment }) {
    const { t } = this.port;
    const buttons = levels.map((level) =>
      h("button", { type: "button", role: "radio", class: "level", onclick: () => field.give(level.points) }, h("b", null, String(level.points)), h("span", null, level.text)),
    );
    const offers = h("div", { class: "offers", lang: this.work.lang, dir: this.work.dir });
    const show = (/** @type {string} */ given) => {
      const chosen = levels.findIndex((level) => String(level.points) === given);
      buttons.forEach((button, n) => {
        set(button, "aria-checked", String(n === chosen));
        set(button, "tabindex", n === Math.max(chosen, 0) ? 0 : -1);
      });
      const level = levels[Math.floor(Number(given)) - 1];
      const texts = level?.comments ?? [];
      offers.replaceChildren(...texts.map((text) => h("button", { type: "button", class: "offer", onclick: () => note?.add(text) }, text)));
      if (!level) offers.append(h("p", { class: "small", lang: document.documentElement.lang, dir: "auto" }, t("level_first")));
    };
    const field = points(this.port, grade, label, show);
    const note = comment && words(this.port, comment, t("comment"));
    this.kept.push(field.kept, ...(note ? [note.kept] : []));
    const group = h("div", { class: "levels", role: "radiogroup", "aria-label": t("level_of", { title: label }) }, ...buttons);
    group.addEventListener("keydown", (event) => this.step(event, buttons, field.give));
    return h(
      "section",
      { class: "criterion" },
      h("h4", null, label),
      group,
      field.el,
      field.kept.clash,
      note?.el,
      note?.kept.clash,
      note && h("details", { class: "bank" }, h("summary", null, t("bank")), offers),
    );
  }

  /**
   * In a group of levels arrows go from one to the next, and a digit gives it.
   * @param {KeyboardEvent} event
   * @param {HTMLElement[]} buttons
   * @param {(points: number) => void} give
   */
  step(event, buttons, give) {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const digit = Number(event.key);
    if (by) buttons[(buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + by + buttons.length) % buttons.length].focus();
    else if (digit >= 1 && digit <= buttons.length && !event.ctrlKey && !event.altKey && !event.metaKey) {
      give(digit);
      buttons[digit - 1].focus();
    } else return;
    event.preventDefault();
  }

  whole() {
    if (!this.work.whole) return null;
    const note = words(this.port, this.work.whole, this.port.t("whole"));
    this.kept.push(note.kept);
    return h("section", { class: "criterion" }, note.el, note.kept.clash);
  }

  checks() {
    const { t } = this.port;
    if (!this.work.checks.length) return null;
    const lines = this.work.checks.map((/** @type {Check} */ { title, said, grade }) => {
      const field = points(this.port, grade, title, () => {});
      this.kept.push(field.kept);
      return h("li", null, h("p", { class: "kept", dir: "auto" }, said || title), field.el, field.kept.clash);
    });
    return h("section", { class: "checks" }, h("h4", null, t("checks")), h("p", { class: "small" }, t("about_checks")), h("ul", null, ...lines));
  }
}
