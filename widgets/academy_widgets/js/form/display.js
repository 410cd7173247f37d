import { formatNumber, isBlank } from "./values.js";

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
  if (Array.isArray(value)) return new Intl.ListFormat(lang, { type: "unit" }).format(value.map(label));
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (field.type === "number") return `${formatNumber(value, lang)}${field.unit ? ` ${field.unit}` : ""}`;
  if (field.type === "date") return displayDate(String(value), lang);
  return field.options ? label(value) : String(value);
}

/**
 * @param {string} value YYYY-MM-DD
 * @param {string} lang
 */
function displayDate(value, lang) {
  const [year, month, day] = value.split("-").map(Number);
  const date = new Date(year, month - 1, day);
  if (Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(lang, { dateStyle: "long" }).format(date);
}
