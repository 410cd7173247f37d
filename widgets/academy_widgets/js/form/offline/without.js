// What the form has only where there is a server: the file is smaller without. The build puts these in place of them.
import { h } from "../dom.js";

/** Questions are asked, and changes elsewhere are told, by the server alone. */
export class AdviceView {
  constructor() {
    this.el = h("p", { hidden: true });
  }
  show() {}
}
export { AdviceView as AgainView };

/** In the file a form stands alone. */
export class Neighbours {}
export function tellNeighbours() {}

/** The file draws nothing. */
export class Pictures {
  after() {
    return [];
  }
  heard() {}
  refresh() {}
  saved() {}
  close() {}
}

/** From the file nothing is taken away: it is away. */
export class TakeAwayView {}
