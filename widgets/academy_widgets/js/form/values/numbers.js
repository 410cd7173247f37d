// The same rule as academy/numbers.py; both are held to tests/data/numbers.json.
import { isBlank } from "./values.js";

/** @typedef {import("../types.js").Value} Value */
/** @typedef {{step?: number, range?: [number | null, number | null]}} Steps */

const LONGEST = 40;
// Marks of direction say nothing; blanks, apostrophes and the Arabic thousands sign stand between groups.
const unseen = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const between = /[\s'\u2019\u02bc\uff07_\u066c]/g;
const sign = /^(?:[+\uff0b]|([-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]))?\s*/;
// 1 234 567, and 12 34 567 as in India.
const groups = /^(\d{1,3}(G\d{3})+|\d{1,2}(G\d{2})+G\d{3})$/;
const leftwards = /^(ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b|-Arab/;
const digit = /\p{Nd}/u;

/**
 * What a text can mean as a number: nothing, one number, or two, the smaller first. `12,500` may be twelve and a half,
 * or twelve thousand five hundred.
 * @param {string} text
 * @returns {number[]}
 */
export function readings(text) {
  const seen = text.replace(unseen, "").trim();
  if (seen.length > LONGEST) return []; // hundreds of digits: no amount of anything
  const [head = "", minus] = sign.exec(seen) ?? [];
  const found = plain(latin(seen.slice(head.length))).map((one) => Number((minus ? "-" : "") + one));
  return [...new Set(found)].sort((a, b) => a - b);
}

/**
 * Digits of any script as those of ours. In each script they stand in a row from 0 on, so a digit is worth as much as
 * there are digits before it.
 * @param {string} text
 */
function latin(text) {
  const alike = text.replace(/\uff0e/g, ".").replace(/[\uff0c\u060c]/g, ",");
  return alike.replace(/\p{Nd}/gu, (one) => {
    let before = 0;
    const code = /** @type {number} */ (one.codePointAt(0));
    while (digit.test(String.fromCodePoint(code - before - 1))) before += 1;
    return String(before % 10);
  });
}

/** @param {string} text without its sign @returns {string[]} as JavaScript writes numbers */
function plain(text) {
  text = text.replace(between, "G");
  const marks = text.replace(/[^.,\u066b]/g, "");
  if (!/^[\dG.,\u066b]+$/.test(text) || marks.slice(0, -1).includes("\u066b")) return [];
  if (!marks) return whole(text);
  const last = marks.slice(-1);
  const place = text.lastIndexOf(last);
  const others = [...new Set(marks.slice(0, -1))];
  // The same sign more than once stands between thousands.
  if (others.includes(last)) {
    return others.length === 1 && !text.includes("G") ? whole(text.split(last).join("G")) : [];
  }
  const before = text.slice(0, place);
  const decimals = text.slice(place + 1);
  if (others.length > 1 || (others.length && text.includes("G")) || !/^\d*$/.test(decimals)) return [];
  if (!before) return decimals ? [`0.${decimals}`] : [];
  const asDecimal = whole(others.length ? before.split(others[0]).join("G") : before).map((one) => `${one}.${decimals || 0}`);
  const both = last !== "\u066b" && !others.length && decimals.length === 3 && /^[1-9]\d{0,2}$/.test(before);
  return both ? [...asDecimal, before + decimals] : asDecimal;
}

/** @param {string} text a whole number, in one piece or in groups */
function whole(text) {
  return /^\d+$/.test(text) || groups.test(text) ? [text.replace(/G/g, "")] : [];
}

/**
 * Whether a number is one of the steps that a field has.
 * @param {number} value
 * @param {Steps} field
 */
export function fitsStep(value, { step, range }) {
  if (!step) return true;
  const steps = (value - (range?.[0] ?? 0)) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

/**
 * What a text can mean in a field: of two readings only those that fit its steps.
 * @param {string} text
 * @param {Steps} field
 */
export function meanings(text, field) {
  const found = readings(text);
  const fitting = found.length > 1 ? found.filter((one) => fitsStep(one, field)) : found;
  return fitting.length ? fitting : found;
}

/**
 * Read a number as people write it.
 * @param {string} text
 * @param {Steps} [field]
 * @returns {number | string | null} the text itself when it is no number or may be two, null when it is empty
 */
export function parseNumber(text, field = {}) {
  const raw = text.trim();
  if (raw === "") return null;
  const found = meanings(raw, field);
  return found.length === 1 ? found[0] : raw;
}

/**
 * A number as it is written in the reader's language, without grouping so that it can be edited.
 * @param {Value | undefined} value
 * @param {string} lang
 */
export function formatNumber(value, lang) {
  if (typeof value !== "number") return isBlank(value) ? "" : String(value);
  try {
    return new Intl.NumberFormat(lang, { useGrouping: false, maximumFractionDigits: 20 }).format(value);
  } catch {
    return String(value);
  }
}

/**
 * A number as it is written into a field: never in a way that can be read in two ways.
 * @param {number} value
 * @param {string} lang
 */
export function editable(value, lang) {
  const text = formatNumber(value, lang);
  return readings(text).length > 1 ? `${text}0` : text;
}

/**
 * A number as it is read: no-break spaces between thousands, so that none of them looks like a decimal sign, and held
 * together in text from right to left.
 * @param {number} value
 * @param {string} lang
 */
export function formatAmount(value, lang) {
  const text = formatNumber(value, lang);
  const start = text.search(digit);
  const length = /^\p{Nd}*/u.exec(text.slice(start))?.[0].length ?? 0;
  const head = Array.from(text.slice(start, start + length));
  const grouped = head.map((one, place) => (place && (head.length - place) % 3 === 0 ? `\u00a0${one}` : one)).join("");
  const shown = text.slice(0, start) + grouped + text.slice(start + length);
  return leftwards.test(lang) ? `\u2066${shown}\u2069` : shown;
}
