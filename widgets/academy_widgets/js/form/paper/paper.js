import { displayValue, listed } from "../display.js";
import { h } from "../dom.js";
import { cellPath, rowIds } from "../paths.js";
import { translator } from "../texts.js";
import { formatNumber } from "../numbers.js";
import { isBlank } from "../values.js";

/**
 * @typedef {import("../types.js").Field} Field
 * @typedef {import("../types.js").Value} Value
 * @typedef {import("../form.js").Form} Form
 *
 * What stands on the paper besides the fields.
 * @typedef {object} Sheet
 * @property {string} course
 * @property {string} intro
 * @property {Record<string, string>} texts
 */

/** Words that fit on a ruled line, written by hand. */
const WORDS_A_LINE = 8;
const MOST_LINES = 14;
const USUAL_WORDS = 40;
/** Where a count stands that nobody has made yet. */
const OPEN = "……";

/** The exercise as a form on paper: what is answered is printed, and for the rest there is room to write. */
class Paper {
  /**
   * @param {Form} form
   * @param {Sheet} sheet
   */
  constructor(form, sheet) {
    this.form = form;
    this.sheet = sheet;
    const own = translator(sheet.texts, form.model.get("dir"));
    this.t = /** @type {import("../types.js").Translate} */ ((key, values) =>
      key in sheet.texts ? own(key, values) : form.t(key, values));
  }

  make() {
    const { form, sheet, t } = this;
    const paragraphs = sheet.intro.split(/\n\s*\n/).filter((text) => text.trim());
    const blank = (/** @type {string} */ key) => h("p", { class: "who" }, t(key), h("span", { class: "rule" }));
    return h(
      "article",
      { class: "academy-paper", lang: form.lang, dir: form.model.get("dir") || "ltr" },
      h("p", { class: "course" }, sheet.course),
      h("h1", null, form.spec.title),
      h("div", { class: "whose" }, blank("paper_name"), blank("paper_date")),
      ...paragraphs.map((text) => h("p", null, text.trim())),
      ...form.spec.fields.map((field) => (field.type === "table" ? this.table(field) : this.field(field, field.id, true))),
    );
  }

  /** @param {Field} field */
  table(field) {
    const { t } = this;
    const columns = field.columns ?? [];
    const ids = rowIds(this.form.answers.get(field.id));
    const count = Math.max(ids.length, field.rows?.[0] ?? 0, 1);
    const helped = columns.filter((column) => column.help);
    const cards = Array.from({ length: count }, (_, place) =>
      h(
        "section",
        { class: "card" },
        h("h3", null, t("row_name", { row: field.row_label || t("row"), n: place + 1 })),
        ...columns.map((column) => this.field(column, cellPath(field.id, ids[place] ?? "", column.id), false, field)),
      ),
    );
    return h(
      "section",
      null,
      h("h2", null, field.label),
      field.help && h("p", null, field.help),
      helped.length > 0 && h("ul", { class: "helps" }, ...helped.map(({ label, help }) => h("li", null, h("b", null, label), ` – ${help}`))),
      ...cards,
    );
  }

  /**
   * @param {Field} field
   * @param {string} path
   * @param {boolean} help it is said here, and not once for all rows
   * @param {Field | null} [table]
   */
  field(field, path, help, table = null) {
    const { form, t } = this;
    const given = field.type === "computed" || (field.type === "ref" && !field.choose);
    const value = given ? this.given(field, path, table) : form.answers.get(path);
    if (given && isBlank(value)) return null;
    const condition = this.condition(field, path, table);
    if (condition === null) return null;
    const mark = field.required && h("span", { class: "needed" }, ` ${t("required")}`);
    const limit = isBlank(value) && this.limit(field);
    return h(
      "div",
      { class: `item ${field.type}` },
      condition && h("p", { class: "help" }, condition),
      field.type !== "bool" && h("p", { class: "name" }, field.label, mark, limit && h("span", { class: "limit" }, ` (${limit})`)),
      help && field.help && h("p", { class: "help" }, field.help),
      field.type === "bool" ? this.boxes([{ id: "true", label: field.label }], [String(value)]) : this.body(field, path, value, given),
    );
  }

  /**
   * What is computed, or comes from another exercise.
   * @param {Field} field
   * @param {string} path
   * @param {Field | null} table
   * @returns {Value}
   */
  given(field, path, table) {
    const { computed, shown } = this.form.context;
    const read = field.type === "computed" ? computed : shown;
    return read[path] ?? (table ? read[`${table.id}.${field.id}`] : null) ?? null;
  }

