import { displayValue } from "../display.js";
import { factsOf } from "../fields/facts.js";
import { cellPath, rowIds } from "./paths.js";

/** @typedef {import("../types.js").Field} Field */
/** @typedef {import("../types.js").Option} Option */
/** @typedef {import("../types.js").Where} Where */

const LONGEST = 90;

/** What there is to choose in fields that point to something else, in this form or in other exercises. */
export class Refs {
  /**
   * @param {Field[]} fields
   * @param {import("../types.js").Doc} doc
   * @param {import("../saving/answers.js").Answers} answers
   * @param {import("../types.js").Translate} t
   * @param {string} lang
   */
  constructor(fields, doc, answers, t, lang) {
    this.fields = fields;
    this.answers = answers;
    this.t = t;
    this.lang = lang;
    this.options = doc.options ?? {};
    this.where = doc.where ?? {};
    const parts = fields.flatMap((field) => [field, ...(field.columns ?? [])]);
    /** Fields of this form from which others choose. */
    this.sources = new Set(parts.flatMap((part) => part.from?.field ?? []));
  }

  /**
   * What has come from the other exercises.
   * @param {import("../types.js").Message} message
   */
  learn(message) {
    this.options = message.options ?? this.options;
    this.where = message.where ?? this.where;
  }

  /**
   * What can be chosen.
   * @param {Field} field
   * @param {string} path
   * @returns {Option[]}
   */
  of(field, path) {
    const [table, row, column] = path.split("/");
    if (!field.from) return field.options ?? this.options[column ? `${table}.${column}` : path] ?? [];
    const source = this.fields.find((one) => one.id === field.from?.field);
    if (!source) return [];
    const value = this.answers.get(source.id);
    if (factsOf(source).rows) {
      const ids = rowIds(value);
      const names = field.from.names ?? [];
      return ids.flatMap((id, place) =>
        table === source.id && id === row ? [] : [{ id, label: this.name(source, names, id, place) }],
      );
    }
    const chosen = Array.isArray(value) ? value : [value];
    return (source.options ?? []).filter((option) => chosen.includes(option.id));
  }

  /**
   * How a row of this form is called: by the first of some columns that says something, else by its number.
   * @param {Field} table
   * @param {string[]} names
   * @param {string} row
   * @param {number} place
   * @returns {string}
   */
  name(table, names, row, place) {
    for (const id of names) {
      const column = table.columns?.find((one) => one.id === id);
      const text = column ? this.text(column, cellPath(table.id, row, id)).replace(/\s+/g, " ").trim() : "";
      if (text) return text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;
    }
    return this.t("row_name", { row: table.row_label || this.t("row"), n: place + 1 });
  }

  /**
   * An answer as a person reads it, chosen rows by their names.
   * @param {Field} field
   * @param {string} path
   * @returns {string}
   */
  text(field, path) {
    const value = this.answers.get(path);
    const known = factsOf(field).refers ? { ...field, options: this.of(field, path) } : field;
    return displayValue(known, value, this.t, this.lang);
  }

  /**
   * What to do where there is nothing to choose or to read.
   * @param {Field} field
   * @param {string} path
   * @returns {Where | null}
   */
  instead(field, path) {
    const [table, , column] = path.split("/");
    const where = this.where[column ? `${table}.${column}` : path];
    if (where) return where;
    const source = this.fields.find((one) => one.id === field.from?.field);
    return source ? { text: this.t("fill_first", { name: source.label }) } : null;
  }
}
