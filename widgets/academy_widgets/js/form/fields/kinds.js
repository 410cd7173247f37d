import { makeBool } from "./bool.js";
import { makeChoice, makeSelect } from "./choice.js";
import { makeDate } from "./date.js";
import { emailFault, makeEmail } from "./email.js";
import { makeMulti } from "./multi.js";
import { makeNumber } from "./number.js";
import { makeRef } from "./ref.js";
import { makeScale } from "./scale.js";
import { makeShown } from "./shown.js";
import { makeLine, makeText } from "./text.js";
import { choiceFault, dateFault, lengthFault, noFault, numberFault, refFault, scaleFault } from "../offline/faults.js";
import { always, hasFewShortOptions, isChosenElsewhere, isShortLine, linesForLine, linesForWords, one } from "../paper/room.js";

/**
 * @typedef {import("../types.js").Field} Field
 * @typedef {import("../types.js").Value} Value
 * @typedef {import("../types.js").Translate} Translate
 *
 * What a control needs to know.
 * @typedef {object} Setting
 * @property {Field} field
 * @property {string} id unique in the document; the element to be labelled has it
 * @property {Translate} t
 * @property {string} lang
 * @property {boolean} [bare] the help of the options is given elsewhere
 * @property {(value: Value) => void} input a person has changed the value
 * @property {() => import("../types.js").Option[]} [options] what there is to choose now
 * @property {() => import("../types.js").Where | null} [instead] what to do when there is nothing
 *
 * What a person fills in for one field.
 * @typedef {object} Control
 * @property {HTMLElement} el
 * @property {"label"|"legend"|"inside"|"output"} named how it gets its name: by a label, as a group, by a label it
 *   brings itself, or as a text that is only read
 * @property {HTMLElement[]} inputs the elements that can be invalid or described
 * @property {"radiogroup"|"group"} [group] what kind of group, where the inputs do not tell
 * @property {(value: Value) => void | boolean} show true when the inputs were made anew
 * @property {() => void} focus
 * @property {string} [explains] id of an element that says how the value was understood
 * @property {(value: Value) => string | null} [complain] a sentence when this can't be what was meant
 */

/** More options than this make a list that opens, fewer a group that shows them all. */
const MOST_RADIOS = 5;

/**
 * How a field is filled in, by its kind. (A table has rows of fields, `tables/table.js`.)
 * @type {Record<string, (setting: Setting) => Control>}
 */
export const CONTROLS = {
  text: makeText,
  line: makeLine,
  choice: makeOne,
  multi: makeMulti,
  scale: makeScale,
  number: makeNumber,
  date: makeDate,
  table: makeShown,
  bool: makeBool,
  ref: (setting) => (setting.field.choose ? makeRef : makeShown)(setting),
  computed: makeShown,
  email: makeEmail,
};

/**
 * The control of a field. A kind that this script does not know yet is shown, and can't be written in.
 * @param {Setting} setting
 * @returns {Control}
 */
export function makeControl(setting) {
  return (CONTROLS[setting.field.type] ?? makeShown)(setting);
}

/**
 * The width in rem that a column needs at least in a real table, by its kind.
 * @type {Record<string, number>}
 */
export const WIDTHS = {
  text: 12,
  line: 10,
  choice: 9.5,
  multi: 9.5,
  scale: 6,
  number: 6,
  date: 9.5,
  table: 0,
  bool: 6,
  ref: 9.5,
  computed: 7,
  email: 10,
};

/**
 * What is wrong with an answer in a form without a server, by its kind.
 * @type {Record<string, import("../offline/faults.js").Fault>}
 */
export const FAULTS = {
  text: lengthFault,
  line: lengthFault,
  choice: choiceFault,
  multi: choiceFault,
  scale: scaleFault,
  number: numberFault,
  date: dateFault,
  table: noFault,
  bool: noFault,
  ref: refFault,
  computed: noFault,
  email: emailFault,
};

/**
 * How a field stands on paper, by its kind.
 * @type {Record<string, import("../paper/room.js").Room>}
 */
export const ON_PAPER = {
  text: { lines: linesForWords },
  line: { small: isShortLine, lines: linesForLine },
  choice: { small: hasFewShortOptions, lines: linesForWords },
  multi: { lines: linesForWords },
  scale: { small: always, steps: true },
  number: { small: always, tight: true, figures: true },
  date: { small: always, tight: true },
  table: {},
  bool: { small: always, ticked: true },
  ref: { small: isChosenElsewhere, lines: one },
  computed: { lines: linesForWords },
  email: { small: always, lines: one },
};

/** @param {Setting} setting */
function makeOne(setting) {
  const { field } = setting;
  const radios = field.as ? field.as === "radio" : (field.options ?? []).length <= MOST_RADIOS;
  return radios ? makeChoice(setting) : makeSelect(setting);
}
