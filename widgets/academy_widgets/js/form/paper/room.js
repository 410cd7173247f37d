/**
 * @typedef {import("../types.js").Field} Field
 *
 * What a kind of field needs on paper.
 * @typedef {object} Room
 * @property {(field: Field) => boolean} [small] half the width is enough, and two stand beside each other
 * @property {boolean} [tight] it is written beside its name, on a short rule
 * @property {boolean} [figures] what is written there are figures, which have no direction of their own
 * @property {boolean} [steps] it is a row of steps, of which one is crossed
 * @property {boolean} [ticked] its name stands beside a box
 * @property {(field: Field) => number} [lines] ruled lines to write on
 */

/** Words that fit on a ruled line, written by hand. */
const WORDS_A_LINE = 10;
const MOST_LINES = 14;
const USUAL_WORDS = 40;
/** Characters that fit on a line of half the width, and those of an answer that needs no more width. */
const HALF_LINE = 40;
const HALF = 120;
const SHORT_LABEL = 40;

export const always = () => true;
export const one = () => 1;

/** @param {Field} field */
export function isShortLine({ chars }) {
  return (chars ?? 0) <= HALF;
}

/** @param {Field} field */
export function hasFewShortOptions({ options = [] }) {
  return options.length <= 3 && options.every(({ label }) => label.length <= SHORT_LABEL);
}

/** @param {Field} field */
export function isChosenElsewhere({ choose, options }) {
  return !!choose && !options?.length;
}

/** @param {Field} field */
export function linesForLine({ chars }) {
  return chars ? Math.ceil(Math.min(chars, HALF) / HALF_LINE / 1.5) : 1;
}

/** @param {Field} field */
export function linesForWords({ words }) {
  const most = words?.[1] ?? (words?.[0] ? 2 * words[0] : USUAL_WORDS);
  return Math.min(MOST_LINES, Math.max(2, Math.ceil(most / WORDS_A_LINE)));
}
