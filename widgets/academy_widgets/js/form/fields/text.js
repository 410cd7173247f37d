import { h, set } from "../dom.js";

/** An answer of so many words at most fits two lines. */
const BRIEF = 25;
const grows = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

/**
 * Free text: one line, or an area that grows with what is written.
 * @param {import("./controls.js").Setting} setting
 * @returns {import("./controls.js").Control}
 */
export function makeText({ field, id, input }) {
  const shared = { id, placeholder: field.placeholder || null, autocomplete: "off" };
  const el =
    field.type === "line"
      ? h("input", { ...shared, type: "text", class: "line" })
      : h("textarea", { ...shared, rows: 3, class: (field.words?.[1] ?? BRIEF + 1) > BRIEF ? null : "brief" });
  const fit = () => {
    // An empty field keeps the page's direction; a text has the direction of what is written.
    set(el, "dir", el.value ? "auto" : null);
    if (grows || !(el instanceof HTMLTextAreaElement)) return;
    el.style.blockSize = "auto";
    el.style.blockSize = `${el.scrollHeight + 2}px`;
  };
  el.addEventListener("input", () => {
    fit();
    input(el.value === "" ? null : el.value);
  });
  el.addEventListener("focus", fit);
  return {
    el,
    named: "label",
    inputs: [el],
    show(value) {
      const text = value === null ? "" : String(value);
      if (el.value !== text) el.value = text;
      fit();
    },
    focus: () => el.focus(),
  };
}
