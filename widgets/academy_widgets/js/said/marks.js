// What the interface says in a language that is not the page's comes between Unicode's isolates (academy/i18n.py).

/**
 * Where in a text such sentences stand, from each isolate to the one that closes it. Numbers have isolates too and are
 * in no language.
 * @param {string} text
 * @returns {[number, number][]}
 */
export function sentences(text) {
  /** @type {[number, number][]} */
  const found = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign >= 0x2066 && sign <= 0x2068) {
      if (!depth) begin = at;
      depth += 1;
    } else if (sign === 0x2069 && depth) {
      depth -= 1;
      if (!depth && text.charCodeAt(begin) !== 0x2068 && /\p{L}/u.test(text.slice(begin, at))) found.push([begin, at + 1]);
    }
  }
  return found;
}
