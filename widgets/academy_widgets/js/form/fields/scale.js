import { about, h, set } from "../dom.js";
import { formatNumber } from "../values/numbers.js";

/**
 * A step between two ends, as a row of big targets.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeScale({ field, id, t, lang, input }) {
  const [low, high] = [field.range?.[0] ?? 1, field.range?.[1] ?? 5];
  const steps = Array.from({ length: high - low + 1 }, (_, place) => low + place);
  const radios = steps.map((step) =>
    h("input", { type: "radio", id: `${id}-${step}`, name: id, value: step, onchange: () => choose(step) }),
  );
  const clear = h("button", { type: "button", class: "quiet", onclick: () => emptied() }, ...about(t("clear_choice"), field.label));
  const choose = (/** @type {number | null} */ value) => {
    set(clear, "hidden", field.required || value === null);
    input(value);
  };
  const emptied = () => {
    for (const radio of radios) radio.checked = false;
    choose(null);
    radios[0].focus();
  };
  const meaning = (/** @type {number} */ step) => (step === low ? field.low : step === high ? field.high : "");
  const el = h(
    "div",
    { class: "scale" },
    h(
      "div",
      { class: "steps" },
      ...steps.map((step, place) =>
        h(
          "label",
          { class: "point" },
          radios[place],
          h("span", { class: "face" }, formatNumber(step, lang)),
          meaning(step) && h("span", { class: "unseen" }, ` ${meaning(step)}`),
        ),
      ),
    ),
    (field.low || field.high) &&
      h("div", { class: "ends", "aria-hidden": "true" }, h("span", null, field.low), h("span", null, field.high)),
    clear,
  );
  return {
    el,
    named: "legend",
    inputs: [],
    show(value) {
      for (const radio of radios) radio.checked = radio.value === String(value);
      set(clear, "hidden", field.required || value === null);
    },
    focus: () => (radios.find((radio) => radio.checked) ?? radios[0])?.focus(),
  };
}
