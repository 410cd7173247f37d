import { h } from "../dom.js";

/**
 * A box to tick, with its label beside it.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeBool({ field, id, input }) {
  const el = h("input", { id, type: "checkbox", onchange: () => input(el.checked) });
  return {
    el: h("label", { class: "option" }, el, h("span", { class: "option-text" }, field.label)),
    named: "inside",
    inputs: [el],
    show(value) {
      el.checked = value === true;
    },
    focus: () => el.focus(),
  };
}
