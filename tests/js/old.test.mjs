// The script that speaks to browsers which are too old: it must run in all of them, and be silent in the others.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { buildSync } from "esbuild";

const folder = new URL("../../widgets/academy_widgets/js/old/", import.meta.url);
const source = readFileSync(new URL("old.js", folder), "utf8");
// esbuild refuses what it can't say in the words of 2009
const script = buildSync({ stdin: { contents: source }, write: false, bundle: true, format: "iife", target: "es5" }).outputFiles[0].text;

/** What becomes of a page in a browser with these things. */
function visit(things, attributes = {}) {
  const said = { hidden: true, getAttribute: (name) => attributes[name] ?? null };
  const root = { className: "" };
  const document = {
    getElementById: (id) => (id === "academy-old" ? said : null),
    documentElement: root,
  };
  const later = [];
  const window = { ...things };
  runInNewContext(script, { document, window, setTimeout: (_, ms) => later.push(ms), location: {} });
  return { told: !said.hidden, marked: root.className.includes("too-old"), later };
}

const today = { academySpeaks: (one) => one };

test("a browser that knows today's words is told nothing", () => {
  assert.deepEqual(visit(today, { "data-refresh": "20" }), { told: false, marked: false, later: [] });
});

test("a browser that does not know them is told", () => {
  assert.deepEqual(visit({}), { told: true, marked: true, later: [] });
});

test("where a script would ask again, the page is loaded again", () => {
  assert.deepEqual(visit({}, { "data-refresh": "20" }).later, [20000]);
});

test("what comes before it is not understood by browsers before the floor", () => {
  for (const file of ["speaks.js", "../form/offline/unpack.js"]) {
    const words = readFileSync(new URL(file, folder), "utf8");
    // Chrome 80 and Safari 13.1; Firefox 74; Firefox 78
    for (const word of [/\?\.\w/, / \?\? /, /\/\\p\{L\}\/u/]) assert.match(words, word, file);
  }
});

test("the old script has nothing in it that is younger than ES5", () => {
  assert.doesNotMatch(source.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, ""), /=>|`|\b(let|const|class|async|of)\b|\?\.|\?\?|\.\.\./);
});
