import { h } from "../form/dom.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./types.js").Thing} Thing
 * @typedef {import("./types.js").Translate} Translate
 * @typedef {import("./types.js").Port} Port
 */

/** Signs beside the words: each kind has a shape of its own. */
const SIGNS = { door: "‼", stop: "■", flagged: "⚑", unreviewed: "◔", collect: "↓", grade: "✎", release: "↑", stuck: "⏸" };

/** What waits for the facilitator, the gravest first. */
export class TodoItems {
  /**
   * @param {State} state
   * @param {Translate} t
   * @param {Port} port
   */
  constructor(state, t, port) {
    this.state = state;
    this.t = t;
    this.port = port;
    /** @type {Map<string, Node[]>} what stands in those that are unfolded, until it was asked for again */
    this.read = new Map();
    this.list = h("ul", { class: "things" });
    this.none = h("p", { class: "empty" }, t("nothing_waits"));
    this.el = h("div", null, this.none, this.list);
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (!changed.has("things")) return;
    const { things } = this.state.doc;
    const unfolded = new Set([...this.list.querySelectorAll("details[open]")].map((each) => each.getAttribute("data-key")));
    const focused = document.activeElement?.getAttribute("data-key");
    this.none.hidden = things.length > 0;
    this.list.hidden = !things.length;
    const kinds = [...new Set(things.map(({ kind }) => kind))];
    this.list.replaceChildren(...kinds.map((kind) => this.group(kind, unfolded)));
    if (focused) /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus();
  }

  /** All things of a kind. @param {string} kind @param {Set<string | null>} unfolded */
  group(kind, unfolded) {
    const things = this.state.doc.things.filter((thing) => thing.kind === kind);
    const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (kind)];
    const heading = h("h3", null, h("span", { class: "sign", "aria-hidden": "true" }, sign), " ", this.t(`kind_${kind}`));
    const few = things.length < 4;
    const typed = things.some((thing) => thing.command) && h("p", { class: "small" }, this.t("or_type"));
    return h("li", { class: kind }, heading, typed, h("ul", { class: few ? "few" : "many" }, ...things.map((thing) => this.item(thing, unfolded))));
  }

  /** @param {Thing} thing @param {Set<string | null>} unfolded */
  item(thing, unfolded) {
    const key = `${thing.kind}-${thing.exercise ?? ""}`;
    const who = thing.kind === "door" ? null : thing.who ? this.who(thing, key, unfolded) : h("p", { class: "small" }, String(thing.count));
    return h("li", null, thing.text && h("p", { class: "title" }, thing.text), this.way(thing, key, who), who);
  }

  /** The way to where it can be done: who was stopped is read here. @param {Thing} thing @param {string} key @param {HTMLElement | null} who */
  way(thing, key, who) {
    const { t, state } = this;
    const grading = state.doc.grading && ["collect", "grade", "release"].includes(thing.kind) ? `grade.ipynb#${thing.exercise}` : "";
    const page = thing.page ?? grading;
    if (thing.kind === "stuck") {
      const show = () => (this.port.go("people"), this.port.find(""));
      return h("p", null, h("button", { type: "button", class: "go", "data-key": `go-${key}`, onclick: show }, t("show_them")));
    }
    if (thing.kind === "stop" && who) {
      const show = () => who.parentElement?.querySelectorAll("details").forEach((each) => (each.open = true));
      return h("p", null, h("button", { type: "button", class: "go", "data-key": `go-${key}`, onclick: show }, t("go_there")));
    }
    const link = page && h("a", { class: "go", href: page, "data-key": `go-${key}` }, t("go_there"));
    const typed = thing.command && h("code", { dir: "ltr" }, thing.command);
    return link || typed ? h("p", null, link, typed) : null;
  }

  /**
   * Somebody who was stopped: unfolded, the very answers as they were handed in last.
   * @param {string} exercise @param {string} owner @param {string} name @param {Set<string | null>} unfolded
   */
  stopped(exercise, owner, name, unfolded) {
    const { t } = this;
    const key = `stop-${exercise}-${owner}`;
    let shown = unfolded.has(key);
    const box = h("div", { class: "inside", role: "status" }, ...((shown && this.read.get(key)) || []));
    const options = { class: "stopped", "data-key": key, open: shown };
    const details = h("details", options, h("summary", { dir: "auto", "data-key": `sum-${key}` }, name), box);
    details.addEventListener("toggle", async () => {
      if (!details.open) return void (shown = false);
      const answer = await this.port.ask({ kind: "stop", exercise, owner });
      if (answer.kind === "not-done") return void box.replaceChildren(h("p", null, answer.text));
      const parts = answer.found.map((/** @type {{by: string, about: string, answers: [string, string][]}} */ { by, about, answers }) =>
        h(
          "div",
          null,
          by && h("p", { dir: "auto" }, t("says_by", { name: by })),
          h("p", { class: "small" }, about),
          h("dl", null, ...answers.flatMap(([label, text]) => [h("dt", { dir: "auto" }, label), h("dd", { class: "kept", dir: "auto" }, text)])),
        ),
      );
      /** @type {HTMLElement[]} */
      const inside = parts.length ? parts : [h("p", null, t("mended"))];
      if (box.textContent !== inside.map(({ textContent }) => textContent).join("")) box.replaceChildren(...inside);
      this.read.set(key, [...box.childNodes]);
      if (!shown) details.scrollIntoView({ block: "nearest" });
    });
    return h("li", null, details);
  }

  /** @param {Thing} thing @param {string} key @param {Set<string | null>} unfolded */
  who({ kind, exercise, who = [], count }, key, unfolded) {
    const names = who.map(([id, name]) =>
      kind === "stop" ? this.stopped(exercise ?? "", id, name, unfolded) : h("li", null, h("button", { type: "button", class: "name", dir: "auto", "data-key": `${key}-${id}`, onclick: () => this.port.find(id) }, name)),
    );
    const more = count > who.length && h("p", { class: "small" }, this.t("and_more", { n: count - who.length }));
    const summary = h("summary", { "data-key": `sum-${key}` }, this.t("who", { n: count }));
    const open = unfolded.has(`who-${key}`);
    const details = h("details", { "data-key": `who-${key}`, open }, summary, h("ul", { class: "names" }, ...names), more);
    const only = count === 1 && names[0].querySelector("details");
    if (only && !open) details.addEventListener("toggle", () => (only.open ||= details.open)); // one step to the very answer
    return details;
  }
}
