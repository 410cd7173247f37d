/** @typedef {import("../form/types.js").Model} Model */

/** So long the kernel has for an answer; after that the page says that it did not work. */
const PATIENCE = 20_000;

/** Questions to the kernel, each of which gets its own answer. */
export class Asking {
  /**
   * @param {Model} model
   * @param {(key: string) => string} t
   */
  constructor(model, t) {
    this.model = model;
    this.t = t;
    this.asked = 0;
    /** @type {Map<number, (answer: any) => void>} */
    this.waiting = new Map();
  }

  /**
   * Ask; the answer is one of the kernel's, or that it did not work.
   * @param {Record<string, unknown>} message
   * @returns {Promise<any>}
   */
  ask(message) {
    const ask = ++this.asked;
    return new Promise((resolve) => {
      const late = setTimeout(() => this.heard({ ask, kind: "not-done", text: this.t("no_answer") }), PATIENCE);
      this.waiting.set(ask, (answer) => {
        clearTimeout(late);
        this.waiting.delete(ask);
        resolve(answer);
      });
      this.model.send({ ...message, ask });
    });
  }

  /** Give an answer to who waits for it. @param {any} message */
  heard(message) {
    if (message?.ask) this.waiting.get(message.ask)?.(message);
  }
}
