import { h } from "./dom.js";

/** Says short sentences to screen readers, politely, without showing them. */
export class Announcer {
  constructor() {
    this.el = h("p", { class: "unseen", "aria-live": "polite" });
    this.odd = false;
  }

  /** @param {string} text */
  announce(text) {
    // The same sentence twice is read twice only if it differs.
    this.odd = !this.odd;
    this.el.textContent = this.odd ? text : `${text}\u00a0`;
  }
}
