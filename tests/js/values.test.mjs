import assert from "node:assert/strict";
import { test } from "node:test";
import { describeCount, describeValue } from "../../widgets/academy_widgets/js/form/values/limits.js";
import { movedRow, newRowId, restoredRow, rowIds, splitPath } from "../../widgets/academy_widgets/js/form/values/paths.js";
import { translator } from "../../widgets/academy_widgets/js/form/texts.js";
import { alike, isBlank, same, uuid } from "../../widgets/academy_widgets/js/form/values/values.js";

test("blank is nothing, white space and an empty list, but not zero or no", () => {
  for (const value of [null, undefined, "", " \n", []]) assert.ok(isBlank(value));
  for (const value of [0, false, "0", ["a"]]) assert.ok(!isBlank(value));
});

test("values are compared by what they hold", () => {
  assert.ok(same(["a", "b"], ["a", "b"]));
  assert.ok(!same(["a", "b"], ["b", "a"]));
  assert.ok(same(null, undefined));
  assert.ok(!same("1", 1));
  assert.ok(!same(["a"], ["a", "b"]) && !same(["a", "b"], ["a"]) && !same(["a"], "a"));
  assert.ok(same("", "") && !same("", null) && !same(0, null) && !same(false, null));
  assert.ok(alike(" a  b\n", "a b"));
  assert.ok(alike("", null));
  assert.ok(!alike("a", "b"));
});

test("ids are unique and shaped as agreed", () => {
  const ids = Array.from({ length: 500 }, newRowId);
  assert.equal(new Set(ids).size, 500);
  for (const id of ids) assert.match(id, /^r[0-9a-z]{8}$/);
  assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("paths are split into field, row and column", () => {
  assert.deepEqual(splitPath("map/r1/need"), { field: "map", row: "r1", column: "need" });
  assert.deepEqual(splitPath("why"), { field: "why", row: "", column: "" });
});

test("rows are moved and put back without losing one", () => {
  assert.deepEqual(movedRow(["a", "b", "c"], "c", 1), ["a", "c", "b"]);
  assert.deepEqual(movedRow(["a", "b", "c"], "a", 1), ["b", "a", "c"]);
  assert.deepEqual(movedRow(["a", "b"], "a", -1), ["a", "b"]);
  assert.deepEqual(movedRow(["a", "b"], "a", 2), ["a", "b"]);
  assert.deepEqual(movedRow(["a", "b"], "gone", 0), ["a", "b"]);
  assert.deepEqual(movedRow(["a", "b", "c"], "a", 2), ["b", "c", "a"]);
  assert.deepEqual(restoredRow(["a", "c"], "b", 1), ["a", "b", "c"]);
  assert.deepEqual(restoredRow([], "b", 4), ["b"]);
  assert.deepEqual(rowIds(["a", 1, "a", null, "b"]), ["a", "b"]);
  assert.deepEqual(rowIds("a"), []);
});

const t = (key, values) => `${key} ${values.n}/${values.least}/${values.most}`;

test("a count says where it stands between its limits", () => {
  assert.deepEqual(describeCount(t, "words", 2, 3, 8), { text: "words_between 2/3/8", standing: "under" });
  assert.equal(describeCount(t, "words", 3, 3, 8).standing, "within");
  assert.equal(describeCount(t, "words", 9, 3, 8).standing, "over");
  assert.equal(describeCount(t, "chars", 0, 0, 10).standing, "under");
  assert.match(describeCount(t, "chars", 0, 0, 10).text, /^chars_most/);
  assert.match(describeCount(t, "rows", 4, 1, null).text, /^rows_least/);
});

test("only fields with limits are counted", () => {
  assert.equal(describeValue(t, { type: "text" }, "one two"), null);
  assert.match(describeValue(t, { type: "text", words: [1, 5] }, "one two").text, /^words_between 2/);
  assert.match(describeValue(t, { type: "multi", choose: [1, 2] }, ["a"]).text, /^chosen_between 1/);
  assert.match(describeValue(t, { type: "line", chars: 100 }, "😀".repeat(60)).text, /^chars_most 60/);
  assert.equal(describeValue(t, { type: "ref", choose: [1, 1] }, "a"), null);
});

test("places in sentences are filled, and a missing sentence shows its key", () => {
  const say = translator({ greet: "{n} of {all}, {n} again, {unknown}" });
  assert.equal(say("greet", { n: 1, all: "{n}" }), "1 of {n}, 1 again, {unknown}");
  assert.equal(say("absent"), "absent");
});

test("two lists are the same only if each place is, and a list is never a single value", () => {
  assert.ok(same([], []));
  assert.ok(!same(["a"], ["a", "b"]));
  assert.ok(!same(["a", "b"], ["a"]));
  assert.ok(!same(["a", "b"], ["a", "c"]));
  assert.ok(!same(["a", "b"], ["c", "b"]));
  assert.ok(!same(["a"], "a"));
  assert.ok(!same("a", ["a"]));
  assert.ok(!same([], null));
  assert.ok(!same(undefined, 0));
  assert.ok(!same(null, ""));
  assert.ok(same(undefined, null));
  assert.ok(same(false, false));
  assert.ok(!same(false, null));
});

test("values are alike where a store only trims, folds blanks or composes letters", () => {
  assert.ok(alike(" a\n\tb ", "a b"));
  assert.ok(alike("e\u0301", "\u00e9"));
  assert.ok(!alike("ab", "a b"));
  assert.ok(alike(null, "  "));
  assert.ok(!alike(null, "a"));
  assert.ok(!alike("a", null));
  assert.ok(alike(["a"], ["a"]));
  assert.ok(!alike(["a"], ["b"]));
  assert.ok(alike(0, 0));
  assert.ok(!alike(0, null));
});
