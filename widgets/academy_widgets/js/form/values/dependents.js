import { FieldView } from "../field.js";
import { factsOf } from "../fields/facts.js";
import { splitPath } from "./paths.js";
import { deciding } from "./shown.js";

/** Keeps up with other answers: fields that come and go, choices, and what is computed or comes from elsewhere. */
export class Dependents {
  /**
   * @param {import("../form.js").Context} context
   * @param {import("../types.js").Field[]} fields
   * @param {import("../tables/table.js").TableView[]} tables
   */
  constructor(context, fields, tables) {
    this.context = context;
    this.tables = tables;
    this.deciding = deciding(fields);
  }

  /**
   * An answer has changed.
   * @param {string} path
   */
  changed(path) {
    const { field, column } = splitPath(path);
    if (this.deciding.has(column || field)) this.reshow();
    if (this.context.refs.sources.has(field)) this.refresh((one) => one.from?.field === field);
  }

  /**
   * The kernel has spoken.
   * @param {import("../types.js").Message} message
   */
  heard(message) {
    const { context } = this;
    if (message.computed) {
      Object.assign(context.computed, message.computed);
      this.refresh((field) => !!factsOf(field).computed);
    }
    if (message.options || message.shown) {
      context.refs.learn(message);
      context.shown = message.shown ?? context.shown;
      this.refresh((field) => !!factsOf(field).refers && !field.from);
    }
  }

  /** Show what is asked now. */
  reshow() {
    const { views, asked } = this.context;
    for (const view of views.values()) {
      if (view.field.only_if) view.setShown(asked(view.field, view.table, view.row));
    }
    for (const table of this.tables) table.update();
  }

  /**
   * There is something else to choose or to read in some fields.
   * @param {(field: import("../types.js").Field) => boolean} where
   */
  refresh(where) {
    const { views, answers } = this.context;
    for (const [path, view] of views) if (view instanceof FieldView && where(view.field)) view.refresh(answers.get(path));
    for (const table of this.tables) table.update();
  }
}
