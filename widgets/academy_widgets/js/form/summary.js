import { h, set } from "./dom.js";

/** @typedef {{text: string, name: string, go: () => void}} Item */

/** What stops a submission, listed above the form with a link to each place. */
export class Summary {
  constructor() {
    // The focus goes there, and so it is read. An alert would be read a second time.
    this.el = h("div", { class: "summary", role: "group", tabindex: -1, hidden: true });
  }

  /**
   * @param {string} heading
   * @param {Item[]} items
   * @param {string} title of the exercise
   */
  show(heading, items, title) {
    const entries = items.map(({ name, text, go }) => {
      const onclick = (/** @type {Event} */ event) => (event.preventDefault(), go());
      return h("li", null, h("a", { href: "#", onclick }, h("bdi", null, name), ` – ${text}`));
    });
    this.el.replaceChildren(h("p", { class: "summary-title" }, heading), h("ul", null, ...entries));
    set(this.el, "aria-label", `${title}: ${heading}`);
    this.el.hidden = false;
    this.el.focus();
    this.el.scrollIntoView({ block: "start" });
  }

  hide() {
    this.el.hidden = true;
    this.el.replaceChildren();
  }
}
