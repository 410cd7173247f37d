// Where the reader was: kept over a reload, so that the page that comes back is the page that went.

const KEY = "academy.place";

/**
 * @typedef {object} Place
 * @property {string} path
 * @property {number} scroll
 * @property {number} [top] of the focused element in the window
 * @property {string} [id] of the focused element
 * @property {string} [name] of the focused element, when it has no id
 * @property {number | null} [start] selection in it
 * @property {number | null} [end]
 */

/**
 * Remember scroll position and focus for the page that follows.
 * @param {HTMLElement | null} [instead] of what is focused: it comes into the window if it is above
 */
export function keepPlace(instead) {
  const focused = /** @type {HTMLInputElement | null} */ (instead ?? document.activeElement);
  /** @type {Place} */
  const place = { path: location.pathname, scroll: scrollY, id: focused?.id, name: focused?.name };
  if (focused !== document.body) place.top = focused?.getBoundingClientRect().top;
  if (instead) place.top = Math.max(place.top ?? 0, 0);
  try {
    place.start = focused?.selectionStart;
    place.end = focused?.selectionEnd;
  } catch {
    // some kinds of input have no selection
  }
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

/**
 * Go back to the remembered place, once everything is on screen; not if the reader is somewhere already.
 * @param {import("./anew.js").Catcher | null} [caught] what was typed meanwhile
 */
export function restorePlace(caught) {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!kept) return;
  /** @type {Place} */
  const place = JSON.parse(kept);
  if (place.path !== location.pathname) return;
  const field = find(place);
  const elsewhere = document.activeElement !== document.body && !caught?.focused;
  if (caught) Object.assign(place, caught.give(field));
  if (elsewhere) return;
  // A part that is folded unfolds for this event.
  field?.dispatchEvent(new Event("beforematch", { bubbles: true }));
  field?.focus({ preventScroll: true });
  try {
    if (place.start != null) field?.setSelectionRange(place.start, place.end ?? place.start);
  } catch {
    // the field may be of another kind now
  }
  // What is above may be longer or shorter than before: the element stays where it was in the window.
  const { top, scroll } = place;
  scrollTo(0, field && top != null ? scrollY + field.getBoundingClientRect().top - top : scroll);
}

/** @param {Place} place @returns {HTMLInputElement | null} */
function find({ id, name }) {
  if (id) return /** @type {HTMLInputElement | null} */ (document.getElementById(id));
  return name ? document.querySelector(`[name="${CSS.escape(name)}"]`) : null;
}
