import { factsOf } from "./fields/facts.js";
import { formatAmount } from "./values/numbers.js";
import { isBlank } from "./values/values.js";

/** @typedef {import("./types.js").Field} Field */
/** @typedef {import("./types.js").Value} Value */
/** @typedef {import("./types.js").Translate} Translate */

/**
 * A value as a person reads it, on one line; empty when there is none.
 * @param {Field} field
 * @param {Value} value
 * @param {Translate} t
 * @param {string} lang
 * @returns {string}
 */
export function displayValue(field, value, t, lang) {
  if (isBlank(value)) return "";
  const label = (/** @type {unknown} */ id) => field.options?.find((option) => option.id === id)?.label ?? String(id);
  if (Array.isArray(value)) return listed(value.map(label), "unit", lang);
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "number") return `${formatAmount(value, lang)}${field.unit ? ` ${field.unit}` : ""}`;
  const { display } = factsOf(field);
  if (display) return display(String(value), lang);
  return field.options ? label(value) : String(value);
}

/**
 * Several things in a row, as the language writes them; by commas where the browser does not know how.
 * @param {string[]} items
 * @param {"unit" | "disjunction"} type
 * @param {string} lang
 */
export function listed(items, type, lang) {
  try {
    return new Intl.ListFormat(lang, { type }).format(items);
  } catch {
    return items.join(", ");
  }
}
