import { h } from "../form/dom.js";
import { counted } from "../form/texts.js";
import { field } from "./people.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./types.js").Module} Module
 * @typedef {import("./types.js").Translate} Translate
 * @typedef {import("./types.js").Port} Port
 */

/** Exercises and rounds to open and close, the ends of weeks, and more days for everybody. */
export class Exercises {
  /**
   * @param {State} state
   * @param {Translate} t
   * @param {Port} port
   */
  constructor(state, t, port) {
    this.state = state;
    this.t = t;
    this.port = port;
    /** @type {((changed: Set<string>) => void)[]} */
    this.fresh = [];
    const loose = state.doc.exercises.some(({ module }) => !module);
    this.el = h("div", null, ...state.doc.modules.map((module) => this.module(module)), loose && this.module({ id: "", title: t("no_module"), mark: "" }));
  }

  /** @param {Set<string>} changed */
  update(changed) {
    for (const show of this.fresh) show(changed);
  }

  /** @param {Module} module */
  module(module) {
    const { t, state } = this;
    const end = h("p", { class: "small" });
    const given = h("ul", { class: "given" });
    this.fresh.push((changed) => {
      if (!changed.has("ends") && !changed.has("extensions")) return;
      const until = state.doc.ends[module.id];
      end.hidden = !until;
      end.textContent = until ? t("ends", { when: until }) : "";
      given.replaceChildren(...this.given(module.id));
    });
    const rows = state.places(module.id).map((place) => this.row(place));
    const form = module.id in state.doc.ends && this.moreDays(module);
    return h("section", { class: "week" }, h("h3", null, module.title), end, h("ul", { class: "rows" }, ...rows), form, given);
  }

  /** @param {number} place */
  row(place) {
    const { t, state } = this;
    const exercise = state.doc.exercises[place];
    const counts = h("span", { class: "small" });
    const mark = h("span", { class: "mark" });
    const button = h("button", { type: "button", class: "plain" });
    button.addEventListener("click", async () => {
      const open = state.doc.opened.includes(exercise.id);
      await this.done({ kind: open ? "close" : "open", exercise: exercise.id });
      button.focus();
    });
    this.fresh.push((changed) => {
      if (changed.has("people")) counts.textContent = t("counts", state.counts(place));
      if (!changed.has("opened")) return;
      const open = state.doc.opened.includes(exercise.id);
      mark.textContent = open ? `● ${t("is_open")}` : `○ ${t("is_closed")}`;
      button.textContent = t(open ? "close" : "open");
      button.setAttribute("aria-label", t(open ? "close_it" : "open_it", { title: exercise.title }));
    });
    const round = exercise.round && h("a", { href: `reviews.ipynb#board-${exercise.id}` }, t("see_round"));
    const title = h("span", { class: "title" }, exercise.title, exercise.private && h("span", { class: "small" }, ` (${t("private")})`));
    return h("li", null, h("div", null, title, counts, round), h("div", { class: "switch" }, mark, button));
  }

  /** @param {Module} module */
  moreDays(module) {
    const { t } = this;
    const days = h("input", { type: "number", min: 1, max: 60, value: 2, id: `desk-all-${module.id}` });
    const form = h("form", { class: "act" }, field(t("more_for_all"), days), h("button", { class: "plain" }, t("give_days")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.done({ kind: "extend", module: module.id, days: Number(days.value) });
    });
    return form;
  }

  /** @param {string} module */
  given(module) {
    const { t, state } = this;
    return state.doc.extensions
      .filter((each) => each.module === module)
      .map(({ id, days, person }) => {
        const text = person ? counted(t, "given_to", days, { name: person }) : counted(t, "given_to_all", days);
        const back = () => this.done({ kind: "extension-back", id });
        return h("li", null, h("span", { dir: "auto" }, text), h("button", { type: "button", class: "quiet", onclick: back }, t("take_back")));
      });
  }

  /** @param {Record<string, unknown>} message */
  async done(message) {
    const answer = await this.port.ask(message);
    this.port.tell(answer.text, answer.kind === "not-done");
  }
}
