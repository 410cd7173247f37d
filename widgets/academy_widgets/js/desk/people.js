import { h, keepingFocus } from "../form/dom.js";
import { ago } from "./ago.js";
import { participants } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./types.js").Line} Line
 * @typedef {import("./types.js").Translate} Translate
 * @typedef {import("./types.js").Port} Port
 */

const AT_ONCE = 40;
const SIGNS = { all: "●", some: "◐", none: "○" };

/** Who is where: a light for each module, and each exercise of whoever is unfolded. */
export class People {
  /**
   * @param {State} state
   * @param {Translate} t
   * @param {Port} port
   * @param {string} lang
   */
  constructor(state, t, port, lang) {
    this.state = state;
    this.t = t;
    this.port = port;
    this.lang = lang;
    this.most = AT_ONCE;
    /** @type {Map<string, {el: HTMLElement, made: string}>} */
    this.rows = new Map();
    this.unfolded = "";
    this.words = h("input", { type: "search", id: "desk-find", autocomplete: "off", oninput: () => this.again() });
    this.which = h("select", { id: "desk-which", onchange: () => this.again() }, ...this.choices());
    this.legend = h("p", { class: "small" });
    const legend = h("details", null, h("summary", { class: "small" }, t("weeks_by_number")), this.legend);
    this.count = h("p", { class: "small", role: "status" });
    this.list = h("ul", { class: "people" });
    this.more = h("button", { type: "button", class: "plain", onclick: () => this.showMore() });
    const finding = h("div", { class: "finding" }, field(t("find"), this.words), field(t("which"), this.which));
    this.el = h("div", null, finding, this.count, legend, this.list, this.more);
  }

  choices() {
    const { t, state } = this;
    const exercises = state.doc.exercises.map(({ id, title }) => h("option", { value: id }, t("not_handed_in", { title })));
    return [h("option", { value: "" }, t("everybody")), h("option", { value: "stuck" }, t("stuck_only")), ...exercises];
  }

  /** Show one person unfolded, or all who are stuck. @param {string} person */
  find(person) {
    // A team is shown by the first of its members.
    const line = this.state.doc.people.find(([id, , , team]) => person && (id === person || team === person));
    this.words.value = line?.[0] ?? person;
    this.which.value = person ? "" : "stuck";
    this.unfolded = line?.[0] ?? "";
    this.again();
    const first = this.list.querySelector("summary") ?? this.which;
    first.focus();
  }

  again() {
    this.most = AT_ONCE;
    this.update(new Set(["people"]));
  }

  showMore() {
    const first = this.list.childElementCount;
    this.most += 4 * AT_ONCE;
    this.update(new Set(["people"]));
    this.list.children[first]?.querySelector("summary")?.focus();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (!changed.has("people") && !changed.has("opened") && !changed.has("teams")) return;
    const { t, state } = this;
    this.legend.textContent = state.doc.modules.map(({ mark, title }) => `${mark}: ${title}`).join(" · ");
    const found = state.found(this.words.value, this.which.value);
    const [learning, all] = [found, state.doc.people].map((lines) => participants(lines).length);
    const mentors = found.length - learning;
    this.count.textContent = [t("people_found", { n: learning, all }), mentors && t("mentors_found", { n: mentors })].filter(Boolean).join(" · ");
    const shown = found.slice(0, this.most);
    const elements = shown.map((line) => this.row(line));
    const same = elements.length === this.list.childElementCount && elements.every((el, n) => el === this.list.children[n]);
    if (!same) keepingFocus(this.list, () => this.list.replaceChildren(...elements));
    this.more.hidden = found.length <= shown.length;
    this.more.textContent = t("show_more", { n: found.length - shown.length });
  }

