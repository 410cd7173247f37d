import { h, setText } from "../form/dom.js";
import { translator } from "../form/texts.js";
import { Asking } from "./asking.js";
import { Exercises } from "./exercises.js";
import { Messages } from "./messages.js";
import { People } from "./people.js";
import { Pictures } from "./pictures.js";
import { participants, State } from "./state.js";
import { TodoItems } from "./todo_items.js";

/**
 * @typedef {import("./types.js").Panel} Panel
 * @typedef {import("../form/types.js").Model} Model
 */

/** So often a page that is seen asks whether it has missed something. */
const LOOK_AGAIN = 60_000;

/** The whole desk: panels behind tabs, and the line to the kernel. */
export class Desk {
  /**
   * @param {Model} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.t = translator(model.get("texts"), model.get("dir"));
    this.box = h("section", { class: "academy-desk", lang: model.get("lang"), dir: model.get("dir"), "aria-label": this.t("label") });
    el.replaceChildren(this.box);
    this.asking = new Asking(model, this.t);
    const doc = model.get("doc");
    if (doc.refused) {
      this.box.append(h("p", null, doc.refused));
      return;
    }
    this.state = new State(structuredClone(doc));
    this.build();
    this.hear = (/** @type {any} */ message) => this.received(message);
    model.on("msg:custom", this.hear);
    this.look = () => document.visibilityState === "visible" && this.model.send({ kind: "look", n: this.state?.doc.n });
    document.addEventListener("visibilitychange", this.look);
    this.timer = setInterval(this.look, LOOK_AGAIN);
  }

  close() {
    if (this.hear) this.model.off("msg:custom", this.hear);
    if (this.look) document.removeEventListener("visibilitychange", this.look);
    clearInterval(this.timer);
    this.box.remove();
  }

  build() {
    const { state, t } = this;
    if (!state) return;
    const lang = document.documentElement.dataset.said || this.model.get("lang"); // of the sentences
    const port = {
      ask: (/** @type {Record<string, unknown>} */ message) => this.asking.ask(message),
      go: (/** @type {string} */ panel) => this.open(panel),
      tell: (/** @type {string} */ text, bad = false) => this.tell(text, bad),
      find: (/** @type {string} */ person) => (this.open("people"), people.find(person)),
      write: (/** @type {string} */ person) => (this.open("messages"), messages.to(person)),
    };
    const people = new People(state, t, port, lang);
    const messages = new Messages(state, t, port);
    /** @type {Record<string, Panel>} */
    this.panels = {
      things: new TodoItems(state, t, port),
      people,
      exercises: new Exercises(state, t, port),
      messages,
      pictures: new Pictures(t, port),
    };
    this.said = h("p", { class: "said", role: "status", hidden: true });
    this.sum = h("p", { class: "sum" });
    this.tabs = Object.fromEntries(Object.keys(this.panels).map((name) => [name, this.tab(name)]));
    const list = h("div", { class: "tabs", role: "tablist", "aria-label": t("label") }, ...Object.values(this.tabs));
    list.addEventListener("keydown", (event) => this.step(event));
    for (const [name, panel] of Object.entries(this.panels)) {
      for (const [key, value] of Object.entries({ role: "tabpanel", id: `desk-${name}`, "aria-labelledby": `desk-tab-${name}` })) {
        panel.el.setAttribute(key, value);
      }
    }
    this.box.append(this.sum, list, this.said, ...Object.values(this.panels).map(({ el }) => el));
    this.update(new Set(Object.keys(state.doc)));
    this.open(location.hash.slice(1) in this.panels ? location.hash.slice(1) : "things");
  }

  /** @param {string} name */
  tab(name) {
    const options = { type: "button", role: "tab", id: `desk-tab-${name}`, "aria-controls": `desk-${name}` };
    return h("button", { ...options, onclick: () => this.open(name) }, h("span", null, this.t(`tab_${name}`)), h("span", { class: "count", hidden: true }));
  }

  /** @param {string} name */
  open(name) {
    for (const [each, panel] of Object.entries(this.panels ?? {})) {
      const here = each === name;
      panel.el.hidden = !here;
      this.tabs?.[each].setAttribute("aria-selected", String(here));
      this.tabs?.[each].setAttribute("tabindex", here ? "0" : "-1");
      if (here) panel.shown?.();
    }
  }

  /** Arrow keys go from tab to tab. @param {KeyboardEvent} event */
  step(event) {
    const names = Object.keys(this.tabs ?? {});
    const at = names.findIndex((name) => this.tabs?.[name] === document.activeElement);
    const rtl = this.box.dir === "rtl";
    const by = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    if (at < 0 || !by) return;
    const next = names[(at + by + names.length) % names.length];
    this.open(next);
    this.tabs?.[next].focus();
    event.preventDefault();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    const { state, t } = this;
    if (!state || !this.sum) return;
    const { people, things } = state.doc;
    this.sum.textContent = t("sum", { n: participants(people).length, stuck: state.stuck });
    const counts = { things: things.length, messages: state.doc.messages.length };
    for (const [name, count] of Object.entries(counts)) setText(/** @type {HTMLElement} */ (this.tabs?.[name].lastElementChild), count ? String(count) : "");
    for (const panel of Object.values(this.panels ?? {})) panel.update(changed);
  }

  /** @param {any} message */
  received(message) {
    if (!this.state || !message) return;
    if (message.kind === "changed") this.take(message);
    if (message.kind === "all") {
      const { kind: _kind, ask: _ask, ...doc } = message;
      const there = new Set(doc.people.map((/** @type {[string]} */ line) => line[0]));
      this.update(this.state.apply({ ...doc, gone: this.state.doc.people.map(([id]) => id).filter((id) => !there.has(id)) }));
    }
    if (message.changes) this.take(message.changes);
    this.asking.heard(message);
  }

  /** What changed, unless something before it was missed: then all of it is asked for. @param {any} message */
  take({ kind: _kind, ...changes }) {
    if (!this.state) return;
    if (changes.n !== this.state.doc.n + 1) {
      this.model.send({ kind: "look", n: this.state.doc.n });
      return;
    }
    this.update(this.state.apply(changes));
  }

  /** @param {string} text @param {boolean} bad */
  tell(text, bad) {
    if (!this.said) return;
    this.said.classList.toggle("bad", bad);
    setText(this.said, text);
  }
}
