import assert from "node:assert/strict";
import { test } from "node:test";
import { participants, State } from "../../widgets/academy_widgets/js/desk/state.js";

const people = [
  ["p-1", "Amina", "p", "", "s", 1, 1],
  ["p-2", "Bao", "p", "", "m", 1, 0],
  ["p-3", "Miriam", "m", "", "m", 1, 0],
  ["p-4", "Musa", "m", "", "o", 1, 0],
];
const state = new State({ people, exercises: [{ id: "idea", module: "week" }], modules: [], messages: [], things: [] });

test("participants alone are counted, and mentors stay in the list", () => {
  assert.equal(participants(people).length, 2);
  assert.deepEqual(state.counts(0), { begun: 2, submitted: 1, feedback: 0 });
  assert.equal(state.found("", "").length, 4);
});

test("mentors are not among those who have not handed something in", () => {
  assert.deepEqual(state.found("", "idea").map(([id]) => id), ["p-1"]);
});
