import { h, setText } from "../dom.js";
import { findProblems } from "./checks.js";
import { copy, download, fileName, readFile, writeFile } from "./file.js";

/**
 * @typedef {import("../form.js").Form} Form
 * @typedef {import("./file.js").Ticket} Ticket
 */

/** The end of the form in the file: where else there is the button to submit, here the answers become a file. */
export class EndBar {
  /**
   * @param {Form} form
   * @param {Ticket} ticket
   * @param {string} name whose form it is
   */
  constructor(form, ticket, name) {
    const { t } = form;
    this.form = form;
    this.ticket = ticket;
    this.name = name;
    this.savedAt = 0;
    this.note = h("p", { class: "submit-note", role: "status", hidden: true });
    this.box = h("textarea", { id: "academy-text", readonly: true, rows: 4, dir: "ltr" });
    this.copied = h("p", { class: "submit-note", role: "status", hidden: true });
    this.file = h("input", { type: "file", id: "academy-file", onchange: () => this.open() });
    const button = (/** @type {string} */ key, /** @type {() => void} */ onclick, kind = "") =>
      h("button", { type: "button", class: kind, onclick }, t(key));
    this.more = h(
      "details",
      { class: "hint", ontoggle: () => this.fill() },
      h("summary", null, t("no_file")),
      h("p", { class: "help" }, t("no_file_help")),
      h("label", { class: "label", for: "academy-text" }, t("answers_text")),
      this.box,
      h("div", { class: "buttons" }, button("copy", () => this.copy())),
      this.copied,
    );
    const back = h(
      "details",
      { class: "hint" },
      h("summary", null, t("open_file")),
      h("p", { class: "help" }, t("open_file_help")),
      h("label", { class: "label", for: "academy-file" }, t("answers_file")),
      this.file,
    );
    this.el = h(
      "div",
      { class: "end" },
      h("p", null, t("save_file_help")),
      button("save_file", () => this.save(), "submit"),
      this.note,
      h("div", { class: "buttons" }, button("look_over", () => this.look()), button("print", () => window.print())),
      this.more,
      back,
    );
    form.answers.onChange(() => this.changed());
  }

  get text() {
    return writeFile(this.ticket, this.form.answers);
  }

  save() {
    const { t, answers } = this.form;
    if (!answers.unconfirmed().length) return setText(this.note, t("nothing_to_save"));
    const name = fileName(this.ticket, this.form.spec.title, this.name);
    download(name, this.text);
    this.savedAt = answers.latest;
    setText(this.note, t("file_saved", { name }));
  }

  /** What was said was about other answers; and what is in the file is not the newest any more. */
  changed() {
    const { answers, t } = this.form;
    setText(this.note, this.savedAt && answers.latest > this.savedAt ? t("file_outdated") : "");
    this.fill();
  }

  fill() {
    if (this.more.open) this.box.value = this.text;
  }

  async copy() {
    const done = await copy(this.box);
    setText(this.copied, this.form.t(done ? "text_copied" : "text_selected"));
  }

  /** Name what is missing, as far as that can be seen without a server. */
  look() {
    const { form } = this;
    const { t } = form;
    const { asked, refs } = form.context;
    const known = { t, asked, get: (/** @type {string} */ path) => form.answers.get(path), options: refs.of.bind(refs) };
    const problems = findProblems(form.spec.fields, known);
    form.summary.hide();
    for (const view of form.context.views.values()) view.setError(null);
    if (problems.length) form.showProblems(t("gaps", { n: problems.length }), problems);
    else setText(this.note, t("no_gaps"));
  }

  async open() {
    const { form } = this;
    const [file] = this.file.files ?? [];
    if (!file) return;
    const count = readFile(await file.text(), this.ticket, form.answers);
    const { t } = form;
    setText(this.note, count === null ? t("other_file") : t("file_opened", { n: count }));
    this.file.value = "";
    this.note.scrollIntoView({ block: "center" });
  }
}
