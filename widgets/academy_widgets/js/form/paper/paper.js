import { displayValue, listed } from "../display.js";
import { factsOf, isAsked, isSeveral } from "../fields/facts.js";
import { ON_PAPER } from "../fields/kinds.js";
import { h } from "../dom.js";
import { cellPath, rowIds } from "../values/paths.js";
import { translator } from "../texts.js";
import { formatNumber } from "../values/numbers.js";
import { isBlank } from "../values/values.js";
import { Sheets, paperSize } from "./sheets.js";

/**
 * @typedef {import("../types.js").Field} Field
 * @typedef {import("../types.js").Value} Value
 * @typedef {import("../form.js").Form} Form
 *
 * What stands on the paper besides the fields.
 * @typedef {object} Sheet
 * @property {string} course
 * @property {string} intro
 * @property {string} [name] whose it is, where that is known
 * @property {Record<string, string>} texts
 *
 * @typedef {import("./sheets.js").Piece} Piece
 */

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

  /** @returns {HTMLElement} */
  make() {
    const { form } = this;
    return h("article", { class: `academy-paper ${paperSize()}`, lang: form.lang, dir: form.model.get("dir") || "ltr" });
  }

  /** What stands on top of each sheet, for when they come apart: whose it is, of what, and which page. */
  head() {
    const { form, sheet, t } = this;
    const name = sheet.name ? h("bdi", { class: "said" }, sheet.name) : h("span", { class: "rule" });
    return h(
      "header",
      { class: "paper-head" },
      h("p", { class: "who" }, t("paper_name"), name),
      h("p", { class: "what" }, form.spec.title),
      h("p", { class: "paper-number" }),
    );
  }

  /** Say on each sheet which page it is, now that all are there. @param {HTMLElement} paper */
  number(paper) {
    const pages = [...paper.querySelectorAll(".paper-number")];
    const { lang } = this.form;
    pages.forEach((page, n) => {
      page.textContent = this.t("paper_page", { n: formatNumber(n + 1, lang), all: formatNumber(pages.length, lang) });
    });
  }

  /** @returns {Piece[]} */
  pieces() {
    const { form, sheet, t } = this;
    const paragraphs = sheet.intro.split(/\n\s*\n/).filter((text) => text.trim());
    return [
      { el: h("p", { class: "course" }, sheet.course), keep: true },
      { el: h("h1", null, form.spec.title), keep: true },
      { el: h("p", { class: "who day" }, t("paper_date"), h("span", { class: "rule" })) },
      ...paragraphs.map((text) => words(h("p", null), text.trim())),
      ...this.fields(form.spec.fields, (field) => this.item(field, field.id, true)),
    ];
  }

  /**
   * The pieces of fields in their order; two small ones beside each other.
   * @param {Field[]} fields
   * @param {(field: Field) => Piece[]} item
   * @returns {Piece[]}
   */
  fields(fields, item) {
    /** @type {Piece[]} */
    const pieces = [];
    /** @type {HTMLElement | null} */
    let pair = null;
    for (const field of fields) {
      const made = factsOf(field).rows ? this.table(field) : item(field);
      if (!made.length) continue;
      const { small, tight: beside } = ON_PAPER[field.type];
      if (!small?.(field)) {
        pieces.push(...made);
        pair = null;
        continue;
      }
      // A number or a day is written beside its name.
      const tight = beside && !made[0]?.el.querySelector(".help");
      const half = h("div", { class: `half${tight ? " tight" : ""}` }, ...made.map(({ el }) => el));
      if (pair) {
        pair.append(half);
        pair = null;
      } else {
        pair = h("div", { class: "pair" }, half);
        pieces.push({ el: pair });
      }
    }
    return pieces;
  }

  /**
   * @param {Field} field
   * @returns {Piece[]}
   */
  table(field) {
    const { t } = this;
    const columns = field.columns ?? [];
    const ids = rowIds(this.form.answers.get(field.id));
    const count = Math.max(ids.length, field.rows?.[0] ?? 0, 1);
    const helped = columns.filter((column) => column.help);
    const helps = helped.map(({ label, help }) => h("li", null, h("b", null, label), ` – ${help}`));
    return [
      { el: h("h2", null, field.label), keep: true },
      ...(field.help ? [{ el: h("p", null, field.help), keep: true }] : []),
      ...(helps.length ? [{ el: h("ul", { class: "helps" }, ...helps), parts: helps }] : []),
      ...Array.from({ length: count }).flatMap((_, place) => [
        { el: h("h3", { class: "paper-row" }, t("row_name", { row: field.row_label || t("row"), n: place + 1 })), keep: true },
        ...this.fields(columns, (column) => this.item(column, cellPath(field.id, ids[place] ?? "", column.id), false, field)),
      ]),
    ];
  }

  /**
   * A field's name with its room to write, or its answer.
   * @param {Field} field
   * @param {string} path
   * @param {boolean} help it is said here, and not once for all rows
   * @param {Field | null} [table]
   * @returns {Piece[]}
   */
  item(field, path, help, table = null) {
    const { form, t } = this;
    const given = !isAsked(field);
    const { ticked } = ON_PAPER[field.type];
    const value = given ? this.given(field, path, table) : form.answers.get(path);
    if (given && isBlank(value)) return [];
    const condition = this.condition(field, path, table);
    if (condition === null) return [];
    const mark = field.required && h("span", { class: "needed" }, ` ${t("required")}`);
    const limit = isBlank(value) && this.limit(field);
    const name = h(
      "div",
      { class: "item" },
      condition && h("p", { class: "help" }, condition),
      !ticked && h("p", { class: "name" }, field.label, mark, limit && h("span", { class: "limit" }, ` (${limit})`)),
      help && field.help && h("p", { class: "help" }, field.help),
    );
    const body = ticked ? this.boxes([{ id: "true", label: field.label }], [String(value)]) : this.body(field, path, value, given);
    return [{ el: name, keep: true }, body];
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
    const read = factsOf(field).computed ? computed : shown;
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
    const names = rule.is.map((id) => by.options?.find((option) => option.id === id)?.label ?? (factsOf(by).ticked ? this.t(id === "true" ? "yes" : "no") : id));
    return this.t("paper_only_if", { name: by.label, values: listed(names, "disjunction", this.form.lang) });
  }

  /**
   * @param {Field} field
   * @param {string} path
   * @param {Value} value
   * @param {boolean} given by others, so that nobody writes here
   * @returns {Piece}
   */
  body(field, path, value, given) {
    const { lang, context } = this.form;
    const { steps, tight, figures, lines: count } = ON_PAPER[field.type];
    const options = factsOf(field).refers ? context.refs.of(field, path) : field.options;
    if (!given && options?.length) return this.boxes(options, Array.isArray(value) ? value : [value]);
    if (steps) return this.scale(field, value);
    const dir = figures ? null : "auto";
    if (!isBlank(value)) return words(h("p", { class: "written", dir }), displayValue(field, value, this.t, lang));
    if (tight) {
      return { el: h("p", { class: "short" }, h("span", { class: "rule" }), field.unit ? ` ${field.unit}` : null) };
    }
    const lines = Array.from({ length: count?.(field) ?? 1 }, () => h("span", { class: "rule" }));
    return { el: h("div", { class: "lines" }, ...lines), parts: lines, least: 2 };
  }

  /**
   * @param {{id: string, label: string}[]} options
   * @param {Value[]} chosen
   * @returns {Piece}
   */
  boxes(options, chosen) {
    const tick = (/** @type {string} */ id) => h("span", { class: "box" }, chosen.includes(id) ? "✗" : "");
    const items = options.map(({ id, label }) => h("li", null, tick(id), h("span", null, h("bdi", null, label))));
    return { el: h("ul", { class: "boxes" }, ...items), parts: items, least: 3 };
  }

  /**
   * @param {Field} field
   * @param {Value} value
   * @returns {Piece}
   */
  scale({ range, low, high }, value) {
    const [first, last] = [range?.[0] ?? 1, range?.[1] ?? 5];
    const steps = Array.from({ length: last - first + 1 }, (_, place) => first + place);
    const points = steps.map((step) => h("li", null, h("span", { class: "box" }, step === value ? "✗" : ""), h("bdi", null, formatNumber(step, this.form.lang))));
    return { el: h("div", { class: "steps" }, low && h("span", null, low), h("ul", { class: "boxes" }, ...points), high && h("span", null, high)) };
  }

  /**
   * What a blank answer may be: written with an open place for the count.
   * @param {Field} field
   */
  limit(field) {
    const { t } = this;
    const { words, chars, choose } = field;
    const [what, span] = words ? ["words", words] : chars ? ["chars", [0, chars]] : choose && isSeveral(field) ? ["chosen", choose] : ["", null];
    if (!span) return "";
    const [least, most] = span;
    const kind = least && most !== null ? "between" : most !== null ? "most" : "least";
    return t(`${what}_${kind}`, { n: OPEN, least, most });
  }
}

/**
 * A text that may be torn apart between its words.
 * @param {HTMLElement} el
 * @param {string} text
 * @returns {Piece}
 */
function words(el, text) {
  const parts = (text.match(/\S+\s*|\s+/g) ?? []).map((word) => document.createTextNode(word));
  el.append(...parts);
  return { el, parts, least: 12 };
}

/**
 * Put the paper form into the page, in place of everything else while it is printed.
 * @param {Form} form
 * @param {Sheet} sheet
 */
export function showPaper(form, sheet) {
  hidePaper();
  const paper = new Paper(form, sheet);
  const article = paper.make();
  document.body.append(article);
  new Sheets(article, () => paper.head()).fill(paper.pieces());
  paper.number(article);
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
