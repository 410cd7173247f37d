import { Form } from "./form.js";

/**
 * The anywidget entry: render the form of the model's spec and return the way to take it away.
 * @param {{model: import("./types.js").Model, el: HTMLElement}} view
 */
function render({ model, el }) {
  const form = new Form(model, el);
  return () => form.close();
}

export default { render };
