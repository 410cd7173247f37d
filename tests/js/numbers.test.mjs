import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { displayValue } from "../../widgets/academy_widgets/js/form/display.js";
import { editable, fitsStep, formatAmount, formatNumber, meanings, parseNumber, readings } from "../../widgets/academy_widgets/js/form/values/numbers.js";
import { countCharacters } from "../../widgets/academy_widgets/js/form/values/words.js";

const read = async (name) => JSON.parse(await readFile(new URL(`../data/${name}`, import.meta.url), "utf8"));

for (const [text, meant] of await read("numbers.json")) {
  test(`${JSON.stringify(text)} can mean ${JSON.stringify(meant)}`, () => assert.deepEqual(readings(text), meant));
}

for (const { text, characters } of await read("character_counts.json")) {
  test(`${JSON.stringify(text)} has ${characters} characters`, () => assert.equal(countCharacters(text), characters));
}

test("what is no number, or may be two, stays as it was typed", () => {
  assert.equal(parseNumber(" 12,500 "), "12,500");
  assert.equal(parseNumber("about 12"), "about 12");
  assert.equal(parseNumber("  "), null);
  assert.equal(parseNumber("– 5"), -5);
});

test("of two readings the one counts that alone fits the steps of its field", () => {
  assert.equal(parseNumber("12,500", { step: 1 }), 12500);
  assert.deepEqual(meanings("12,500", { step: 0.5 }), [12.5, 12500]);
  assert.equal(parseNumber("1.2", { step: 1 }), 1.2);
  assert.deepEqual([1, 1.2, -3].map((n) => fitsStep(n, { step: 1 })), [true, false, true]);
  assert.deepEqual([1, 3, 4].map((n) => fitsStep(n, { step: 2, range: [1, 9] })), [true, true, false]);
  assert.ok(fitsStep(0.3, { step: 0.1 }));
});

test("a number is written so that it is read back the same in any language", () => {
  for (const lang of ["en", "fr", "ar", "ar-EG", "fa", "hi", "pt", "es", "bn", "my"]) {
    for (const value of [0, -2, 12.5, 12.345, -1.5, 1250.75, 46050]) assert.equal(parseNumber(editable(value, lang)), value, lang);
  }
});

test("a number that is read has no-break spaces between thousands and keeps its parts in order", () => {
  assert.equal(formatAmount(1234567.5, "en"), "1\u00a0234\u00a0567.5");
  assert.equal(formatAmount(12500, "es"), "12\u00a0500");
  assert.equal(formatAmount(-999, "en"), "-999");
  assert.match(formatAmount(-12500, "ar-MA"), /^\u2066.*-12\u00a0500\u2069$/);
  assert.equal(displayValue({ id: "a", type: "number", label: "", unit: "EUR" }, 12500, String, "en"), "12\u00a0500 EUR");
});

test("a browser without Intl shows numbers, days and lists all the same", () => {
  const kept = globalThis.Intl;
  const options = [{ id: "a", label: "Phone" }, { id: "b", label: "Hall" }];
  const show = (field, value) => displayValue({ id: "x", label: "", ...field }, value, String, "en");
  try {
    delete globalThis.Intl;
    assert.equal(formatNumber(12.5, "en"), "12.5");
    assert.equal(formatAmount(12500, "en"), "12\u00a0500");
    assert.equal(show({ type: "date" }, "2026-03-09"), "2026-03-09");
    assert.equal(show({ type: "multi", options }, ["a", "b"]), "Phone, Hall");
  } finally {
    globalThis.Intl = kept;
  }
  assert.equal(show({ type: "multi", options }, ["a", "b"]), "Phone, Hall");
  assert.equal(show({ type: "date" }, "2026-03-09"), "March 9, 2026");
});

test("a browser that knows no such language or no numbers at all shows the number as it is", () => {
  assert.equal(formatNumber(12.5, "no such language"), "12.5");
  const { NumberFormat } = Intl;
  Intl.NumberFormat = undefined;
  try {
    assert.equal(formatNumber(1250.75, "en"), "1250.75");
  } finally {
    Intl.NumberFormat = NumberFormat;
  }
});
