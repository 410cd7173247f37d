import { h } from "../dom.js";

/**
 * Something that goes onto the paper. `keep` stays on one page with what follows. `parts` are children of `el` that may
 * be torn apart between pages (ruled lines, boxes, words), though never fewer than `least` of them.
 * @typedef {{el: HTMLElement, keep?: boolean, parts?: ChildNode[], least?: number}} Piece
 */

/** Countries that print on letter paper. */
const LETTER = /-(US|CA|MX|PH|CO|VE|CL|CR|GT|PA|PR|SV|NI|DO)$/i;

/** The paper of whoever prints: `a4` or `letter`. */
export function paperSize() {
  return LETTER.test(navigator.language) ? "letter" : "a4";
}

/** Puts pieces onto sheets, one after the other, so that each sheet is full before the next begins. */
export class Sheets {
  /**
   * @param {HTMLElement} place where the sheets are; it is laid out as it will be printed
   * @param {() => HTMLElement} head what stands on top of each sheet
   */
  constructor(place, head) {
    this.place = place;
    this.head = head;
    this.body = h("div", null);
    this.next();
  }

  /** Begin a sheet. */
  next() {
    this.body = h("div", { class: "paper-body" });
    this.place.append(h("section", { class: "paper-sheet" }, this.head(), this.body));
  }

  get fits() {
    return this.body.scrollHeight <= this.body.clientHeight + 1;
  }

  /** @param {Piece[]} pieces */
  fill(pieces) {
    /** @type {HTMLElement[]} */
    let kept = [];
    for (const piece of pieces) {
      this.body.append(piece.el);
      if (piece.keep) kept.push(piece.el);
      else {
        this.settle(piece, kept);
        kept = [];
      }
    }
  }

  /**
   * See that the piece that was just added fits: whole, torn apart, or on the next sheet with what stays with it.
   * @param {Piece} piece
   * @param {HTMLElement[]} kept
   */
  settle(piece, kept) {
    if (this.fits) return;
    const rest = this.tear(piece);
    if (rest) {
      this.next();
      this.body.append(rest.el);
      this.settle(rest, []);
      return;
    }
    const moved = [...kept, piece.el];
    if (this.body.childElementCount === moved.length) return; // it fits no sheet
    this.next();
    this.body.append(...moved);
    this.settle(piece, kept);
  }

  /**
   * Leave as many parts here as fit, and return the rest as a piece of its own; null where too few would stay.
   * @param {Piece} piece
   * @returns {Piece | null}
   */
  tear({ el, parts = [], least = 1 }) {
    if (parts.length < 2) return null;
    let [low, high] = [0, parts.length - 1]; // so many parts fit, and more than so many do not
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      el.replaceChildren(...parts.slice(0, middle));
      if (this.fits) low = middle;
      else high = middle - 1;
    }
    const alone = this.body.childElementCount === 1;
    if (low === 0 || (low < least && !alone)) {
      el.replaceChildren(...parts);
      return null;
    }
    const { direction } = getComputedStyle(el);
    const rest = /** @type {HTMLElement} */ (el.cloneNode(false));
    for (const half of [el, rest]) if (half.hasAttribute("dir")) half.dir = direction;
    rest.append(...parts.slice(low));
    return { el: rest, parts: parts.slice(low), least };
  }
}
