/** @typedef {import("./types.js").Translate} Translate */

/**
 * Look sentences up by key and put values in their {places}.
 * @param {Record<string, string>} texts
 * @returns {Translate}
 */
export function translator(texts) {
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}
