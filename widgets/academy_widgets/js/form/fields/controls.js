import { makeBool } from "./bool.js";
import { makeChoice, makeSelect } from "./choice.js";
import { makeDate } from "./date.js";
import { makeMulti } from "./multi.js";
import { makeNumber } from "./number.js";
import { makeRef } from "./ref.js";
import { makeScale } from "./scale.js";
import { makeShown } from "./shown.js";
import { makeText } from "./text.js";

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
 * The control for a field.
 * @param {Setting} setting
 * @returns {Control}
 */
export function makeControl(setting) {
  const { field } = setting;
  switch (field.type) {
    case "line":
    case "text":
      return makeText(setting);
    case "choice":
      return makeOne(setting);
    case "multi":
      return makeMulti(setting);
    case "scale":
      return makeScale(setting);
    case "number":
      return makeNumber(setting);
    case "date":
      return makeDate(setting);
    case "bool":
      return makeBool(setting);
    case "ref":
      return field.choose ? makeRef(setting) : makeShown(setting);
    default:
      return makeShown(setting);
  }
}

/** @param {Setting} setting */
function makeOne(setting) {
  const { field } = setting;
  const radios = field.as ? field.as === "radio" : (field.options ?? []).length <= MOST_RADIOS;
  return radios ? makeChoice(setting) : makeSelect(setting);
}
