import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { isBlank } from "../../widgets/academy_widgets/js/form/values/values.js";
import { countWords, shows } from "../../widgets/academy_widgets/js/form/values/words.js";

const vectors = JSON.parse(await readFile(new URL("../data/word_counts.json", import.meta.url), "utf8"));

const blanks = JSON.parse(await readFile(new URL("../data/blank.json", import.meta.url), "utf8"));

for (const { text, shows: wanted } of blanks) {
  test(`${JSON.stringify(text)} shows ${wanted ? "something" : "nothing"}`, () => {
    assert.equal(shows(text), wanted);
    assert.equal(isBlank(text), !wanted);
  });
}

test("there are vectors to hold the rule to", () => assert.ok(vectors.length >= 40));

for (const { text, words } of vectors) {
  test(`${JSON.stringify(text)} has ${words} words`, () => assert.equal(countWords(text), words));
}
