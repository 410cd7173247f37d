import { h } from "../form/dom.js";

/** @typedef {import("./types.js").Port} Port */

/**
 * One thing that a grader changes: points or a comment. It is sent with the version that the page has seen. What is
 * refused stays in its field, beside what somebody else has written, and the grader chooses.
 */
export class Kept {
  /**
   * @param {Port} port
   * @param {"points" | "comment"} kind
   * @param {{id: string, version: string}} row as the gradebook has it
   * @param {() => string} read what the field says
   * @param {(row: any) => void} show put what the gradebook has into the field
   */
  constructor(port, kind, row, read, show) {
    this.port = port;
    this.kind = kind;
    this.row = row;
    this.read = read;
    this.show = show;
    this.sent = read();
    /** @type {Promise<void> | null} */
    this.sending = null;
    this.state = h("span", { class: "state", role: "status" });
    this.clash = h("div", { class: "clash", role: "alert", hidden: true });
  }

  /** Whether something is written that is not kept. */
  get open() {
    return this.read() !== this.sent || Boolean(this.sending) || !this.clash.hidden;
  }

  /** Keep what the field says; one after the other. `anyway` keeps also what has not changed. */
  async save(anyway = false) {
    while (this.sending) await this.sending;
    if (this.read() === this.sent && !anyway) return;
    this.sending = this.send();
    await this.sending;
    this.sending = null;
  }

  async send() {
    const value = this.read();
    this.clash.hidden = true;
    this.state.textContent = this.port.t("saving");
    const { id, version } = this.row;
    const content = this.kind === "points" ? { points: value.trim() === "" ? null : value } : { text: value };
    const answer = await this.port.ask({ kind: this.kind, id, version, ...content });
    if (answer.kind === "kept") {
      this.row = answer.now;
      this.sent = value;
      if (this.read() === value) this.take();
      this.state.textContent = this.port.t("saved");
      return;
    }
    this.state.textContent = "";
    this.ask(answer);
  }

  /** Show what the gradebook has. */
  take() {
    this.show(this.row);
    this.sent = this.read();
  }

  /** @param {{text: string, now?: any}} answer why it was not kept */
  ask({ text, now }) {
    const { t } = this.port;
    const act = (/** @type {string} */ label, /** @type {() => void} */ work) =>
      h("button", { type: "button", class: "plain", onclick: () => ((this.clash.hidden = true), work()) }, label);
    const choices = now
      ? [act(t("mine"), () => ((this.row = now), this.save(true))), act(t("theirs"), () => ((this.row = now), this.take()))]
      : [act(t("again"), () => this.save(true))];
    const theirs = now && (this.kind === "points" ? now.manual_score : now.manual_comment);
    this.clash.replaceChildren(
      h("p", null, text),
      now && h("p", { class: "kept", dir: "auto" }, t("they_gave", { value: theirs ?? t("nothing") })),
      ...choices,
    );
    this.clash.hidden = false;
  }
}
