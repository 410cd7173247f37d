import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { isAddress } from "../../widgets/academy_widgets/js/form/fields/email.js";

const cases = JSON.parse(await readFile(new URL("../data/emails.json", import.meta.url), "utf8"));

for (const { text, address } of cases) {
  test(`${JSON.stringify(text)} is ${address ? "an" : "no"} address`, () => assert.equal(isAddress(text), address));
}
