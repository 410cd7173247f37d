import { isBlank } from "../values/values.js";
import { makeLine } from "./text.js";

/** The same rule as `academy/course/kinds/email.py`; whether mail arrives no rule can tell. */
const ADDRESS = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/**
 * An e-mail address, with the keyboard that has the at sign. It is written from left to right in every language.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeEmail(setting) {
  return {
    ...makeLine(setting, { inputmode: "email", dir: "ltr", autocapitalize: "none", spellcheck: "false" }),
    complain: (value) => (isBlank(value) || isAddress(value) ? null : setting.t("email_unclear")),
  };
}

/** @param {import("../types.js").Value} value */
export function isAddress(value) {
  return ADDRESS.test(String(value).trim());
}

/** @type {import("../offline/faults.js").Fault} */
export function emailFault(_field, value, { t }) {
  return isAddress(value) ? "" : t("email_unclear");
}
