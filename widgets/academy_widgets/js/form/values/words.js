// (Each pattern says that making it does nothing else, so that a script that counts nothing comes without them.)
// The same rules as academy/words.py; both are held to word_counts.json, character_counts.json and blank.json in
// tests/data.

// Scripts written without spaces between words, and the sound marks that Japanese shares between two of them.
const unspaced =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\u30fc\uff70\uff9e\uff9f";
const start = `(?![${unspaced}])[\\p{L}\\p{N}]`;
// A point or comma belongs to a number only between digits. No look-behind: older phones do not know it.
const piece = `(?:(?![${unspaced}])(?:\\p{N}[.,\u066b\u066c](?=\\p{N})|[\\p{L}\\p{M}\\p{N}\u00ad\u200c\u200d]))+`;
const word = `(?=${start})${piece}(?:['\u2019\u02bc\\-\u2011](?=${start})${piece})*`;
const token = /* @__PURE__ */ new RegExp(`([${unspaced}][${unspaced}\\p{M}]*)|${word}`, "gu");
const letter = /* @__PURE__ */ new RegExp(`(?=[\\p{L}\\p{N}])[${unspaced}]`, "gu");

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

// What a person sees as one character: a letter with its marks, a picture with its colour or the one that is joined to
// it, a flag, a syllable of Korean, consonants of India that a virama joins. `Intl.Segmenter` came too late for us.
const extend = "\\p{M}\\u0e33\\u0eb3\\u200c\\u200d\\uff9e\\uff9f\\u{1f3fb}-\\u{1f3ff}\\u{e0020}-\\u{e007f}";
const consonant =
  "\\u0915-\\u0939\\u0958-\\u095f\\u0978-\\u097f\\u0995-\\u09b9\\u09dc\\u09dd\\u09df\\u09f0\\u09f1\\u0a95-\\u0ab9\\u0af9" +
  "\\u0b15-\\u0b39\\u0b5c\\u0b5d\\u0b5f\\u0b71\\u0c15-\\u0c39\\u0c58-\\u0c5a\\u0d15-\\u0d3a";
const virama = "\\u094d\\u09cd\\u0acd\\u0b4d\\u0c4d\\u0d4d";
const vowels = "[\\u1160-\\u11a7\\ud7b0-\\ud7c6]*[\\u11a8-\\u11ff\\ud7cb-\\ud7fb]*";
const character = /* @__PURE__ */ new RegExp(
  [
    "\\r\\n|[\\r\\n]",
    "\\p{Regional_Indicator}{2}",
    `(?:[\\u1100-\\u115f\\ua960-\\ua97c]+[\\uac00-\\ud7a3]?|[\\uac00-\\ud7a3])${vowels}[${extend}]*`,
    `\\p{Extended_Pictographic}(?:[${extend}]*\\u200d\\p{Extended_Pictographic})*[${extend}]*`,
    `[${consonant}](?:\\p{M}?[${virama}]\\u200d?[${consonant}])*[${extend}]*`,
    `[^][${extend}]*`,
  ].join("|"),
  "gu",
);

/**
 * The number of characters that a person sees in a text, without blanks around it.
 * @param {string} text
 */
export function countCharacters(text) {
  return (text.trim().match(character) ?? []).length;
}
