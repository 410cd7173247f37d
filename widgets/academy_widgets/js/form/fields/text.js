import { h, retext, set } from "../dom.js";

/** An answer of so many words at most fits two lines. */
const BRIEF = 25;
const grows = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

/**
 * Free text in an area that grows with what is written.
 *
 * Where the browser can't size an area by its text, the same text stands unseen behind it and gives it its height: on
 * whatever width, after unfolding, on paper, and without anybody measuring.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeText(setting) {
  return makeWords(setting, null);
}

/**
 * One line of free text, or of a text that some keyboard is made for.
 * @param {import("./kinds.js").Setting} setting
 * @param {Record<string, string>} [more] attributes of the element; `dir` where the direction is known
 * @returns {import("./kinds.js").Control}
 */
export function makeLine(setting, more = {}) {
  return makeWords(setting, more);
}

/**
 * @param {import("./kinds.js").Setting} setting
 * @param {Record<string, string> | null} line null for an area
 * @returns {import("./kinds.js").Control}
 */
function makeWords({ field, id, input }, line) {
  const shared = { id, placeholder: field.placeholder || null, autocomplete: "off" };
  const el = line
    ? h("input", { ...shared, type: "text", class: "line", ...line })
    : h("textarea", { ...shared, rows: 3, class: (field.words?.[1] ?? BRIEF + 1) > BRIEF ? null : "brief" });
  const frame = !line && !grows ? h("div", { class: "grows" }, el) : el;
  const fit = () => {
    // An empty field keeps the page's direction; a text has the direction of what is written.
    set(el, "dir", line?.dir ?? (el.value ? "auto" : null));
    if (frame !== el) frame.dataset.text = el.value;
  };
  el.addEventListener("input", () => {
    fit();
    input(el.value === "" ? null : el.value);
  });
  return {
    el: frame,
    named: "label",
    inputs: [el],
    show(value) {
      const text = value === null ? "" : String(value);
      if (el.value !== text) retext(el, text);
      fit();
    },
    focus: () => el.focus(),
  };
}
