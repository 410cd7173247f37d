import { about, h, keepingFocus, setText, set } from "../dom.js";
import { sayChanged } from "../saving/elsewhere.js";
import { makeHint } from "../field.js";
import { WIDTHS } from "../fields/kinds.js";
import { describeCount } from "../values/limits.js";
import { movedRow, newRowId, restoredRow, rowIds } from "../values/paths.js";
import { RowView } from "./row.js";

/**
 * @typedef {import("../types.js").Field} Field
 * @typedef {import("../form.js").Context} Context
 */

const ROW_HEAD = 6;
/** A narrower form shows cards. */
const NARROWEST = 700;
/** A table may be this much wider than its place: it scrolls then, under a row head that stays. */
const STRETCH = 1.45;

/** A table of the form: rows to add, remove, order and fill in. */
export class TableView {
  /**
   * @param {Context} context
   * @param {Field} field
   */
  constructor(context, field) {
    const { t } = context;
    this.context = context;
    this.field = field;
    this.table = null;
    this.row = "";
    this.path = field.id;
    this.id = context.newId(this.path);
    this.wide = false;
    this.sentence = "";
    /** @type {Map<string, RowView>} */
    this.rows = new Map();
    /** @type {{id: string, place: number} | null} */
    this.removed = null;
    this.count = h("p", { class: "count", id: `${this.id}-count` });
    this.error = h("p", { class: "error", id: `${this.id}-error`, hidden: true });
    this.questions = h("ul", { class: "questions", hidden: true });
    this.empty = h("p", { class: "empty" }, t("no_rows"));
    this.place = h("div", { class: "rows" });
    this.undoText = h("p", null);
    this.undoButton = h("button", { type: "button", onclick: () => this.undo() }, t("undo"));
    this.undoBar = h("div", { class: "undo" }, this.undoText, this.undoButton);
    this.changed = h("p", { class: "changed", hidden: true });
    this.addButton = h(
      "button",
      { type: "button", class: "add", id: `${this.id}-add`, "aria-describedby": this.count.id, onclick: () => this.add() },
      ...about(field.add_label || t("add_row"), field.label),
    );
    const mark = field.required && h("span", { class: "needed" }, ` ${t("required")}`);
    this.el = h(
      "fieldset",
      { class: "field table", "aria-describedby": `${field.help ? `${this.id}-help ` : ""}${this.count.id}` },
      h("legend", { class: "label" }, h("span", { class: "label-text" }, field.label), mark),
      field.help && h("p", { class: "help", id: `${this.id}-help` }, field.help),
      this.error,
      this.empty,
      this.place,
      h("div", { class: "table-foot" }, this.addButton, this.count),
      this.changed,
      this.questions,
    );
    this.refresh();
    this.openFirst();
  }

  /** What a real table of these columns needs, in rem. */
  get needs() {
    return (this.field.columns ?? []).reduce((sum, column) => sum + (WIDTHS[column.type] ?? 0), ROW_HEAD);
  }

  ids() {
    return rowIds(this.context.answers.get(this.path));
  }

  /** On opening only the first row that waits for an answer is unfolded. */
  openFirst() {
    const rows = [...this.rows.values()];
    const waiting = rows.find((row) => row.filled().done < row.filled().all);
    (rows.length === 1 ? rows[0] : waiting)?.setOpen(true);
  }

  /** Show the rows as the answers have them. */
  refresh() {
    const ids = this.ids();
    for (const [id, row] of this.rows) {
      if (ids.includes(id)) continue;
      row.forget();
      this.rows.delete(id);
    }
    for (const id of ids) {
      if (!this.rows.has(id)) this.rows.set(id, this.makeRow(id));
    }
    ids.forEach((id, place) => this.rows.get(id)?.setPlace(place, ids.length));
    this.arrange();
    this.recount(ids.length);
  }

  /** @param {string} id */
  makeRow(id) {
    return new RowView(this.context, this.field, id, {
      up: (row) => this.move(row, this.ids().indexOf(row) - 1),
      down: (row) => this.move(row, this.ids().indexOf(row) + 1),
      put: (row, place) => this.move(row, place),
      remove: (row) => this.remove(row),
    });
  }

  /** Put the rows in order into cards or a table. */
  arrange() {
    const rows = this.ids().flatMap((id) => this.rows.get(id) ?? []);
    keepingFocus(this.el, () => {
      const frames = rows.map((row) => row.frame(this.wide));
      if (this.removed) frames.splice(this.removed.place, 0, this.wide ? this.undoLine() : this.undoBar);
      const holder = this.holder();
      for (const child of [...holder.children]) if (!frames.includes(/** @type {any} */ (child))) child.remove();
      frames.forEach((frame, place) => {
        // What stands right is not touched: somebody may be writing in it.
        if (holder.children[place] !== frame) holder.insertBefore(frame, holder.children[place] ?? null);
      });
    });
    this.empty.hidden = rows.length > 0 || this.removed !== null;
    this.place.hidden = rows.length === 0 && this.removed === null;
  }

