import { Player } from "./player.js";

/**
 * The anywidget entry: play the unit of the model and return the way to take it away.
 * @param {{model: import("../form/types.js").Model, el: HTMLElement}} view
 */
function render({ model, el }) {
  const player = new Player(model, el);
  return () => player.close();
}

export default { render };
