import { h } from "./dom.js";

/**
 * @typedef {import("./types.js").Advice} Advice
 * @typedef {import("./form.js").Context} Context
 */

/** Questions that the checks ask while somebody writes: all in one list, and each at the fields it is about. */
export class AdviceView {
  /**
   * @param {Context} context
   * @param {boolean} single the form is one field, so a question about it needs no second place
   */
  constructor(context, single) {
    this.context = context;
    this.single = single;
    const id = context.newId("advice/title");
    this.list = h("ul", null);
    this.el = h(
      "section",
      { class: "advice", "aria-labelledby": id },
      h("p", { class: "advice-title", id }, context.t("questions")),
      this.list,
    );
    /** @type {Set<string>} */
    this.known = new Set();
  }

  /**
   * @param {Advice[]} advice
   * @param {boolean} aloud tell that there is a new question
   */
  show(advice, aloud) {
    const fresh = advice.some((item) => !this.known.has(item.id));
    this.known = new Set(advice.map((item) => item.id));
    this.list.replaceChildren(...advice.map((item) => h("li", null, item.text)));
    this.el.hidden = advice.length === 0;
    for (const [path, view] of this.context.views) {
      const here = advice.filter((item) => item.fields.includes(path) && !(this.single && !path.includes("/")));
      view.setQuestions(here.map((item) => item.text));
    }
    if (fresh && aloud) this.context.announce(this.context.t("new_question", { n: advice.length }));
  }
}