  /** @param {Line} line */
  row(line) {
    const made = JSON.stringify([line, this.state.doc.teams[line[3]]]) + Math.floor(Date.now() / 600_000);
    const known = this.rows.get(line[0]);
    const details = /** @type {HTMLDetailsElement | undefined} */ (known?.el.firstElementChild ?? undefined);
    if (known && details && known.made === made) {
      if (this.unfolded === line[0]) details.open = true;
      return known.el;
    }
    const el = known?.el ?? h("li", null);
    const open = details?.open || this.unfolded === line[0];
    const held = details?.contains(document.activeElement) && document.activeElement?.tagName === "SUMMARY";
    const fresh = h("details", { class: "person", open }, this.summary(line));
    const fill = () => fresh.open && fresh.childElementCount === 1 && fresh.append(this.inside(line));
    fresh.addEventListener("toggle", fill);
    fill();
    const acts = details?.querySelector(".acts"); // somebody may be choosing how many days just now
    keepingFocus(el, () => {
      if (acts) fresh.querySelector(".acts")?.replaceWith(acts);
      el.replaceChildren(fresh);
    });
    if (held) /** @type {HTMLElement} */ (fresh.firstElementChild).focus();
    this.rows.set(line[0], { el, made });
    return el;
  }

  /** @param {Line} line */
  summary(line) {
    const { t, state } = this;
    const [id, name, role, team, , last, stuck] = line;
    const lights = state.doc.modules.map((module) => {
      const { done, all, kind } = state.light(line, module.id);
      const label = t("light", { title: module.title, done, all });
      const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (kind)];
      return h("span", { class: `light ${kind}`, role: "img", "aria-label": label, title: label }, h("span", { "aria-hidden": "true" }, `${module.mark} ${sign} ${done}/${all}`));
    });
    const more = [role === "m" && t("mentor"), team && t("team", { name: state.doc.teams[team] ?? team })].filter(Boolean).join(" · ");
    return h(
      "summary",
      null,
      h("span", { class: "called" }, h("bdi", null, name), " ", h("span", { class: "small" }, id, more && ` · ${more}`)),
      h("span", { class: "lights" }, ...lights),
      h("span", { class: stuck ? "last stuck" : "last" }, stuck ? `⏸ ${last ? `${t("stuck")} · ` : ""}` : "", last ? ago(last, this.lang) : t("never_came")),
    );
  }

  /** Each exercise in words, and what can be done for this person. @param {Line} line */
  inside(line) {
    const { t, state } = this;
    const groups = state.doc.modules.map((module) => {
      const items = state.places(module.id).map((place) => {
        const exercise = state.doc.exercises[place];
        return h("li", { class: `state-${line[4][place]}` }, h("span", null, exercise.title), " ", h("span", { class: "small" }, t(`state_${line[4][place]}`)));
      });
      return items.length > 0 && h("div", null, h("h4", null, module.title), h("ul", null, ...items));
    });
    return h("div", { class: "inside" }, h("div", { class: "groups" }, ...groups), this.acts(line[0], line[1]));
  }

  /** @param {string} id @param {string} name */
  acts(id, name) {
    const { t, state, port } = this;
    const ended = state.doc.modules.filter((module) => module.id in state.doc.ends);
    const module = h("select", { id: `desk-more-${id}` }, ...ended.map((each) => h("option", { value: each.id }, each.title)));
    const days = h("input", { type: "number", min: 1, max: 60, value: 3, id: `desk-days-${id}` });
    const give = h("button", { class: "plain" }, t("give_days"));
    const form = h("form", { class: "act" }, field(t("more_days_for", { name }), module), field(t("days"), days), give);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = await port.ask({ kind: "extend", module: module.value, days: Number(days.value), person: id });
      port.tell(answer.text, answer.kind === "not-done");
    });
    const write = h("button", { type: "button", class: "plain", onclick: () => port.write(id) }, t("write_to", { name }));
    return h("div", { class: "acts" }, ended.length > 0 && form, write);
  }
}

/** @param {string} label @param {HTMLElement} control */
export function field(label, control) {
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
}
