// Wide tables scroll in a box of their own, which the keyboard can reach when there is something to scroll.

import { element } from "./dom.js";

/**
 * Frame every table below an element that has no frame yet.
 * @param {ParentNode} root
 */
export function frameTables(root) {
  for (const table of root.querySelectorAll("table")) {
    if (table.closest(".scroll")) continue;
    const frame = element("div", { className: "scroll" });
    table.replaceWith(frame);
    frame.append(table);
    new ResizeObserver(() => nameWhenScrolling(frame, table)).observe(frame);
  }
}

/** @param {HTMLElement} frame @param {Element} table */
function nameWhenScrolling(frame, table) {
  const scrolls = frame.scrollWidth > frame.clientWidth;
  for (const [name, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": nameOf(table) })) {
    if (scrolls) frame.setAttribute(name, value);
    else frame.removeAttribute(name);
  }
}

/** The caption, or the last heading before the table. @param {Element} table */
function nameOf(table) {
  const caption = table.querySelector("caption")?.textContent;
  if (caption) return caption;
  const headings = [...document.querySelectorAll("main h1, main h2, main h3, main h4")];
  const before = headings.filter((heading) => follows(heading, table));
  return before.pop()?.firstChild?.textContent ?? document.title;
}

/** @param {Node} first @param {Node} second */
function follows(first, second) {
  return (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
