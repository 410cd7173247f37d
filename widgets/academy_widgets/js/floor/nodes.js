// What the oldest browsers that our pages hold for (Chrome 80, Firefox 78, Safari 14) lack, in a few lines each. The
// build puts this before each bundle; tests/js/floor.test.mjs holds the rest of the code to what is there or here.

if (!Element.prototype.replaceChildren) {
  const replace = /** @this {ParentNode & Node} @param {(Node | string)[]} nodes */ function (...nodes) {
    while (this.lastChild) this.removeChild(this.lastChild);
    this.append(...nodes);
  };
  for (const kind of [Element, Document, DocumentFragment]) kind.prototype.replaceChildren = replace;
}
