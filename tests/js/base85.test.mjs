// What widgets/academy_widgets/forms/offline_form.py packs into the file; the example is of Python's base64.b85encode.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf } from "../../widgets/academy_widgets/js/form/offline/base85.js";

const EXAMPLES = {
  "": [],
  "00": [0],
  "{{": [255],
  "|Nj": [255, 255],
  "|Ns9": [255, 255, 255],
  "|NsC0": [255, 255, 255, 255],
  "009C6": [0, 1, 2, 3],
};

for (const [text, bytes] of Object.entries(EXAMPLES)) {
  test(`${text || "nothing"} stands for ${bytes.length} bytes`, () => assert.deepEqual([...bytesOf(text)], bytes));
}
