import { isBlank } from "../values/values.js";
import { makeLine } from "./text.js";

/** The same rule as `academy/course/kinds/email.py`; whether mail arrives no rule can tell. */
const ADDRESS = /^ *[^ @]+@[^ @.]+(\.[^ @.]+)+ *$/;

/**
 * An e-mail address, with the keyboard that has the at sign. It is written from left to right in every language.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeEmail(setting) {
  return {
    ...makeLine(setting, { inputmode: "email", dir: "ltr", autocapitalize: "none", spellcheck: "false" }),
    complain: (value) => (isBlank(value) || ADDRESS.test(String(value)) ? null : setting.t("email_unclear")),
  };
}

/** @type {import("../offline/faults.js").Fault} */
export function emailFault(_field, value, { t }) {
  return ADDRESS.test(String(value)) ? "" : t("email_unclear");
}
