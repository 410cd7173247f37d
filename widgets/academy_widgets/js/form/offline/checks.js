import { fitsStep, meanings } from "../values/numbers.js";
import { cellPath, rowIds } from "../values/paths.js";
import { isBlank } from "../values/values.js";
import { countCharacters, countWords } from "../values/words.js";

/**
 * @typedef {import("../types.js").Field} Field
 * @typedef {import("../types.js").Value} Value
 * @typedef {import("../types.js").Problem} Problem
 * @typedef {import("../types.js").Translate} Translate
 *
 * What the rules need to know of the form.
 * @typedef {object} Known
 * @property {(path: string) => Value} get
 * @property {(field: Field, table?: Field | null, row?: string) => boolean} asked whether a field is asked just now
 * @property {(field: Field, path: string) => import("../types.js").Option[]} options
 * @property {Translate} t
 */

/**
 * What would stop a submission, as far as it can be seen without a server: the same rules, the same sentences.
 * @param {Field[]} fields
 * @param {Known} known
 * @returns {Problem[]}
 */
export function findProblems(fields, known) {
  const { get, asked, t } = known;
  /** @type {Problem[]} */
  const found = [];
  const add = (/** @type {string} */ path, /** @type {string} */ text) => text && found.push({ path, text });
  for (const field of fields.filter((one) => asked(one))) {
    if (field.type !== "table") {
      add(field.id, fault(field, field.id, known));
      continue;
    }
    const rows = rowIds(get(field.id));
    add(field.id, rowsFault(field, rows.length, t));
    for (const row of rows) {
      for (const column of (field.columns ?? []).filter((one) => asked(one, field, row))) {
        const path = cellPath(field.id, row, column.id);
        add(path, fault(column, path, known));
      }
    }
  }
  return found;
}

/**
 * @param {Field} field
 * @param {number} n
 * @param {Translate} t
 */
function rowsFault(field, n, t) {
  const least = field.rows?.[0] ?? 0;
  const most = field.rows?.[1] ?? Infinity;
  if (n < least && (field.required || n)) return t("rows_few", { n, least });
  if (!n && field.required) return t("rows_none");
  return n > most ? t("rows_many", { n, most }) : "";
}

/**
 * @param {Field} field
 * @param {string} path
 * @param {Known} known
 * @returns {string} empty when nothing is wrong
 */
function fault(field, path, { get, options, t }) {
  const value = get(path);
  if (field.type === "computed" || (field.type === "ref" && !field.choose)) return "";
  if (isBlank(value) || (field.type === "bool" && field.required && value !== true)) {
    return field.required ? t("unanswered") : "";
  }
  switch (field.type) {
    case "text":
    case "line":
      return lengthFault(field, String(value), t);
    case "number":
    case "scale":
      return numberFault(field, value, t);
    case "multi":
    case "ref":
    case "choice":
      return choiceFault(field, value, options(field, path), t);
    case "date":
      return dateFault(field, String(value), t);
    default:
      return "";
  }
}

/**
 * @param {Field} field
 * @param {string} text
 * @param {Translate} t
 */
function lengthFault({ chars, words }, text, t) {
  const length = chars ? countCharacters(text) : 0;
  if (chars && length > chars) return t("too_many_chars", { n: length, most: chars });
  if (!words) return "";
  const n = countWords(text);
  if (n < (words[0] ?? 0)) return t("too_few_words", { n, least: words[0] });
  return n > (words[1] ?? Infinity) ? t("too_many_words", { n, most: words[1] }) : "";
}

/**
 * @param {Field} field
 * @param {Value} value
 * @param {Translate} t
 */
function numberFault(field, value, t) {
  const { range, type } = field;
  const step = type === "scale" ? 1 : field.step;
  const found = typeof value === "number" ? [value] : meanings(String(value), { range, step });
  if (found.length > 1) return t("two_numbers", { one: found[0], other: found[1] });
  if (!found.length) return t("no_number");
  const [low, high] = range ?? [null, null];
  if ((low !== null && found[0] < low) || (high !== null && found[0] > high)) return t("out_of_range", { low, high });
  if (fitsStep(found[0], { range, step })) return "";
  return step === 1 ? t("no_whole") : t("no_step", { step });
}

/**
 * @param {Field} field
 * @param {Value} value
 * @param {import("../types.js").Option[]} options
 * @param {Translate} t
 */
function choiceFault({ type, choose }, value, options, t) {
  const held = Array.isArray(value) ? value : [value];
  const n = held.filter((id) => options.some((option) => option.id === id)).length;
  if (type === "ref" && n < held.length) return t("choose_anew");
  if (!n) return t("nothing_chosen");
  if (n < (choose?.[0] ?? 1)) return t("too_few_chosen", { n, least: choose?.[0] });
  return n > (choose?.[1] ?? Infinity) ? t("too_many_chosen", { n, most: choose?.[1] }) : "";
}

/**
 * @param {Field} field
 * @param {string} value
 * @param {Translate} t
 */
function dateFault({ earliest, latest }, value, t) {
  if (earliest && value < earliest) return t("too_early", { date: earliest });
  return latest && value > latest ? t("too_late", { date: latest }) : "";
}
