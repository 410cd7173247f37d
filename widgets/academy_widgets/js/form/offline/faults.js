import { fitsStep, meanings } from "../values/numbers.js";
import { countCharacters, countWords } from "../values/words.js";

/**
 * @typedef {import("../types.js").Field} Field
 * @typedef {import("../types.js").Value} Value
 *
 * What a rule needs to know besides the field and its value.
 * @typedef {object} Around
 * @property {import("../types.js").Translate} t
 * @property {import("../types.js").Option[]} options what there is to choose from now
 *
 * Says what is wrong with an answer that is there; an empty text when nothing is.
 * @typedef {(field: Field, value: Value, around: Around) => string} Fault
 */

/** @type {Fault} */
export function lengthFault({ chars, words }, value, { t }) {
  const text = String(value);
  const length = chars ? countCharacters(text) : 0;
  if (chars && length > chars) return t("too_many_chars", { n: length, most: chars });
  if (!words) return "";
  const n = countWords(text);
  if (n < (words[0] ?? 0)) return t("too_few_words", { n, least: words[0] });
  return n > (words[1] ?? Infinity) ? t("too_many_words", { n, most: words[1] }) : "";
}

/** @type {Fault} */
export function numberFault({ range, step }, value, { t }) {
  const found = typeof value === "number" ? [value] : meanings(String(value), { range, step });
  if (found.length > 1) return t("two_numbers", { one: found[0], other: found[1] });
  if (!found.length) return t("no_number");
  const [low, high] = range ?? [null, null];
  if ((low !== null && found[0] < low) || (high !== null && found[0] > high)) return t("out_of_range", { low, high });
  if (fitsStep(found[0], { range, step })) return "";
  return step === 1 ? t("no_whole") : t("no_step", { step });
}

/** @type {Fault} */
export function scaleFault(field, value, around) {
  return numberFault({ ...field, step: 1 }, value, around);
}

/** @type {Fault} */
export function choiceFault({ choose }, value, { options, t }) {
  const n = still(value, options);
  if (!n) return t("nothing_chosen");
  if (n < (choose?.[0] ?? 1)) return t("too_few_chosen", { n, least: choose?.[0] });
  return n > (choose?.[1] ?? Infinity) ? t("too_many_chosen", { n, most: choose?.[1] }) : "";
}

/** @type {Fault} */
export function refFault(field, value, around) {
  const held = Array.isArray(value) ? value.length : 1;
  return still(value, around.options) < held ? around.t("choose_anew") : choiceFault(field, value, around);
}

/**
 * How many of the chosen are still there.
 * @param {Value} value
 * @param {import("../types.js").Option[]} options
 */
function still(value, options) {
  return (Array.isArray(value) ? value : [value]).filter((id) => options.some((option) => option.id === id)).length;
}

/** @type {Fault} */
export function dateFault({ earliest, latest }, value, { t }) {
  const day = String(value);
  if (earliest && day < earliest) return t("too_early", { date: earliest });
  return latest && day > latest ? t("too_late", { date: latest }) : "";
}

/** @type {Fault} */
export function noFault() {
  return "";
}
