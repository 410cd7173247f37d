import { h } from "../dom.js";
import { formatNumber, isBlank, parseNumber, same } from "../values.js";

/**
 * A number as people write it. What is not a number stays as it was typed.
 * @param {import("./controls.js").Setting} setting
 * @returns {import("./controls.js").Control}
 */
export function makeNumber({ field, id, t, lang, input }) {
  const el = h("input", {
    id,
    type: "text",
    // Keyboards of numbers have no minus, and those of whole numbers no point.
    inputmode: (field.range?.[0] ?? 0) < 0 ? "text" : Number.isInteger(field.step) ? "numeric" : "decimal",
    autocomplete: "off",
    class: "number",
    placeholder: field.placeholder || null,
    oninput: () => input(parseNumber(el.value)),
  });
  const unit = field.unit ? h("span", { id: `${id}-unit`, class: "unit" }, field.unit) : null;
  return {
    el: unit ? h("span", { class: "with-unit" }, el, unit) : el,
    named: "label",
    inputs: [el],
    show(value) {
      if (!same(parseNumber(el.value), value)) el.value = formatNumber(value, lang);
    },
    focus: () => el.focus(),
    complain(value) {
      if (isBlank(value)) return null;
      if (typeof value !== "number") return t("number_unclear");
      const [low, high] = field.range ?? [null, null];
      if ((low === null || value >= low) && (high === null || value <= high)) return null;
      const words = { low: formatNumber(low, lang), high: formatNumber(high, lang) };
      return t(low === null ? "number_most" : high === null ? "number_least" : "number_between", words);
    },
  };
}
