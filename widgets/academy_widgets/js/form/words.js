// The same rules as academy/words.py; both are held to tests/data/word_counts.json and blank.json.

// Scripts written without spaces between words, and the sound marks that Japanese shares between two of them.
const unspaced =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\u30fc\uff70\uff9e\uff9f";
const start = `(?![${unspaced}])[\\p{L}\\p{N}]`;
// A point or comma belongs to a number only between digits. No look-behind: older phones do not know it.
const piece = `(?:(?![${unspaced}])(?:\\p{N}[.,\u066b\u066c](?=\\p{N})|[\\p{L}\\p{M}\\p{N}\u00ad\u200c\u200d]))+`;
const word = `(?=${start})${piece}(?:['\u2019\u02bc\\-\u2011](?=${start})${piece})*`;
const token = new RegExp(`([${unspaced}][${unspaced}\\p{M}]*)|${word}`, "gu");
const letter = new RegExp(`(?=[\\p{L}\\p{N}])[${unspaced}]`, "gu");

const nothing = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb]/gu;

/**
 * Whether a text shows anything: what has only blanks and invisible characters is no answer.
 * @param {string} text
 */
export const shows = (text) => text.replace(nothing, "") !== "";

/**
 * The number of words in a text of any script.
 *
 * A word is a run of letters, marks and digits; apostrophes and hyphens inside it and points or commas between digits
 * join it. In scripts written without spaces two letters count as a word, rounded up for each run.
 * @param {string} text
 */
export function countWords(text) {
  let total = 0;
  for (const [, run] of text.matchAll(token)) {
    total += run === undefined ? 1 : Math.ceil((run.match(letter) ?? []).length / 2);
  }
  return total;
}
