// Small helpers for building elements.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<Record<string, any>>} [properties] DOM properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/**
 * A JSON document in the page.
 * @param {string} id of its script element
 * @param {Document} [page]
 * @returns {any} null if it is missing or damaged
 */
export function readJson(id, page = document) {
  try {
    return JSON.parse(page.getElementById(id)?.textContent ?? "null");
  } catch {
    return null;
  }
}
