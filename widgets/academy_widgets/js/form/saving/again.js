import { h } from "../dom.js";

/** What the answers build on and has changed since they were submitted, with the old and the new value. */
export class AgainView {
  /**
   * @param {import("../types.js").Translate} t
   * @param {string} id
   * @param {import("../types.js").Again[]} items
   */
  constructor(t, id, items) {
    this.t = t;
    this.list = h("ul", null);
    this.el = h(
      "section",
      { class: "advice again", "aria-labelledby": id },
      h("p", { class: "advice-title", id }, t("check_again")),
      h("p", null, t("check_again_why")),
      this.list,
    );
    this.show(items);
  }

  /** @param {import("../types.js").Again[]} items */
  show(items) {
    const { t } = this;
    const part = (/** @type {string} */ key, /** @type {string} */ text) =>
      h("span", { class: "part" }, `${t(key)}: `, h("bdi", null, text || t("nothing")));
    this.list.replaceChildren(
      ...items.map(({ label, was, now }) => h("li", null, h("b", null, label), part("was", was), part("is_now", now))),
    );
    this.el.hidden = items.length === 0;
  }
}
