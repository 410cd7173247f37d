import { h } from "../dom.js";
import { named } from "../texts.js";

/**
 * @typedef {import("../form.js").Form} Form
 *
 * Where the form goes on without this page.
 * @typedef {object} Links
 * @property {string} file the form as a file, to fill in without internet
 * @property {string} answers the page that takes answers files
 * @property {string} sheet what stands on the paper form besides the fields
 * @property {string} paper the code that lays the paper form out
 * @property {string} style its style
 */

/** The ways to fill the form in elsewhere: in a file without internet, or on paper. */
export class TakeAwayView {
  /**
   * @param {Form} form
   * @param {Links} links
   */
  constructor(form, links) {
    this.form = form;
    this.links = links;
    const { t } = form;
    const name = (/** @type {string} */ key) => named(t, t(key), form.spec.title);
    // The file holds what the server has: what was just typed has to be there first.
    this.wanted = false;
    this.file = h("a", { href: links.file, download: "", "aria-label": name("download_form"), onclick: (/** @type {Event} */ event) => this.wait(event) }, t("download_form"));
    this.el = h(
      "p",
      { class: "away" },
      this.file,
      h("a", { href: links.answers, "aria-label": name("bring_answers") }, t("bring_answers")),
      h("button", { type: "button", class: "quiet", "aria-label": name("print"), onclick: () => this.print() }, t("print")),
    );
  }

  /** @param {Event} event */
  wait(event) {
    if (!this.unsaved || this.form.connection !== "online") return;
    event.preventDefault();
    this.wanted = true;
    this.form.sync.flush();
  }

  get unsaved() {
    return this.form.answers.unconfirmed().length > 0;
  }

  /** Something has changed: perhaps everything is saved now. */
  tell() {
    if (!this.wanted || this.unsaved) return;
    this.wanted = false;
    this.file.click();
  }

  /** Lay the form out for paper; where that can't be loaded, the page itself is printed. */
  async print() {
    const { sheet, paper, style } = this.links;
    try {
      const [{ printPaper }, answer] = await Promise.all([import(paper), fetch(sheet), this.load(style)]);
      if (!answer.ok) throw new Error(answer.statusText);
      printPaper(this.form, await answer.json());
    } catch {
      window.print();
    }
  }

  /** @param {string} href */
  load(href) {
    if (document.querySelector(`link[href="${href}"]`)) return;
    return new Promise((done, failed) => {
      document.head.append(h("link", { rel: "stylesheet", href, onload: done, onerror: failed }));
    });
  }
}
