import { displayValue } from "../display.js";
import { h } from "../dom.js";
import { factsOf } from "./facts.js";
import { isBlank } from "../values/values.js";

/**
 * A text that is only read: what another exercise holds, or what is computed.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeShown({ field, id, t, lang, instead = () => null }) {
  const el = h("output", { id, class: "shown", dir: "auto", tabindex: -1, "aria-live": "off" });
  return {
    el,
    named: "output",
    inputs: [],
    show(value) {
      const hint = isBlank(value) ? instead() : null;
      if (Array.isArray(value) && value.length > 1) {
        el.replaceChildren(...value.map((text) => h("span", { class: "shown-item", dir: "auto" }, text)));
      } else if (hint) {
        el.replaceChildren(hint.page ? h("a", { href: hint.page }, hint.text) : hint.text);
      } else {
        el.textContent = displayValue(field, Array.isArray(value) ? value[0] : value, t, lang) || t(factsOf(field).computed ? "computed_yet" : "nothing_yet");
      }
    },
    focus: () => el.focus(),
  };
}
