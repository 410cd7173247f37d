import { Asking } from "../desk/asking.js";
import { h, setText } from "../form/dom.js";
import { translator } from "../form/texts.js";
import { WorkView } from "./work.js";

/**
 * @typedef {import("./types.js").Exercise} Exercise
 * @typedef {import("./types.js").Line} Line
 * @typedef {import("../form/types.js").Model} Model
 */

/** Exercises, their works, and one work to grade. The place is in the address: `#exercise` or `#exercise/work`. */
export class GradePage {
  /**
   * @param {Model} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.t = translator(model.get("texts"), model.get("dir"));
    this.box = h("section", { class: "academy-grade", lang: model.get("lang"), dir: model.get("dir"), "aria-label": this.t("label") });
    el.replaceChildren(this.box);
    this.named = false;
    this.news = ""; // what is said with what is shown next
    this.asking = new Asking(model, this.t);
    this.port = { t: this.t, ask: (/** @type {Record<string, unknown>} */ message) => this.asking.ask(message) };
    const doc = model.get("doc");
    if (doc.refused) {
      this.box.append(h("p", null, doc.refused));
      return;
    }
    /** @type {Exercise[]} */
    this.exercises = doc.exercises;
    this.said = h("p", { class: "said", role: "status", hidden: true });
    this.room = h("div", { class: "room" });
    this.box.append(this.said, this.room);
    this.hear = (/** @type {any} */ message) => this.asking.heard(message);
    this.moved = () => void this.open();
    this.press = (/** @type {KeyboardEvent} */ event) => this.pressed(event);
    this.leave = (/** @type {BeforeUnloadEvent} */ event) => this.view?.open && event.preventDefault();
    model.on("msg:custom", this.hear);
    addEventListener("hashchange", this.moved);
    addEventListener("beforeunload", this.leave);
    this.box.addEventListener("keydown", this.press);
    void this.open();
  }

  close() {
    if (this.hear) this.model.off("msg:custom", this.hear);
    if (this.moved) removeEventListener("hashchange", this.moved);
    if (this.leave) removeEventListener("beforeunload", this.leave);
    this.box.remove();
  }

  /** Show what the address says; what is written on the way out is kept first. */
  async open() {
    if (this.view && !(await this.view.save())) return;
    this.view = null;
    const [exercise, work] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (work) return this.openWork(exercise, work);
    const { exercises } = await this.asking.ask({ kind: "exercises" });
    this.exercises = exercises ?? this.exercises;
    const found = this.exercises?.find(({ id }) => id === exercise);
    return found ? this.openExercise(found) : this.openAll();
  }

  openAll() {
    const lines = (this.exercises ?? []).map(({ id, title, works, waits }) =>
      h("li", null, h("a", { href: `#${id}` }, title), h("span", { class: waits ? "waits" : "small" }, waits ? this.t("waits", { n: waits, all: works }) : this.t("all_graded", { all: works }))),
    );
    this.show(h("p", { class: "lead" }, this.t("choose")), lines.length ? h("ul", { class: "list" }, ...lines) : h("p", null, this.t("nothing_here")));
  }

  /** @param {Exercise} exercise */
  async openExercise({ id, title }) {
    const answer = await this.asking.ask({ kind: "works", id });
    if (!answer.works) return this.tell(answer.text);
    const lines = answer.works.map((/** @type {Line} */ line) =>
      h(
        "li",
        null,
        h("a", { href: `#${id}/${line.id}` }, this.who(line.name, this.t("work", { n: line.n }))),
        h("span", null, this.t("of_points", { n: round(line.points), max: round(line.most) })),
        h("span", { class: line.waits ? "waits" : "small" }, this.t(line.waits ? "to_give" : "graded")),
      ),
    );
    const head = h("div", { class: "head" }, h("a", { href: "#" }, this.t("exercises")), h("h3", null, title), this.namesButton(), this.nextButton(id, ""));
    return this.show(head, h("ul", { class: "list" }, ...lines));
  }

  /**
   * @param {string} exercise
   * @param {string} id
   */
  async openWork(exercise, id) {
    const answer = await this.asking.ask({ kind: "work", id });
    if (!answer.work) {
      this.show(h("p", null, h("a", { href: `#${exercise}` }, this.t("works"))));
      return this.tell(answer.text);
    }
    const { work } = answer;
    this.view = new WorkView(this.port, work);
    const head = h(
      "div",
      { class: "head" },
      h("a", { href: `#${work.exercise}` }, this.t("works")),
      h("h3", null, work.title),
      this.who(work.name, ""),
      this.namesButton(),
      this.nextButton(work.exercise, id),
    );
    this.show(head, this.view.el);
    /** @type {HTMLElement | null} */ (this.view.el.querySelector('.level[tabindex="0"]'))?.focus({ preventScroll: true });
  }

  /** A name is only seen when it is asked for. @param {string} name @param {string} instead */
  who(name, instead) {
    return h("span", { class: "who" }, h("bdi", { class: "name" }, name), h("span", { class: "instead" }, instead));
  }

  namesButton() {
    const button = h("button", { type: "button", class: "plain", "aria-pressed": String(this.named) }, this.t("names"));
    button.addEventListener("click", () => {
      this.named = !this.named;
      button.setAttribute("aria-pressed", String(this.named));
      this.box.classList.toggle("named", this.named);
    });
    return button;
  }

  /** @param {string} exercise @param {string} after */
  nextButton(exercise, after) {
    this.next = async () => {
      if (this.view && !(await this.view.save())) return;
      const answer = await this.asking.ask({ kind: "next", id: exercise, after });
      if (answer.kind !== "next") return this.tell(answer.text);
      if (answer.id === after && after) return this.tell(this.t("only_this"));
      if (!answer.id) this.news = this.t("done");
      const place = answer.id ? `${exercise}/${answer.id}` : exercise;
      if (location.hash === `#${place}`) return this.open();
      location.hash = place;
    };
    return h("button", { type: "button", class: "next", title: "Ctrl+Enter", onclick: () => this.next?.() }, this.t("next"));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "F8" && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    void this.next?.();
  }

  /** @param {...(Node | null)} parts */
  show(...parts) {
    this.tell(this.news);
    this.news = "";
    this.room?.replaceChildren(...parts.filter((part) => part !== null));
    this.box.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} text */
  tell(text) {
    if (this.said) setText(this.said, text);
  }
}

const round = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);
