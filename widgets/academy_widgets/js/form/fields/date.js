import { h } from "../dom.js";

/**
 * A day, by the device's own calendar.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeDate({ field, id, t, input }) {
  const el = h("input", {
    id,
    type: "date",
    class: "date",
    min: field.earliest,
    max: field.latest,
    onchange: () => input(el.value || null),
    oninput: () => input(el.value || null),
  });
  return {
    el,
    named: "label",
    inputs: [el],
    show(value) {
      const text = typeof value === "string" ? value : "";
      // A day that is half typed has no value yet: writing over it would take the half away.
      if (el.value !== text && !el.validity.badInput) el.value = text;
    },
    focus: () => el.focus(),
    complain: () => (el.validity.badInput ? t("date_unclear") : null),
  };
}
