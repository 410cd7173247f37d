import { displayValue } from "../display.js";
import { h } from "../dom.js";

/**
 * A text that is only read: what another exercise holds, or what is computed.
 * @param {import("./controls.js").Setting} setting
 * @returns {import("./controls.js").Control}
 */
export function makeShown({ field, id, t, lang }) {
  const el = h("output", { id, class: "shown", dir: "auto", tabindex: -1, "aria-live": "off" });
  return {
    el,
    named: "output",
    inputs: [],
    show(value) {
      el.textContent = displayValue(field, value, t, lang) || t("nothing_yet");
    },
    focus: () => el.focus(),
  };
}
