import { h, retext } from "../dom.js";

/** The same rule as `academy/course/kinds/email.py`; whether mail arrives no rule can tell. */
const ADDRESS = /^[^ @]+@[^ @.]+(\.[^ @.]+)+$/;

/**
 * An e-mail address, with the keyboard that has the at sign. It is written from left to right in every language.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeEmail({ field, id, t, input }) {
  const typed = () => input(el.value || null);
  const el = h("input", { id, type: "text", inputmode: "email", dir: "ltr", autocapitalize: "none", spellcheck: "false", class: "line", placeholder: field.placeholder || null, autocomplete: "off", oninput: typed });
  return {
    el,
    named: "label",
    inputs: [el],
    show(value) {
      const text = String(value ?? "");
      if (el.value !== text) retext(el, text);
    },
    focus: () => el.focus(),
    complain: (value) => (typeof value === "string" && value.trim() && !isAddress(value) ? t("email_unclear") : null),
  };
}

/** @param {string} text */
function isAddress(text) {
  return ADDRESS.test(text.replace(/^ +| +$/g, ""));
}

/** @type {import("../offline/faults.js").Fault} */
export function emailFault(_field, value, { t }) {
  return isAddress(String(value)) ? "" : t("no_email");
}
