import { shows } from "./words.js";

/** @typedef {import("./types.js").Value} Value */

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * Random text of letters and digits. `crypto.randomUUID` is missing on pages served without TLS.
 * @param {number} length
 */
export function randomText(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % 36]).join("");
}

/** A new version 4 UUID. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** @param {Value | undefined} value */
export function isBlank(value) {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return !shows(value);
  return Array.isArray(value) && value.length === 0;
}

/**
 * Whether two values are the same answer.
 * @param {Value | undefined} a
 * @param {Value | undefined} b
 */
export function same(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => item === b[i]);
  return (a ?? null) === (b ?? null);
}

/**
 * Whether two values differ at most in blanks that a store may trim.
 * @param {Value | undefined} a
 * @param {Value | undefined} b
 */
export function alike(a, b) {
  if (isBlank(a) && isBlank(b)) return true;
  const squeeze = (/** @type {Value | undefined} */ v) =>
    typeof v === "string" ? v.replace(/\s+/g, " ").trim().normalize() : v;
  return same(squeeze(a), squeeze(b));
}

/**
 * Read a number as people write it: comma or point for decimals, blanks between thousands, any digits.
 * @param {string} text
 * @returns {number | string | null} the text itself when it is not a number, null when it is empty
 */
export function parseNumber(text) {
  const raw = text.trim();
  if (raw === "") return null;
  let plain = raw
    .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replace(/[\u0966-\u096f]/g, (d) => String(d.charCodeAt(0) - 0x966))
    .replace(/\u066b/g, ".")
    .replace(/[\s\u061c\u200e\u200f\u066c\u2009\u202f'’]/g, "")
    .replace(/^\u2212/, "-");
  const comma = plain.lastIndexOf(",");
  const point = plain.lastIndexOf(".");
  if (comma >= 0 && point >= 0) {
    plain = comma > point ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, "");
  } else if (comma >= 0) {
    plain = plain.replace(",", ".");
  }
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : raw;
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
