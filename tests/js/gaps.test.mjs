// What the form in a file says of answers that a course would not take; tests/offline holds it to the course's own rules.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findProblems } from "../../widgets/academy_widgets/js/form/offline/checks.js";

const t = (key, values = {}) => [key, ...Object.values(values)].join(" ");
const OPTIONS = ["a", "b", "c"].map((id) => ({ id, label: id }));

/** What is said of a field with an answer. */
function said(field, value, options = field.options ?? []) {
  const known = { t, get: (path) => ({ x: value })[path] ?? null, asked: () => true, options: () => options };
  return findProblems([{ id: "x", label: "X", ...field }], known).map(({ text }) => text).join();
}

const RULES = [
  [{ type: "text" }, ["", ""], ["anything at all", ""]],
  [{ type: "text", required: true }, [null, "unanswered"], ["  ", "unanswered"], ["a", ""]],
  [{ type: "text", words: [2, 3] }, ["one", "too_few_words 1 2"], ["one two", ""], ["one two three", ""], ["1 2 3 4", "too_many_words 4 3"]],
  [{ type: "text", words: [null, 1] }, ["one", ""], ["one two", "too_many_words 2 1"]],
  [{ type: "text", words: [2, null] }, ["one", "too_few_words 1 2"], ["1 2 3 4 5 6 7 8 9", ""]],
  [{ type: "line", chars: 3 }, ["abc", ""], ["abcd", "too_many_chars 4 3"]],
  [{ type: "line", chars: 3, words: [2, 2] }, ["abcd e", "too_many_chars 6 3"], ["a", "too_few_words 1 2"]],
  [{ type: "number" }, [5, ""], [0, ""], ["many", "no_number"], ["12,500", "two_numbers 12.5 12500"], ["12,5", ""]],
  [{ type: "number", range: [0, 10] }, [-1, "out_of_range 0 10"], [0, ""], [10, ""], [11, "out_of_range 0 10"]],
  [{ type: "number", range: [null, 10] }, [-1, ""], [11, "out_of_range  10"]],
  [{ type: "number", range: [0, null] }, [-1, "out_of_range 0 "], [11, ""]],
  [{ type: "number", step: 1 }, [5, ""], [5.5, "no_whole"], ["12,500", ""]],
  [{ type: "number", step: 0.5 }, [5.5, ""], [5.2, "no_step 0.5"]],
  [{ type: "scale", range: [1, 3] }, [1, ""], [3, ""], [4, "out_of_range 1 3"], [1.5, "no_whole"]],
  [{ type: "choice", options: OPTIONS }, ["a", ""], ["gone", "nothing_chosen"]],
  [{ type: "multi", options: OPTIONS, choose: [2, 2] }, [["a"], "too_few_chosen 1 2"], [["a", "b"], ""], [["a", "gone"], "too_few_chosen 1 2"], [["a", "b", "c"], "too_many_chosen 3 2"], [[], ""]],
  [{ type: "multi", options: OPTIONS, choose: [null, null] }, [["a", "b", "c"], ""], [["gone"], "nothing_chosen"]],
  [{ type: "ref", options: OPTIONS, choose: [1, 1] }, ["a", ""], ["gone", "choose_anew"], [["a", "b"], "too_many_chosen 2 1"], [["a", "gone"], "choose_anew"]],
  [{ type: "ref", required: true }, [null, ""]],
  [{ type: "computed", required: true }, [null, ""]],
  [{ type: "date", earliest: "2026-01-01", latest: "2026-12-31" }, ["2025-12-31", "too_early 2026-01-01"], ["2026-01-01", ""], ["2026-12-31", ""], ["2027-01-01", "too_late 2026-12-31"]],
  [{ type: "date" }, ["1900-01-01", ""]],
  [{ type: "bool" }, [false, ""], [true, ""]],
  [{ type: "bool", required: true }, [false, "unanswered"], [null, "unanswered"], [true, ""]],
  [{ type: "choice", required: true, options: OPTIONS }, [null, "unanswered"], ["a", ""]],
  [{ type: "email" }, ["office", "email_unclear"], ["office@union.example", ""]],
  [{ type: "colour" }, ["red", ""]],
  [{ type: "table" }, [null, ""]],
  [{ type: "table", required: true }, [[], "rows_none"], [["r1"], ""]],
  [{ type: "table", rows: [2, 3] }, [[], ""], [["r1"], "rows_few 1 2"], [["r1", "r2"], ""], [["r1", "r2", "r3"], ""], [["r1", "r2", "r3", "r4"], "rows_many 4 3"]],
  [{ type: "table", rows: [2, null], required: true }, [[], "rows_few 0 2"], [["r1", "r2", "r3", "r4"], ""]],
];

for (const [field, ...cases] of RULES) {
  test(`${JSON.stringify(field)}`, () => {
    for (const [value, wanted] of cases) assert.equal(said(field, value), wanted, JSON.stringify(value));
  });
}

test("cells are looked at row by row, and only what is asked", () => {
  const table = { id: "map", type: "table", label: "Map", columns: ["a", "b"].map((id) => ({ id, type: "line", label: id, required: true })) };
  const hidden = { id: "hidden", type: "line", label: "Hidden", required: true };
  const values = { map: ["r1", "r2"], "map/r1/a": "x" };
  const asked = (part, within, row) => part !== hidden && !(within === table && part.id === "b" && row === "r2");
  const found = findProblems([table, hidden], { t, asked, get: (path) => values[path] ?? null, options: () => [] });
  assert.deepEqual(found, [{ path: "map/r1/b", text: "unanswered" }, { path: "map/r2/a", text: "unanswered" }]);
});
