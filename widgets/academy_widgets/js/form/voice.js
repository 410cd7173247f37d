/** What comes at once, such as a lost line that each form of a page notices, is said by one of them. */
const AT_ONCE = 500;

let spoken = -Infinity;

/**
 * Ask to say something aloud that other forms, or other parts of one, may want to say at the same moment.
 * @param {number} [now] in milliseconds
 * @returns {boolean} whether it is one's turn
 */
export function maySpeak(now = performance.now()) {
  if (now - spoken < AT_ONCE) return false;
  spoken = now;
  return true;
}
