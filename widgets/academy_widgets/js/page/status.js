// One line at the top that says what the page is doing when it matters: starting, offline, back, ended.

import { element } from "./dom.js";

/** Short losses of the line are nobody's business. */
const OFFLINE_AFTER = 2_000;
const BACK_FOR = 4_000;

export class Status {
  /**
   * @param {HTMLElement} el a live region
   * @param {Record<string, string>} texts
   */
  constructor(el, texts) {
    this.el = el;
    this.texts = texts;
    this.shown = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * @param {string} key of the sentence; "" clears the line
   * @param {Node[]} more a link or button after it
   */
  say(key, ...more) {
    clearTimeout(this.timer);
    this.shown = key;
    this.el.replaceChildren(...(key ? [element("span", { textContent: this.texts[key] }), ...more] : []));
    this.el.dataset.state = key;
  }

  /**
   * @param {import("./types.js").ConnectionState} state
   * @param {boolean} said a widget says it already
   */
  follow(state, said) {
    clearTimeout(this.timer);
    if (state === "offline" && this.shown !== "offline" && !said) {
      this.timer = setTimeout(() => this.say("offline"), OFFLINE_AFTER);
    } else if (state === "online" && this.shown === "offline") {
      this.say("back");
      this.timer = setTimeout(() => this.say(""), BACK_FOR);
    }
  }

  /** A button that opens the page again. */
  reopen() {
    return element("button", {
      type: "button",
      textContent: this.texts.reopen,
      onclick: () => location.reload(),
    });
  }
}
