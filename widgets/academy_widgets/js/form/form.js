import { AdviceView } from "./advice.js";
import { factsOf } from "./fields/facts.js";
import { Announcer } from "./announcer.js";
import { AgainView } from "./saving/again.js";
import { Answers } from "./saving/answers.js";
import { TakeAwayView } from "./saving/take_away.js";
import { focusInView, h, keepingPlace } from "./dom.js";
import { browserStorage, deviceName, Draft } from "./saving/draft.js";
import { showOthers } from "./saving/elsewhere.js";
import { FieldView } from "./field.js";
import { Dependents } from "./values/dependents.js";
import { Neighbours, tellNeighbours } from "./tables/neighbours.js";
import { splitPath } from "./values/paths.js";
import { Pictures } from "./pictures.js";
import { Refs } from "./values/refs.js";
import { isShown } from "./values/shown.js";
import { Status } from "./saving/status.js";
import { SubmitView } from "./saving/submit.js";
import { Summary } from "./summary.js";
import { Sync } from "./saving/sync.js";
import { TableView } from "./tables/table.js";
import { translator } from "./texts.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Spec} Spec
 * @typedef {import("./types.js").Doc} Doc
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Value} Value
 * @typedef {import("./types.js").Overtaken} Overtaken
 * @typedef {import("./types.js").ConnectionState} ConnectionState
 *
 * What the parts of the form share.
 * @typedef {object} Context
 * @property {import("./types.js").Translate} t
 * @property {string} lang
 * @property {Answers} answers
 * @property {Record<string, Value>} computed
 * @property {Record<string, Value>} shown
 * @property {Refs} refs what there is to choose
 * @property {(field: import("./types.js").Field, table?: import("./types.js").Field | null, row?: string) => boolean} asked whether a
 *   field is shown
 * @property {Map<string, FieldView | TableView>} views by path
 * @property {(name: string) => string} newId the same name gives the same id after a reload
 * @property {(path: string, value: Value) => void} typed
 * @property {(text: string) => void} announce
 */

/** Numbers of the forms on the page: one that comes anew has that of the one before it, and so its ids. @type {Set<number>} */
const numbers = new Set();

/** The form of one exercise: fields, draft, line to the kernel and what is said about them. */
export class Form {
  /**
   * @param {Model} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    /** @type {Spec} */
    this.spec = model.get("spec");
    /** @type {Doc} */
    this.doc = model.get("doc");
    this.model = model;
    this.lang = model.get("lang") || "en";
    this.t = translator(model.get("texts") ?? {}, model.get("dir"));
    this.stop = new AbortController();
    this.trouble = "";
    this.wished = false;
    this.lost = false;
    this.submissions = this.doc.submissions ?? [];
    this.open = this.doc.open;
    this.openText = this.doc.open_text ?? "";
    /** Path of the control that is being typed in. */
    this.typing = "";
    /** @type {TableView[]} */
    this.tables = [];
    this.announcer = new Announcer();
    this.status = new Status(this.t);
    this.summary = new Summary();
    this.submitView = new SubmitView(this.t, this.spec.title, () => this.submit());

