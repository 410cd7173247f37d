import { factsOf } from "../fields/facts.js";

/** @typedef {import("../types.js").Field} Field */
/** @typedef {import("../types.js").Value} Value */

/**
 * What decides whether fields are asked.
 * @typedef {object} Asked
 * @property {Field[]} fields
 * @property {(path: string) => Value} get
 */

/**
 * The field that decides about another: a column of the same row, else a field of the exercise.
 * @param {Field[]} fields
 * @param {Field} part
 * @param {Field | null} table
 * @returns {{by: Field | undefined, inRow: boolean}}
 */
function controller(fields, part, table) {
  const name = part.only_if?.field;
  const column = table?.columns?.find((one) => one.id === name);
  return column ? { by: column, inRow: true } : { by: fields.find((one) => one.id === name), inRow: false };
}

/**
 * Whether a field, or a column in one row of a table, is asked with these answers. The kernel decides the same way.
 * @param {Asked} asked
 * @param {Field} part
 * @param {Field | null} [table]
 * @param {string} [row]
 * @param {string[]} [above] fields that wait for this one
 * @returns {boolean}
 */
export function isShown(asked, part, table = null, row = "", above = []) {
  if (!part.only_if) return true;
  const { by, inRow } = controller(asked.fields, part, table);
  if (!by || above.includes(by.id)) return true;
  if (!isShown(asked, by, inRow ? table : null, inRow ? row : "", [...above, part.id])) return false;
  const value = asked.get(inRow && table ? `${table.id}/${row}/${by.id}` : by.id);
  // A box that nobody ticked is false.
  const given = factsOf(by).ticked ? [value === true] : Array.isArray(value) ? value : [value];
  const allowed = part.only_if.is;
  return given.some((one) => allowed.includes(String(one)));
}

/**
 * The ids of the fields and columns that decide about others.
 * @param {Field[]} fields
 * @returns {Set<string>}
 */
export function deciding(fields) {
  const parts = fields.flatMap((field) => [field, ...(field.columns ?? [])]);
  return new Set(parts.flatMap((part) => part.only_if?.field ?? []));
}
