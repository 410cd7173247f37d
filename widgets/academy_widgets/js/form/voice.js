/** What comes at once, such as a lost line that each form of a page notices, is said by one of them. */
const AT_ONCE = 100;

let spoken = -Infinity;
/** @type {unknown} */
let speaker = null;

/**
 * Ask to say something aloud that others on the page may want to say at the same moment.
 * @param {unknown} who asks: one may always go on after oneself
 * @param {number} [now] in milliseconds
 * @returns {boolean} whether it is one's turn
 */
export function maySpeak(who, now = performance.now()) {
  if (who !== speaker && now - spoken < AT_ONCE) return false;
  [speaker, spoken] = [who, now];
  return true;
}
