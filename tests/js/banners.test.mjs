import assert from "node:assert/strict";
import { test } from "node:test";
import { Status } from "../../widgets/academy_widgets/js/form/saving/status.js";

/** @param {Record<string, unknown>} situation */
function said(situation) {
  const whole = { state: "idle", connection: "online", kept: true, preview: false, trouble: "", ...situation };
  return Status.prototype.sentence.call({ t: (/** @type {string} */ key) => key }, whole);
}

test("where the page says why it has ended, its forms do not speak of a lost connection", () => {
  assert.equal(said({ state: "offline", connection: "offline" }), "offline");
  assert.equal(said({ state: "offline", connection: "ended" }), "");
});

test("what is not saved is said whatever the page says, and nothing is called kept where it is not", () => {
  assert.equal(said({ state: "waiting", connection: "ended" }), "waiting");
  assert.equal(said({ state: "waiting", connection: "ended", kept: false }), "memory_only");
  assert.equal(said({ state: "offline", connection: "ended", kept: false }), "memory_only");
});
