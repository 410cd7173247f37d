import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const folder = new URL("../../widgets/academy_widgets/js/form/", import.meta.url);
const texts = JSON.parse(await readFile(new URL("texts.json", folder), "utf8"));
const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
const code = (await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")))).join("\n");

// Keys that are put together: what is counted, and how its limits are said.
const counted = ["words", "chars", "chosen", "rows"].flatMap((what) => ["between", "most", "least"].map((span) => `${what}_${span}`));

test("every sentence the form asks for by name is there", () => {
  const asked = [...code.matchAll(/\bt\("(\w+)"/g)].map((match) => match[1]);
  assert.ok(asked.length > 20);
  for (const key of [...asked, ...counted]) assert.ok(key in texts, key);
});

test("every sentence is used", () => {
  for (const key of Object.keys(texts)) assert.ok(counted.includes(key) || code.includes(`"${key}"`), key);
});
