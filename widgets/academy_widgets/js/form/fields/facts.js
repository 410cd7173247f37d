/** @typedef {import("../types.js").Field} Field */

/**
 * What sets some kinds of fields apart; of the others there is nothing to know but how they are filled in.
 * @typedef {object} Facts
 * @property {boolean} [rows] a table, whose value is the ids of its rows
 * @property {boolean} [computed] a text that the exercise's own code says
 * @property {boolean} [refers] it shows or chooses what stands elsewhere
 * @property {boolean} [several] its answer is a list
 * @property {boolean} [ticked] only true is an answer, and nothing is false
 * @property {boolean} [names] an answer may name the row in which it stands
 * @property {(value: string, lang: string) => string} [display] how a text is written for people
 */

/** @type {Record<string, Facts>} */
const FACTS = {
  text: { names: true },
  line: { names: true },
  choice: { names: true },
  multi: { several: true },
  date: { display: displayDate },
  table: { rows: true },
  bool: { ticked: true },
  ref: { refers: true },
  computed: { computed: true },
};
/** @type {Facts} */
const NOTHING = {};

/**
 * @param {Field} field
 * @returns {Facts}
 */
export function factsOf(field) {
  return FACTS[field.type] ?? NOTHING;
}

/**
 * Whether a person answers a field; the others are computed or shown from elsewhere.
 * @param {Field} field
 */
export function isAsked(field) {
  const { computed, refers } = factsOf(field);
  return !computed && (!refers || !!field.choose);
}

/**
 * Whether an answer may have several values.
 * @param {Field} field
 */
export function isSeveral(field) {
  const { several, refers } = factsOf(field);
  return !!several || (!!refers && (field.choose?.[1] ?? 1) > 1);
}

/**
 * @param {string} value YYYY-MM-DD
 * @param {string} lang
 */
function displayDate(value, lang) {
  const [year, month, day] = value.split("-").map(Number);
  const date = new Date(year, month - 1, day);
  if (Number.isNaN(date.getTime())) return value;
  try {
    return new Intl.DateTimeFormat(lang, { year: "numeric", month: "long", day: "numeric" }).format(date);
  } catch {
    return value;
  }
}
