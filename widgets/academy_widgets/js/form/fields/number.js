import { h } from "../dom.js";
import { editable, fitsStep, formatAmount, formatNumber, meanings, parseNumber } from "../values/numbers.js";
import { isBlank, same } from "../values/values.js";

/**
 * A number as people write it. What was understood is shown at once; what can be read in two ways is asked about; what
 * is not a number stays as it was typed.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
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
    oninput: () => typed(),
  });
  const unit = field.unit ? h("span", { id: `${id}-unit`, class: "unit" }, field.unit) : null;
  const understood = h("div", { class: "count understood", id: `${id}-understood` });
  const amount = (/** @type {number} */ value) => formatAmount(value, lang);

  const typed = () => {
    explain();
    input(parseNumber(el.value, field));
  };
  /** Say how the text is read, where it does not stand there in the same way. */
  const explain = () => {
    const found = meanings(el.value, field);
    const plain = found.length === 1 && sameDigits(el.value, amount(found[0]));
    understood.hidden = !found.length || plain;
    if (understood.hidden) understood.replaceChildren();
    else if (found.length === 1) understood.replaceChildren(t("number_understood", { n: amount(found[0]) }));
    else understood.replaceChildren(t("number_which"), h("div", { class: "buttons" }, ...found.map(choice)));
  };
  const choice = (/** @type {number} */ value) => {
    const onclick = () => {
      el.value = editable(value, lang);
      typed();
      el.focus();
    };
    return h("button", { type: "button", onclick }, amount(value));
  };
  return {
    el: h("div", null, unit ? h("span", { class: "with-unit" }, el, unit) : el, understood),
    named: "label",
    inputs: [el],
    explains: `${id}-understood`,
    show(value) {
      if (!same(parseNumber(el.value, field), value)) el.value = typeof value === "number" ? editable(value, lang) : formatNumber(value, lang);
      explain();
    },
    focus: () => el.focus(),
    complain(value) {
      if (isBlank(value)) return null;
      if (typeof value !== "number") return t(meanings(String(value), field).length ? "number_choose" : "number_unclear");
      const [low, high] = field.range ?? [null, null];
      if ((low === null || value >= low) && (high === null || value <= high)) {
        if (fitsStep(value, field)) return null;
        return field.step === 1 ? t("number_whole") : t("number_step", { step: formatNumber(field.step, lang) });
      }
      const words = { low: formatNumber(low, lang), high: formatNumber(high, lang) };
      return t(low === null ? "number_most" : high === null ? "number_least" : "number_between", words);
    },
  };
}

/**
 * Whether a text says a number as it would be shown: then there is nothing to explain.
 * @param {string} text
 * @param {string} shown
 */
function sameDigits(text, shown) {
  const bare = (/** @type {string} */ one) => one.replace(/[\s\u061c\u200e\u200f\u2066-\u2069]/g, "");
  return text.trim() === shown.replace(/[\u2066-\u2069]/g, "") || (!/\s/.test(text.trim()) && bare(text) === bare(shown) && bare(text).length < 5);
}
