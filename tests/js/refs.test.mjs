// What can be chosen elsewhere, how rows are called, and which fields are asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { displayValue } from "../../widgets/academy_widgets/js/form/display.js";
import { isAsked, isSeveral } from "../../widgets/academy_widgets/js/form/fields/facts.js";
import { hasFewShortOptions, isChosenElsewhere, isShortLine, linesForLine, linesForWords } from "../../widgets/academy_widgets/js/form/paper/room.js";
import { Refs } from "../../widgets/academy_widgets/js/form/values/refs.js";
import { deciding, isShown } from "../../widgets/academy_widgets/js/form/values/shown.js";

const t = (key, values = {}) => [key, ...Object.values(values)].join(" ");
const option = (id, label = id.toUpperCase()) => ({ id, label });
const COLUMNS = [{ id: "name", type: "line", label: "Name" }, { id: "kind", type: "ref", label: "Kind", choose: [1, 1] }];
const PEER = { id: "peer", type: "ref", label: "Peer", choose: [1, 1], from: { field: "map", names: ["kind", "gone", "name"] } };
const MAP = { id: "map", type: "table", label: "Map", row_label: "Change", columns: [...COLUMNS, PEER] };
const SOME = { id: "some", type: "multi", label: "Some", options: [option("a"), option("b")] };
const OF_SOME = { id: "first", type: "ref", label: "First", choose: [1, 1], from: { field: "some" } };
const FAR = { id: "far", type: "ref", label: "Far", choose: [1, 1] };
const FIELDS = [MAP, SOME, OF_SOME, FAR, { ...FAR, id: "lost", from: { field: "gone" } }];

function refs(values, doc = {}) {
  return new Refs(FIELDS, doc, { get: (path) => values[path] ?? null }, t, "en");
}

test("rows are chosen by their names, and no row chooses itself", () => {
  const values = { map: ["r1", "r2", "r3"], "map/r1/name": " Heat\n wave ", "map/r2/kind": "k", "map/r2/name": "Rain" };
  const known = refs(values, { options: { "map.kind": [option("k", "Storm")] } });
  assert.deepEqual(known.of(PEER, "map/r3/peer"), [{ id: "r1", label: "Heat wave" }, { id: "r2", label: "Storm" }]);
  assert.deepEqual(known.of({ ...PEER, id: "r3" }, "other").map(({ label }) => label), ["Heat wave", "Storm", "row_name Change 3"]);
  assert.deepEqual(known.of({ ...PEER, from: { field: "map" } }, "other").map(({ label }) => label), [1, 2, 3].map((n) => `row_name Change ${n}`));
  assert.equal(known.name({ ...MAP, row_label: "" }, [], "r1", 0), "row_name row 1");
});

test("a long name is cut, and no blank stands at its end", () => {
  for (const [name, wanted] of [["x".repeat(90), "x".repeat(90)], ["x".repeat(91), `${"x".repeat(90)}…`], [`${"x".repeat(89)} yy`, `${"x".repeat(89)}…`]]) {
    assert.equal(refs({ map: ["r1"], "map/r1/name": name }).name(MAP, ["name"], "r1", 0), wanted);
  }
});

test("of what was chosen in a field one chooses again, in the order of its options", () => {
  assert.deepEqual(refs({ some: ["b", "a", "gone"] }).of(OF_SOME, "first"), SOME.options);
  assert.deepEqual(refs({ some: ["b"] }).of(OF_SOME, "first"), [option("b")]);
  assert.deepEqual(refs({ some: "a" }).of(OF_SOME, "first"), [option("a")]);
  assert.deepEqual(refs({}).of(OF_SOME, "first"), []);
  assert.deepEqual(refs({}).of(FIELDS[4], "lost"), []);
  assert.deepEqual([...refs({}).sources], ["map", "some", "gone"]);
});

test("what comes from other exercises is known by its address and can change", () => {
  const known = refs({}, { options: { far: [option("x")], "map.kind": [option("y")] }, where: { far: { text: "Go." } } });
  assert.deepEqual([known.of(FAR, "far"), known.of(COLUMNS[1], "map/r1/kind"), known.of({ ...FAR, options: [option("z")] }, "far"), known.of(FAR, "other")], [[option("x")], [option("y")], [option("z")], []]);
  known.learn({ kind: "current", options: { far: [] } });
  assert.deepEqual([known.of(FAR, "far"), known.instead(FAR, "far")], [[], { text: "Go." }]);
  known.learn({ kind: "current", where: { "map.peer": { text: "There." } } });
  assert.deepEqual([known.of(FAR, "far"), known.instead(FAR, "far"), known.instead(PEER, "map/r1/peer")], [[], null, { text: "There." }]);
  assert.deepEqual(known.instead(OF_SOME, "first"), { text: "fill_first Some" });
});

