/**
 * Make an element. `null` and `false` attributes and children are left out, `on…` members are listeners.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any> | null} [attributes]
 * @param {...(Node | string | null | undefined | false)} children text is only ever text
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else set(element, name, value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * Set an attribute, or remove it when the value is null, undefined or false.
 * @param {Element} element
 * @param {string} name
 * @param {unknown} value
 */
export function set(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Show a text, or hide the element when there is none. Nothing is touched when nothing changes.
 * @param {HTMLElement} element
 * @param {string | null | undefined} text
 */
export function setText(element, text) {
  element.hidden = !text;
  if (element.textContent !== (text ?? "")) element.textContent = text ?? "";
}

/**
 * Run a change that may move the focused element in the document, and give the focus back.
 * @param {HTMLElement} root
 * @param {() => void} change
 */
export function keepingFocus(root, change) {
  const focused = document.activeElement;
  change();
  if (focused instanceof HTMLElement && root.contains(focused) && document.activeElement !== focused) focused.focus();
}

/**
 * Run a change by which the page may grow or shrink, and leave an element where it is on the screen. Not all browsers see
 * to that, and those that do forget it where the page was scrolled a moment before.
 * @param {Element | null} element
 * @param {() => void} change
 */
export function keepingPlace(element, change) {
  const top = () => element?.getClientRects()[0]?.top ?? NaN;
  const before = top();
  change();
  const moved = top() - before;
  if (moved) scrollBy(0, moved);
}

/** What has the focus, where it begins on the screen: who has scrolled away from it looks at something else. */
export function focusInView() {
  const focused = document.activeElement;
  const top = focused?.getBoundingClientRect().top ?? 0;
  return top > 0 && top < innerHeight ? focused : null;
}

/**
 * Show another text in a field, and leave the caret of who is in it where it was in the words.
 * @param {HTMLInputElement | HTMLTextAreaElement} el
 * @param {string} text
 */
export function retext(el, text) {
  const before = el.value;
  const { selectionStart, selectionEnd } = el;
  el.value = text;
  if (document.activeElement !== el || selectionStart === null || selectionEnd === null) return;
  let same = 0;
  while (same < before.length && before[same] === text[same]) same += 1;
  const moved = (/** @type {number} */ place) => (place <= same ? place : Math.max(same, place + text.length - before.length));
  el.setSelectionRange(moved(selectionStart), moved(selectionEnd));
}

/**
 * What stands on a button, and what it is about for who hears the button alone.
 * @param {string} text
 * @param {string} of
 */
export function about(text, of) {
  return [text, h("span", { class: "unseen" }, ` – ${of}`)];
}
