// Four bytes in five signs, where base 64 needs five and a third. widgets/academy_widgets/forms/offline_form.py writes it: the signs of
// Python's base64.b85encode, with others in place of those that HTML reads otherwise.

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~";

/**
 * The bytes that a text stands for.
 * @param {string} text
 */
export function bytesOf(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 4) / 5));
  for (let from = 0, to = 0; from < text.length; from += 5, to += 4) {
    let word = 0;
    // The last signs may be fewer than five: the others count as the greatest, and what they stand for falls away.
    for (const sign of text.slice(from, from + 5).padEnd(5, "~")) word = word * 85 + SIGNS.indexOf(sign);
    for (let n = 0; n < 4; n += 1) bytes[to + n] = word >>> (24 - 8 * n);
  }
  return bytes;
}