test("an answer that was chosen is read by its name, also where its kind says nothing of it", () => {
  assert.equal(refs({ map: ["r1"], "map/r1/name": "Heat", peer: "r1" }).text(PEER, "peer"), "Heat");
  assert.equal(refs({ far: "x" }).text(FAR, "far"), "x");
  assert.equal(refs({ some: ["a", "b"] }).text(SOME, "some"), "A, B");
  const spanish = new Refs(FIELDS, {}, { get: () => "2026-03-09" }, t, "es");
  assert.equal(spanish.text({ id: "day", type: "date", label: "Day" }, "day"), "9 de marzo de 2026");
  assert.deepEqual([true, false].map((value) => displayValue({ type: "bool" }, value, t, "en")), ["yes", "no"]);
  assert.deepEqual(["2026-03-09", "soon"].map((value) => displayValue({ type: "date" }, value, t, "en")), ["March 9, 2026", "soon"]);
  assert.equal(displayValue({ type: "choice", options: [option("a")] }, "gone", t, "en"), "gone");
});

test("what a person answers, and what may have several values", () => {
  const field = (type, choose) => ({ id: "x", label: "X", type, ...(choose && { choose }) });
  const fields = [field("line"), field("computed"), field("ref"), field("ref", [1, 1]), field("ref", [1, 2]), field("ref", [0, null]), field("multi"), field("choice", [1, 3]), field("colour")];
  assert.deepEqual(fields.map(isAsked), [true, false, false, true, true, true, true, true, true]);
  assert.deepEqual(fields.map(isSeveral), [false, false, false, false, true, false, true, false, false]);
});

test("fields are asked while those they wait for have such an answer and are asked themselves", () => {
  const when = (id, field, ...is) => ({ id, type: "line", label: id, only_if: { field, is } });
  const table = { id: "map", type: "table", label: "Map", columns: [{ id: "box", type: "bool", label: "Box" }, when("a", "box", "true"), when("b", "sure", "true"), when("c", "a", "x")] };
  const fields = [{ id: "sure", type: "bool", label: "Sure" }, when("no", "sure", "false"), when("deep", "no", "1", "2"), when("round", "trip", "x"), when("trip", "round", "x"), table];
  const shown = (values, part, row) => isShown({ fields, get: (path) => values[path] ?? null }, part, row ? table : null, row);
  const [sure, no, deep, round] = fields;
  assert.deepEqual([shown({}, sure), shown({}, no), shown({ sure: true }, no), shown({ sure: false }, no)], [true, true, false, true]);
  assert.deepEqual([shown({ no: "1" }, deep), shown({ no: "3" }, deep), shown({ no: ["3", "2"] }, deep), shown({ no: 1 }, deep), shown({ no: "1", sure: true }, deep), shown({}, deep)], [true, false, true, true, false, false]);
  assert.deepEqual([shown({}, round), shown({ trip: "x" }, round), shown({}, when("lost", "gone", "x"))], [false, true, true]);
  const [, a, b, c] = table.columns;
  const values = { "map/r1/box": true, sure: true, "map/r1/a": "x", "map/r2/a": "x" };
  assert.deepEqual([a, b, c].map((part) => shown(values, part, "r1")), [true, true, true]);
  assert.deepEqual([a, b, c].map((part) => shown(values, part, "r2")), [false, true, false]);
  assert.deepEqual([...deciding(fields)], ["sure", "no", "trip", "round", "box", "a"]);
});

test("an answer has the room on paper that it may need", () => {
  const sizes = (lines, ...fields) => fields.map(lines);
  assert.deepEqual(sizes(linesForWords, {}, { words: [5, 10] }, { words: [5, 25] }, { words: [20, null] }, { words: [null, null] }, { words: [null, 900] }), [4, 2, 3, 4, 4, 14]);
  assert.deepEqual(sizes(linesForLine, {}, { chars: 60 }, { chars: 61 }, { chars: 120 }, { chars: 900 }), [1, 1, 2, 2, 2]);
  assert.deepEqual(sizes(isShortLine, {}, { chars: 120 }, { chars: 121 }), [true, true, false]);
  const labels = (...given) => ({ options: given.map((label) => ({ id: label, label })) });
  assert.deepEqual(sizes(hasFewShortOptions, {}, labels("a", "b", "c"), labels("a", "b", "c", "d"), labels("x".repeat(40)), labels("a", "x".repeat(41))), [true, true, false, true, false]);
  assert.deepEqual(sizes(isChosenElsewhere, {}, { choose: [1, 1] }, { choose: [1, 1], options: [] }, { choose: [1, 1], ...labels("a") }), [false, true, true, false]);
});
