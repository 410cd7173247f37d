import { factsOf, isAsked } from "../fields/facts.js";
import { FAULTS } from "../fields/kinds.js";
import { cellPath, rowIds } from "../values/paths.js";
import { isBlank } from "../values/values.js";

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
    if (!factsOf(field).rows) {
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
  if (!isAsked(field)) return "";
  if (isBlank(value) || (factsOf(field).ticked && field.required && value !== true)) {
    return field.required ? t("unanswered") : "";
  }
  return FAULTS[field.type]?.(field, value, { options: options(field, path), t }) ?? "";
}
