import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { translator } from "../../widgets/academy_widgets/js/form/texts.js";

const folder = new URL("../../widgets/academy_widgets/js/form/", import.meta.url);
const read = async (part) => JSON.parse(await readFile(new URL(`${part}texts.json`, folder), "utf8"));
const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
const files = await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, folder), "utf8")]));
const inside = (part) => (name) => (part ? name.startsWith(part) : !/^(offline|paper)\//.test(name));
const codeOf = (part) => files.filter(([name]) => inside(part)(name)).map(([, code]) => code).join("\n");
const texts = await read("");

// Keys that are put together: what is counted, and how its limits are said.
const counted = ["words", "chars", "chosen", "rows"].flatMap((what) => ["between", "most", "least"].map((span) => `${what}_${span}`));
// The file says in other words what the form says of its line.
const replaced = Object.keys(await read("offline/")).filter((key) => key in texts);

for (const part of ["", "offline/", "paper/"]) {
  test(`every sentence that ${part || "the form"} asks for by name is there`, async () => {
    const there = { ...texts, ...(await read(part)) };
    const asked = [...codeOf(part).matchAll(/\bt\("(\w+)"/g)].map((match) => match[1]);
    assert.ok(asked.length >= 2);
    for (const key of [...asked, ...counted]) assert.ok(key in there, key);
  });

  test(`every sentence of ${part || "the form"} is used`, async () => {
    const code = codeOf(part);
    for (const key of Object.keys(await read(part))) {
      assert.ok(counted.includes(key) || replaced.includes(key) || code.includes(`"${key}"`), key);
    }
  });
}

test("the file replaces only what is said of the line and of what is worked out", () => {
  assert.deepEqual(replaced, ["waiting", "memory_only", "offline", "computed_yet"]);
});

test("what people wrote stands isolated in a sentence of the other direction, and only there", () => {
  const texts = { hello: "Hello {name}, {n}", أهلا: "أهلًا {name}" };
  assert.equal(translator(texts, "ltr")("hello", { name: "Amina", n: 3 }), "Hello Amina, 3");
  assert.equal(translator(texts, "ltr")("hello", { name: "ليلى", n: 3 }), "Hello \u2068ليلى\u2069, 3");
  assert.equal(translator(texts, "rtl")("أهلا", { name: "Amina (2)" }), "أهلًا \u2068Amina (2)\u2069");
  assert.equal(translator(texts, "rtl")("أهلا", { name: "ليلى" }), "أهلًا ليلى");
});
