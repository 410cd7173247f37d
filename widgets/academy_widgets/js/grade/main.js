import { GradePage } from "./page.js";

/**
 * The anywidget entry: show the page of the model and return the way to take it away.
 * @param {{model: import("../form/types.js").Model, el: HTMLElement}} view
 */
function render({ model, el }) {
  const page = new GradePage(model, el);
  return () => page.close();
}

export default { render };
