// Gives what the interface says in another language than the page's its own `lang` and `dir`, also where scripts write
// it. Only pages whose language the interface has not have this (`data-said` names the one it has instead).
import { sentences } from "./marks.js";

const lang = document.documentElement.dataset.said ?? "en";
const NO_ELEMENTS = "script, style, title, textarea, option, template, svg";

/** @param {Node} node */
function mark(node) {
  if (!(node instanceof Text)) {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    return found.forEach(mark);
  }
  const parent = node.parentElement;
  if (!parent || parent.lang === lang || parent.closest(NO_ELEMENTS)) return;
  for (const [begin, end] of sentences(node.data).reverse()) {
    if (end < node.length) node.splitText(end);
    const said = begin ? node.splitText(begin) : node;
    const span = document.createElement("span");
    span.lang = lang;
    span.dir = said.data.startsWith("\u2067") ? "rtl" : "ltr";
    said.replaceWith(span);
    span.append(said);
  }
}

mark(document.body);
const watch = new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "characterData") mark(target);
    else addedNodes.forEach(mark);
  }
});
watch.observe(document.body, { childList: true, characterData: true, subtree: true });
