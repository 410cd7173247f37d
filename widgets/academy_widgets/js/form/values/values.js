import { shows } from "./words.js";

/** @typedef {import("../types.js").Value} Value */

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
