/** @typedef {import("./types.js").Translate} Translate */

const leftwards = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const rightwards = /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/u;

/**
 * A text so that it leaves the order of a sentence around it alone: only letters of the other direction need it.
 * @param {string} text
 * @param {string} dir of the sentence
 */
export function isolated(text, dir) {
  return (dir === "rtl" ? rightwards : leftwards).test(text) ? `\u2068${text}\u2069` : text;
}

/**
 * Look sentences up by key and put values in their {places}.
 * @param {Record<string, string>} texts
 * @param {string} [dir] direction of the sentences
 * @returns {Translate}
 */
export function translator(texts, dir = "ltr") {
  const said = (/** @type {unknown} */ value) => (typeof value === "string" ? isolated(value, dir) : String(value));
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => (name in values ? said(values[name]) : place));
}

/**
 * A sentence about a number, in the form that the language of the sentences has for it.
 * @param {Translate} t
 * @param {string} key
 * @param {number} n
 * @param {Record<string, unknown>} [values]
 */
export function counted(t, key, n, values) {
  return t(`${key}_${new Intl.PluralRules(spoken()).select(n)}`, { n, ...values });
}

/** The language of the sentences: the page's, or another that it names where the interface has not the page's. */
function spoken() {
  const { dataset, lang } = document.documentElement;
  return dataset.said || lang || "en";
}

/**
 * The name of a button for who hears it alone: what it does, and to what.
 * @param {Translate} t
 * @param {string} what as it stands on the button
 * @param {string} of the exercise or the question
 */
export function named(t, what, of) {
  return t("named", { what, of });
}
