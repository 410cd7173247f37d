import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { countWords } from "../../widgets/academy_widgets/js/form/words.js";

const vectors = JSON.parse(await readFile(new URL("../data/word_counts.json", import.meta.url), "utf8"));

test("there are vectors to hold the rule to", () => assert.ok(vectors.length >= 40));

for (const { text, words } of vectors) {
  test(`${JSON.stringify(text)} has ${words} words`, () => assert.equal(countWords(text), words));
}
