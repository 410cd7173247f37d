import { randomText } from "./values.js";

/** A new row id, unique without asking the kernel. */
export const newRowId = () => `r${randomText(8)}`;

/**
 * The flat path of one cell.
 * @param {string} table
 * @param {string} row
 * @param {string} column
 */
export const cellPath = (table, row, column) => `${table}/${row}/${column}`;

/**
 * The parts of a flat path; row and column are empty for a field outside tables.
 * @param {string} path
 */
export function splitPath(path) {
  const [field, row = "", column = ""] = path.split("/");
  return { field, row, column };
}

/**
 * The list of row ids a table's value holds; anything else is an empty table.
 * @param {unknown} value
 * @returns {string[]}
 */
export function rowIds(value) {
  return Array.isArray(value) ? [...new Set(value.filter((id) => typeof id === "string"))] : [];
}

/**
 * The rows with one moved to another place; the same list when it can't go there.
 * @param {string[]} rows
 * @param {string} id
 * @param {number} to
 */
export function movedRow(rows, id, to) {
  if (!rows.includes(id) || to < 0 || to >= rows.length) return rows;
  const moved = rows.filter((row) => row !== id);
  moved.splice(to, 0, id);
  return moved;
}

/**
 * The rows with one put back at its old place, or at the end when the table has become shorter.
 * @param {string[]} rows
 * @param {string} id
 * @param {number} place
 */
export function restoredRow(rows, id, place) {
  const restored = rows.filter((row) => row !== id);
  restored.splice(Math.min(place, restored.length), 0, id);
  return restored;
}
