import assert from "node:assert/strict";
import { test } from "node:test";
import { maySpeak } from "../../widgets/academy_widgets/js/form/voice.js";

test("of several who have something to say at once the first says it, and may go on", () => {
  assert.equal(maySpeak("first", 1000), true);
  assert.equal(maySpeak("second", 1000), false);
  assert.equal(maySpeak("second", 1099), false);
  assert.equal(maySpeak("first", 1050), true);
  assert.equal(maySpeak("second", 1149), false);
  assert.equal(maySpeak("second", 1150), true);
  assert.equal(maySpeak("first", 1151), false);
});
