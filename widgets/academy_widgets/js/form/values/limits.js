import { isSeveral } from "../fields/facts.js";
import { countCharacters, countWords } from "./words.js";

/** @typedef {import("../types.js").Field} Field */
/** @typedef {import("../types.js").Value} Value */
/** @typedef {import("../types.js").Translate} Translate */
/** @typedef {"under"|"within"|"over"} Standing */

/**
 * Say in words where a count stands between its limits.
 * @param {Translate} t
 * @param {"words"|"chars"|"chosen"|"rows"} what
 * @param {number} count
 * @param {number | null | undefined} least
 * @param {number | null | undefined} most
 * @returns {{text: string, standing: Standing}}
 */
export function describeCount(t, what, count, least, most) {
  const from = least ?? 0;
  const to = most ?? Infinity;
  const span = from > 0 && to < Infinity ? "between" : to < Infinity ? "most" : "least";
  const text = t(`${what}_${span}`, { n: count, least: from, most: to });
  return { text, standing: count > to ? "over" : count < Math.max(from, 1) ? "under" : "within" };
}

/**
 * Where a value stands between the limits of its field, or null when its field has none to count.
 * @param {Translate} t
 * @param {Field} field
 * @param {Value} value
 * @returns {{text: string, standing: Standing} | null}
 */
export function describeValue(t, field, value) {
  const text = typeof value === "string" ? value : "";
  if (field.words) return describeCount(t, "words", countWords(text), field.words[0], field.words[1]);
  if (field.chars) return describeCount(t, "chars", countCharacters(text), 0, field.chars);
  if (isSeveral(field) && field.choose) {
    return describeCount(t, "chosen", Array.isArray(value) ? value.length : 0, field.choose[0], field.choose[1]);
  }
  return null;
}