  /**
   * When the field is asked at all: empty if always, null if its answers say already that it is not.
   * @param {Field} field
   * @param {string} path
   * @param {Field | null} table
   */
  condition({ only_if: rule }, path, table) {
    if (!rule) return "";
    const [, row, own] = path.split("/");
    const column = table?.columns?.find((one) => one.id === rule.field);
    const by = column ?? this.form.spec.fields.find((one) => one.id === rule.field);
    const decider = column && table ? cellPath(table.id, row, column.id) : rule.field;
    const field = table ? table.columns?.find((one) => one.id === own) : this.form.spec.fields.find((one) => one.id === path);
    if (!by || !field) return "";
    if (!isBlank(this.form.answers.get(decider))) return this.form.context.asked(field, table, row) ? "" : null;
    const names = rule.is.map((id) => by.options?.find((option) => option.id === id)?.label ?? (by.type === "bool" ? this.t(id === "true" ? "yes" : "no") : id));
    return this.t("paper_only_if", { name: by.label, values: listed(names, "disjunction", this.form.lang) });
  }

  /**
   * @param {Field} field
   * @param {string} path
   * @param {Value} value
   * @param {boolean} given by others, so that nobody writes here
   */
  body(field, path, value, given) {
    const { lang, context } = this.form;
    const options = field.type === "ref" ? context.refs.of(field, path) : field.options;
    if (!given && options?.length) return this.boxes(options, Array.isArray(value) ? value : [value]);
    if (field.type === "scale") return this.scale(field, value);
    const dir = field.type === "number" ? null : "auto";
    if (!isBlank(value)) return h("p", { class: "written", dir }, displayValue(field, value, this.t, lang));
    if (field.type === "number" || field.type === "date") {
      return h("p", { class: "short" }, h("span", { class: "rule" }), field.unit ? ` ${field.unit}` : null);
    }
    return h("div", { class: "lines" }, ...Array.from({ length: linesFor(field) }, () => h("span", { class: "rule" })));
  }

  /**
   * @param {{id: string, label: string}[]} options
   * @param {Value[]} chosen
   */
  boxes(options, chosen) {
    const tick = (/** @type {string} */ id) => h("span", { class: "box" }, chosen.includes(id) ? "✗" : "");
    return h("ul", { class: "boxes" }, ...options.map(({ id, label }) => h("li", null, tick(id), h("span", null, h("bdi", null, label)))));
  }

  /**
   * @param {Field} field
   * @param {Value} value
   */
  scale({ range, low, high }, value) {
    const [first, last] = [range?.[0] ?? 1, range?.[1] ?? 5];
    const steps = Array.from({ length: last - first + 1 }, (_, place) => first + place);
    const points = steps.map((step) => h("li", null, h("span", { class: "box" }, step === value ? "✗" : ""), h("bdi", null, formatNumber(step, this.form.lang))));
    return h("div", { class: "steps" }, low && h("span", null, low), h("ul", { class: "boxes" }, ...points), high && h("span", null, high));
  }

  /**
   * What a blank answer may be: written with an open place for the count.
   * @param {Field} field
   */
  limit({ words, chars, choose, type }) {
    const { t } = this;
    const [what, span] = words ? ["words", words] : chars ? ["chars", [0, chars]] : type !== "choice" && choose ? ["chosen", choose] : ["", null];
    if (!span) return "";
    const [least, most] = span;
    const kind = least && most !== null ? "between" : most !== null ? "most" : "least";
    return t(`${what}_${kind}`, { n: OPEN, least, most });
  }
}

/** @param {Field} field */
function linesFor({ type, words, chars }) {
  if (type === "line" || type === "ref") return chars && chars > 80 ? 2 : 1;
  const most = words?.[1] ?? (words?.[0] ? 2 * words[0] : USUAL_WORDS);
  return Math.min(MOST_LINES, Math.max(2, Math.ceil(most / WORDS_A_LINE)));
}

/**
 * Put the paper form into the page, in place of everything else while it is printed.
 * @param {Form} form
 * @param {Sheet} sheet
 */
export function showPaper(form, sheet) {
  hidePaper();
  document.body.append(new Paper(form, sheet).make());
  document.documentElement.classList.add("academy-on-paper");
}

/** Take it away again. */
export function hidePaper() {
  document.querySelector(".academy-paper")?.remove();
  document.documentElement.classList.remove("academy-on-paper");
}

/**
 * Print the form.
 * @param {Form} form
 * @param {Sheet} sheet
 */
export function printPaper(form, sheet) {
  showPaper(form, sheet);
  window.addEventListener("afterprint", hidePaper, { once: true });
  window.print();
}
