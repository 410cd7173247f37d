import { Desk } from "./desk.js";

/**
 * The anywidget entry: show the desk of the model and return the way to take it away.
 * @param {{model: import("../form/types.js").Model, el: HTMLElement}} view
 */
function render({ model, el }) {
  const desk = new Desk(model, el);
  return () => desk.close();
}

export default { render };