  /** The element that holds the frames of the rows, made anew when the form becomes wide or narrow. */
  holder() {
    const fits = this.place.firstElementChild?.classList.contains(this.wide ? "scroller" : "cards");
    if (!fits) this.place.replaceChildren(this.wide ? this.makeTable() : h("div", { class: "cards" }));
    return /** @type {HTMLElement} */ (this.place.querySelector(this.wide ? "tbody" : ".cards"));
  }

  makeTable() {
    const { t } = this.context;
    const head = (this.field.columns ?? []).map((column) =>
      h(
        "th",
        { scope: "col", class: `col ${column.type}` },
        h("span", { class: "col-name" }, column.label),
        column.required && h("span", { class: "needed" }, t("required")),
        (column.help || column.options?.some((option) => option.help)) && makeHint(column, t),
      ),
    );
    return h(
      "div",
      { class: "scroller", role: "region", tabindex: 0, "aria-label": this.field.label },
      h(
        "table",
        null,
        h("thead", null, h("tr", null, h("th", { scope: "col", class: "corner" }, this.field.row_label || t("row")), ...head)),
        h("tbody", null),
      ),
    );
  }

  undoLine() {
    return h("tr", null, h("td", { colspan: (this.field.columns ?? []).length + 1 }, this.undoBar));
  }

  /**
   * @param {number} width of the form in pixels
   * @param {number} room it may take when it is wider than the text around it
   * @param {number} rem in pixels
   */
  resize(width, room, rem) {
    const needs = this.needs * rem;
    const wide = room >= NARROWEST && needs <= room * STRETCH;
    this.el.classList.toggle("broad", wide && needs > width);
    if (wide === this.wide) return;
    this.wide = wide;
    this.arrange();
  }

  /** @param {string[]} ids */
  put(ids) {
    this.setError(null);
    setText(this.changed, "");
    this.context.typed(this.path, ids);
    this.refresh();
  }

  add() {
    if (this.addButton.getAttribute("aria-disabled")) return;
    const id = newRowId();
    this.removed = null;
    this.put([...this.ids(), id]);
    this.rows.get(id)?.focus();
  }

  /** @param {string} id */
  remove(id) {
    const ids = this.ids();
    const place = ids.indexOf(id);
    const label = this.rows.get(id)?.label() ?? "";
    this.removed = { id, place };
    const text = this.context.t("row_removed", { row: label });
    setText(this.undoText, text);
    this.undoButton.replaceChildren(...about(this.context.t("undo"), label));
    this.put(ids.filter((row) => row !== id));
    this.undoButton.focus();
    this.context.announce(text);
  }

  undo() {
    if (!this.removed) return;
    const { id, place } = this.removed;
    this.removed = null;
    this.put(restoredRow(this.ids(), id, place));
    const row = this.rows.get(id);
    row?.setOpen(true);
    row?.removeButton.focus();
    this.context.announce(this.context.t("row_restored", { row: row?.label() ?? "" }));
  }

  /**
   * @param {string} id
   * @param {number} place
   */
  move(id, place) {
    this.removed = null;
    this.put(movedRow(this.ids(), id, place));
    const row = this.rows.get(id);
    const t = this.context.t;
    if (row) this.context.announce(t("row_moved", { row: row.heading() || row.label(), n: row.place + 1, all: row.of }));
  }

  /** @param {number} count */
  recount(count) {
    const [least, most] = this.field.rows ?? [0, null];
    const { text, standing } = describeCount(this.context.t, "rows", count, least, most);
    setText(this.count, text);
    set(this.count, "data-standing", standing);
    set(this.addButton, "aria-disabled", most !== null && count >= most ? "true" : null);
  }

  /**
   * A cell has another value: its row may have another name.
   * @param {string} id
   */
  cellChanged(id) {
    this.rows.get(id)?.update();
  }

  /** @param {boolean} shown whether it is asked; its answers are kept while it is not */
  setShown(shown) {
    this.el.hidden = !shown;
  }

  /** Say anew what each row is about and how far it is. */
  update() {
    for (const row of this.rows.values()) row.update();
  }

  /** @param {string | null} text */
  setError(text) {
    this.sentence = text ?? "";
    setText(this.error, text);
    this.el.classList.toggle("invalid", Boolean(text));
    const parts = [this.field.help && `${this.id}-help`, this.count.id, text && this.error.id];
    set(this.el, "aria-describedby", parts.filter(Boolean).join(" "));
  }

  /** @param {string[]} texts */
  setQuestions(texts) {
    this.questions.replaceChildren(...texts.map((text) => h("li", null, text)));
    this.questions.hidden = texts.length === 0;
  }

  /** Rows of all devices are joined by the store, so there is nothing to choose between. */
  setNotice() {}

  /** @param {import("../saving/answers.js").Learned} learned somebody else has added, removed or moved rows */
  setChanged(learned) {
    setText(this.changed, sayChanged(this.context.t, learned.by));
  }

  name() {
    return this.field.label;
  }

  focus() {
    this.addButton.focus();
  }
}
