import { h, setText, set } from "../dom.js";
import { named } from "../texts.js";
import { maySpeak } from "../voice.js";

/**
 * @typedef {import("../types.js").Translate} Translate
 * @typedef {import("../types.js").Submission} Submission
 *
 * @typedef {object} Standing
 * @property {boolean} open
 * @property {string} openText
 * @property {boolean} preview
 * @property {boolean} busy a submission is on its way
 * @property {boolean} waits it waits for the line
 * @property {boolean} lost a wish to submit was given up, because the answers have changed since
 * @property {boolean} changed answers have changed since the last submission
 * @property {Submission[]} submissions
 */

/** The end of the form: the button, and what has become of earlier presses. */
export class SubmitView {
  /**
   * @param {Translate} t
   * @param {string} title of the exercise: a page has several such buttons
   * @param {() => void} submit
   */
  constructor(t, title, submit) {
    this.t = t;
    this.title = title;
    const press = () => this.button.getAttribute("aria-disabled") || submit();
    this.button = h("button", { type: "button", class: "submit", onclick: press });
    this.done = h("p", { class: "submitted" });
    this.note = h("p", { class: "submit-note", role: "status" });
    this.closed = h("p", { class: "submit-closed" });
    this.el = h("div", { class: "end" }, this.done, this.closed, this.button, this.note);
  }

  /** @param {Standing} standing */
  show({ open, openText, preview, busy, waits, lost, changed, submissions }) {
    const t = this.t;
    const last = submissions[submissions.length - 1];
    const done = last ? t("submitted", { when: last.at_text, n: last.number }) : "";
    setText(this.done, last?.by_text ? `${done} ${last.by_text}` : done);
    setText(this.closed, open || preview ? "" : openText || t("not_open"));
    const name = t(last ? "submit_again" : "submit");
    setText(this.button, name);
    set(this.button, "aria-label", named(t, name, this.title));
    set(this.button, "aria-disabled", !open || preview || (busy && !waits) ? "true" : null);
    this.button.hidden = preview;
    const note = waits ? "submit_waits" : lost ? "submit_lost" : busy ? "submitting" : changed ? "changed_since" : "";
    const text = note && t(note);
    if (text && this.note.textContent !== text) set(this.note, "aria-live", !waits || maySpeak(this.note) ? "polite" : "off");
    setText(this.note, text);
  }
}