    const storage = this.doc.preview ? null : browserStorage();
    const { course, exercise } = this.spec;
    this.answers = new Answers(this.doc, new Draft(`academy/${this.doc.person}/${course}/${exercise}/`, storage));
    this.sync = new Sync(this.answers, {
      send: (content) => model.send(content),
      online: () => this.connection === "online",
      heard: (message, late, learned) => this.heard(message, late, learned),
      changed: () => this.tell(),
      later: (work, ms) => setTimeout(work, ms),
      never: (timer) => clearTimeout(timer),
      now: Date.now,
      device: deviceName(storage),
    });
    this.sync.hearClock(this.doc.clock);
    const asked = { fields: this.spec.fields, get: (/** @type {string} */ path) => this.answers.get(path) };
    this.pictures = new Pictures(this.doc.preview ? [] : (this.spec.pictures ?? []), this.t, {
      ask: (ids) => model.send({ kind: "pictures", n: 0, ids }),
      online: () => this.connection === "online",
    });
    this.number = 1;
    while (numbers.has(this.number)) this.number += 1;
    numbers.add(this.number);
    const prefix = `f${this.number}`;
    /** @type {Context} */
    this.context = {
      t: this.t,
      lang: this.lang,
      answers: this.answers,
      computed: { ...this.doc.computed },
      shown: this.doc.shown ?? {},
      refs: new Refs(this.spec.fields, this.doc, this.answers, this.t, this.lang),
      asked: (field, table, row) => isShown(asked, field, table, row),
      views: new Map(),
      // Names have no slash at their end, so nothing that is added to one id makes another.
      newId: (name) => `${prefix}/${name}/`,
      typed: (path, value) => this.typed(path, value),
      announce: (text) => this.announcer.announce(text),
    };
    this.advice = new AdviceView(this.context, this.spec.fields.length === 1);
    this.follow = new Dependents(this.context, this.spec.fields, this.tables);
    this.again = new AgainView(this.t, this.context.newId("again/title"), this.doc.again ?? []);
    this.submitView.button.id = this.context.newId("submit/button");
    this.away = this.doc.links ? new TakeAwayView(this, this.doc.links) : null;
    this.el = this.assemble(el);
    this.advice.show(this.doc.advice ?? [], false);
    this.listen();
    this.wished = this.sync.intent !== null;
    this.tell();
    if (this.wished || (!this.doc.preview && this.answers.unconfirmed().length)) this.sync.flush();
  }

  /** @returns {ConnectionState} a host that says nothing about its line has one */
  get connection() {
    return this.model.connection?.state ?? "online";
  }

  /** @param {HTMLElement} el */
  assemble(el) {
    const { fields, title } = this.spec;
    const views = fields.map((field) => {
      const view =
        factsOf(field).rows ? new TableView(this.context, field) : new FieldView(this.context, field, { path: field.id });
      this.context.views.set(field.id, view);
      if (view instanceof TableView) this.tables.push(view);
      view.setShown(this.context.asked(field));
      return view;
    });
    const root = h(
      "div",
      { class: "academy-form", "data-exercise": this.spec.exercise, role: "group", "aria-label": title, lang: this.lang, dir: this.model.get("dir") || "ltr" },
      this.doc.preview && h("p", { class: "preview" }, this.t("preview")),
      this.doc.typed_in && h("p", { class: "typed-in" }, this.doc.typed_in),
      this.summary.el,
      this.again.el,
      h("div", { class: "layout" }, h("div", { class: "fields" }, ...views.flatMap((view) => [view.el, ...this.pictures.after(view.field.id)]), ...this.pictures.after("")), this.advice.el),
      this.submitView.el,
      this.away?.el,
      this.status.el,
      this.announcer.el,
    );
    root.classList.toggle("tabular", this.tables.length > 0);
    el.append(root);
    return root;
  }

  listen() {
    const { signal } = this.stop;
    const receive = (/** @type {Message} */ message) =>
      message.kind === "pictures" ? this.pictures.heard(message.pictures ?? {}) : this.sync.receive(message);
    // The answer to a submission itself leads to what is to be read.
    const onMessage = (/** @type {Message} */ message) =>
      message.kind.endsWith("submitted") ? receive(message) : keepingPlace(focusInView(), () => receive(message));
    this.model.on("msg:custom", onMessage);
    const off = this.model.connection?.on(() => (this.sync.reconnected(), this.pictures.refresh()));
    signal.addEventListener("abort", () => (this.model.off("msg:custom", onMessage), off?.()));
    this.answers.onChange((path) => this.changed(path));
    const leave = () => {
      if (!this.doc.preview) this.sync.flush();
    };
    this.el.addEventListener("focusout", leave);
    window.addEventListener("pagehide", leave, { signal });
    window.addEventListener("beforeunload", (event) => this.beforeUnload(event), { signal });
    const seen = () => (document.hidden ? leave() : this.seen());
    document.addEventListener("visibilitychange", seen, { signal });
    if (this.buildsOnOthers()) new Neighbours(this.el, () => this.sync.refresh(), signal);
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.el.parentElement ?? this.el);
    signal.addEventListener("abort", () => observer.disconnect());
    window.addEventListener("resize", () => this.resize(), { signal });
    this.resize();
  }

  /** Whether something of other exercises is chosen or shown here. */
  buildsOnOthers() {
    return !this.doc.preview && [this.doc.options, this.doc.shown, this.doc.where].some((part) => Object.keys(part ?? {}).length);
  }

  /** Give tables the width they need, where the page lets a form be wider than its text. */
  resize() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const host = this.el.parentElement ?? this.el;
    const width = host.clientWidth;
    const room = host.closest("main") ? Math.min(document.documentElement.clientWidth - 3 * rem, 78 * rem) : width;
    for (const table of this.tables) table.resize(width, Math.max(width, room), rem);
    this.el.classList.toggle("roomy", width >= 60 * rem && !this.tables.length);
  }

  /** The page can be seen again: other tabs and devices may have gone on. */
  seen() {
    if (this.doc.preview) return;
    this.answers.reload();
    this.sync.refresh();
  }

  /** @param {BeforeUnloadEvent} event */
  beforeUnload(event) {
    if (!this.doc.preview && !this.answers.draft.kept) event.preventDefault();
  }

  /**
   * Somebody changed a control.
   * @param {string} path
   * @param {Value} value
   */
  typed(path, value) {
    this.typing = path;
    const changed = this.answers.set(path, value);
    this.typing = "";
    if (changed && !this.doc.preview) {
      this.trouble = "";
      this.sync.touched();
    }
  }

  /**
   * The answer of a path is another now, for whatever reason.
   * @param {string} path
   */
  changed(path) {
    const { field, row } = splitPath(path);
    // The control that was typed in shows it already.
    if (path !== this.typing) this.refreshView(path);
    const table = this.context.views.get(field);
    if (row && table instanceof TableView) table.cellChanged(row);
    this.follow.changed(path);
  }

  /** @param {string} path */
  refreshView(path) {
    const view = this.context.views.get(path);
    // What was wrong was said about another answer.
    view?.setError(null);
    if (view instanceof TableView) view.refresh();
    else view?.refresh(this.answers.get(path));
  }

  submit() {
    const refused = this.answers.refused();
    this.summary.hide();
    if (refused.length) return this.showProblems(this.t("refused"), refused.map(({ path, refused: text = "" }) => ({ path, text })));
    this.wished = true;
    this.lost = false;
    for (const view of this.context.views.values()) {
      view.setError(null);
      if (view instanceof FieldView) view.complain();
    }
    this.sync.submit();
  }

  /**
   * The kernel has spoken and the answers know.
   * @param {Message} message
   * @param {Overtaken[]} late
   * @param {import("./saving/answers.js").Learned[]} learned
   */
  heard(message, late, learned) {
    this.trouble = message.kind === "not-saved" ? (message.text ?? "") : "";
    if (message.submissions) this.submissions = message.submissions;
    if (message.open !== undefined) {
      this.open = message.open;
      this.openText = message.open_text ?? this.openText;
    }
    this.follow.heard(message);
    if (message.revs && message.kind !== "current") tellNeighbours(this.el, message.kind === "submitted", message.parts);
    if (message.again) this.again.show(message.again);
    if (message.kind === "current") this.pictures.refresh();
    else if (message.revs) this.pictures.saved(Object.keys(message.revs));
    showOthers(this.context.views, message, late, learned);
    for (const { path, refused } of this.answers.refused()) this.context.views.get(path)?.setError(refused ?? null);
    if (message.kind === "submitted") this.confirmSubmission(message);
    if (message.kind === "not-submitted") {
      this.wished = false;
      this.showProblems(message.text ?? "", message.problems ?? [], message.unseen === undefined);
    }
    // After a submission that failed the summary is read, and nothing over it.
    if (message.advice) this.advice.show(message.advice, message.kind !== "not-submitted");
  }

  /** @param {Message} message */
  confirmSubmission(message) {
    this.wished = false;
    this.lost = false;
    this.summary.hide();
    if (!message.submissions && message.submission) this.submissions = [...this.submissions, message.submission];
    this.tell();
    this.context.announce(this.submitView.done.textContent ?? "");
  }

  /**
   * @param {string} heading
   * @param {import("./types.js").Problem[]} problems
   * @param {boolean} [wrong] whether something is to be mended there
   */
  showProblems(heading, problems, wrong = true) {
    const items = problems.map(({ path, text }) => {
      const view = this.context.views.get(path);
      if (wrong) view?.setError(text);
      if (view instanceof FieldView) view.place.reveal?.();
      return { text, name: view?.name() ?? path, go: () => view?.focus() };
    });
    this.summary.show(heading, items, this.spec.title);
  }

  /** Say what is the case: what becomes of a submission first. */
  tell() {
    const { state, intent } = this.sync;
    // A wish that is gone without an answer was given up: the answers have changed since, or can't be taken.
    if (this.wished && !intent) {
      this.wished = false;
      this.lost = true;
    }
    const preview = Boolean(this.doc.preview);
    const kept = this.answers.draft.kept && this.answers.draft.writable;
    this.submitView.show({
      open: this.open,
      openText: this.openText,
      preview,
      busy: intent !== null,
      waits: intent !== null && state === "waiting",
      lost: this.lost,
      changed: this.sync.changedSince,
      submissions: this.submissions,
    });
    this.status.show({ state, connection: this.connection, kept, preview, trouble: this.trouble });
    this.away?.tell();
  }

  close() {
    numbers.delete(this.number);
    this.stop.abort();
    this.sync.close();
    this.pictures.close();
    this.el.remove();
  }
}
