import { h, setText, set } from "../dom.js";
import { factsOf, isAsked } from "../fields/facts.js";
import { makeDraggable } from "./drag.js";
import { FieldView } from "../field.js";
import { cellPath } from "../values/paths.js";
import { isBlank } from "../values/values.js";

/**
 * @typedef {import("../types.js").Field} Field
 * @typedef {import("../form.js").Context} Context
 *
 * What a person can do with a row.
 * @typedef {object} Actions
 * @property {(id: string) => void} up
 * @property {(id: string) => void} down
 * @property {(id: string) => void} remove
 * @property {(id: string, place: number) => void} put
 */

const LONGEST_TITLE = 60;

/** One row of a table: the same cells framed as a card on a narrow form and as a table's row on a wide one. */
export class RowView {
  /**
   * @param {Context} context
   * @param {Field} table
   * @param {string} id
   * @param {Actions} actions
   */
  constructor(context, table, id, actions) {
    const { t } = context;
    this.context = context;
    this.table = table;
    this.id = id;
    this.place = 0;
    this.of = 0;
    this.open = false;
    /** @type {boolean | null} */
    this.wide = null;
    this.cells = (table.columns ?? []).map((column) => {
      const path = cellPath(table.id, id, column.id);
      return new FieldView(context, column, { path, cell: true, table, row: id, before: () => this.label(), reveal: () => this.setOpen(true) });
    });
    this.title = h("bdi", { class: "row-title" });
    this.progress = h("span", { class: "progress" });
    const name = context.newId(cellPath(table.id, id, ""));
    this.toggle = h(
      "button",
      { type: "button", class: "toggle", id: `${name}-toggle`, "aria-controls": `${name}-body`, onclick: () => this.setOpen(!this.open) },
      h("span", { class: "toggle-text" }, this.title, this.progress),
    );
    this.head = h("span", { class: "row-head" });
    this.up = this.tool("up", "move_up", () => actions.up(id));
    this.down = this.tool("down", "move_down", () => actions.down(id));
    this.removeButton = this.tool("remove", "remove", () => actions.remove(id));
    this.tools = h("div", { class: "tools", role: "group", "aria-label": t("row_tools") }, this.up, this.down, this.removeButton);
    // For who uses a pointer; the buttons say and do the same for everybody.
    this.grip = h("span", { class: "grip", "aria-hidden": "true" });
    makeDraggable(this.grip, () => (this.wide ? this.line : this.card), (place) => actions.put(id, place));
    this.body = h("div", { class: "card-body", id: `${name}-body` });
    // Who brings the reader to a place in a folded row says so first, as browsers do when they find a text in it.
    this.body.addEventListener("beforematch", () => this.setOpen(true));
    this.legend = h("legend", null, this.toggle);
    this.card = h("fieldset", { class: "row-card" }, this.legend, this.body);
    this.header = h("th", { scope: "row" });
    this.line = h("tr", null, this.header, ...this.cells.map(() => h("td")));
    for (const cell of this.cells) {
      context.views.set(cell.path, cell);
      cell.setShown(context.asked(cell.field, table, id));
    }
    this.setOpen(false);
  }

  /**
   * @param {string} kind
   * @param {string} key
   * @param {() => void} work
   */
  tool(kind, key, work) {
    const text = h("span", { class: "tool-text" }, this.context.t(key));
    const button = h("button", { type: "button", class: `tool ${kind}`, title: this.context.t(key) }, text);
    button.addEventListener("click", () => button.getAttribute("aria-disabled") || work());
    return button;
  }

  /** "Driver 2" */
  label() {
    return this.context.t("row_name", { row: this.table.row_label || this.context.t("row"), n: this.place + 1 });
  }

  /** What names the row among the others: its title column, or the first that has a short answer. */
  heading() {
    const { refs } = this.context;
    const columns = this.table.columns ?? [];
    const named = columns.find((column) => column.id === this.table.row_title);
    const candidates = named ? [named] : columns.filter((column) => factsOf(column).names);
    for (const column of candidates) {
      const text = refs.text(column, cellPath(this.table.id, this.id, column.id)).trim();
      if (text) return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE).trimEnd()}…` : text;
    }
    return "";
  }

  /** How many of the cells that matter have an answer. */
  filled() {
    const input = (this.table.columns ?? []).filter(
      (c) => isAsked(c) && this.context.asked(c, this.table, this.id),
    );
    const counted = input.some((column) => column.required) ? input.filter((column) => column.required) : input;
    const done = counted.filter((c) => !isBlank(this.context.answers.get(cellPath(this.table.id, this.id, c.id))));
    return { done: done.length, all: counted.length };
  }

  /**
   * @param {number} place
   * @param {number} of
   */
  setPlace(place, of) {
    this.place = place;
    this.of = of;
    this.update();
  }

  /** Say anew what the row is about and how far it is. */
  update() {
    const { t } = this.context;
    const heading = this.heading();
    const label = this.label();
    setText(this.title, heading ? t("row_heading", { row: label, title: heading }) : label);
    const { done, all } = this.filled();
    setText(this.progress, done === all ? t("row_complete") : t("row_progress", { n: done, all }));
    this.card.classList.toggle("complete", done === all);
    setText(this.head, label);
    for (const [button, key] of /** @type {const} */ ([
      [this.up, "move_up"],
      [this.down, "move_down"],
      [this.removeButton, "remove"],
    ])) {
      set(button, "aria-label", `${t(key)}: ${label}`);
    }
    this.grip.hidden = this.of < 2;
    set(this.up, "aria-disabled", this.place === 0 ? "true" : null);
    set(this.down, "aria-disabled", this.place === this.of - 1 ? "true" : null);
  }

  /** @param {boolean} open */
  setOpen(open) {
    this.open = open;
    set(this.toggle, "aria-expanded", String(open));
    this.body.hidden = !open;
  }

  /**
   * Put the cells into the frame that fits.
   * @param {boolean} wide
   * @returns {HTMLElement} the frame
   */
  frame(wide) {
    if (wide === this.wide) return wide ? this.line : this.card;
    this.wide = wide;
    if (wide) {
      this.header.replaceChildren(this.grip, this.head, this.tools);
      this.cells.forEach((cell, place) => this.line.children[place + 1].replaceChildren(cell.el));
    } else {
      this.legend.prepend(this.grip);
      this.body.replaceChildren(h("div", { class: "cells" }, ...this.cells.map((cell) => cell.el)), this.tools);
    }
    this.update();
    return wide ? this.line : this.card;
  }

  focus() {
    this.setOpen(true);
    this.cells[0]?.control.focus();
  }

  forget() {
    for (const cell of this.cells) this.context.views.delete(cell.path);
  }
}
