// Participants' pages hold from Chrome 80, Firefox 78 and Safari 14 on. The build sees to syntax; this sees to the rest.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { forTheFloor } from "../../tools/css_floor.mjs";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const late = JSON.parse(read("tools/floor.json"));
const scripts = "widgets/academy_widgets/js/";

/** The rooms that participants' browsers load; facilitators' desks and the projector have newer ones. */
const ROOMS = ["form", "live", "old", "page", "play", "wait", "webinar", "floor"];

/** What stands in a file all the same, because something else is there where it is not. */
const GUARDED = {
  "floor/nodes.js": ["replaceChildren"],
  "form/display.js": ["ListFormat"], // commas
  "form/offline/unpack.js": ["DecompressionStream", "pipeThrough"], // inflate.js
  "page/kernel/modules.js": ["adoptedStyleSheets", "new CSSStyleSheet"], // a widget without its style
};
/** The folder floor brings these. */
const BROUGHT = ["replaceChildren"];

/** What no list of names can tell. */
const WORDS = {
  "a look-behind": /\(\?<[=!]/,
  "a number for .at()": /\.at\(\s*-?\d/,
  "AbortSignal.timeout or any": /AbortSignal\.(timeout|any)\b/,
  "new CSSStyleSheet": /new (\w+\.)?CSSStyleSheet\b/,
  "a second argument of FormData": /new FormData\([^()]*,/,
  "dateStyle or timeStyle": /\b(dateStyle|timeStyle)\s*:/,
  "a call with what is spread after ?.": /\?\.[\w.]*\(\.\.\./,
  "a beacon without a type": /sendBeacon\([^()]*,\s*(new URLSearchParams|["`'])/,
};

/** Selectors that a browser at the floor throws at. */
const SELECTORS = /:is\(|:where\(|:has\(|:not\([^()"]*,|:focus-visible|:modal\b|:popover-open/;

/** Ways to do without these properties need not be said: the page only looks plainer. */
const PLAINER = [
  "accent-color",
  "appearance",
  "border-end-end-radius",
  "border-end-start-radius",
  "border-start-end-radius",
  "border-start-start-radius",
  "box-decoration-break",
  "color-scheme",
  "field-sizing", // .grows
  "forced-color-adjust",
  "outline",
  "page",
  "scroll-margin-block",
  "scroll-margin-block-end",
  "scroll-margin-block-start",
  "scroll-padding-block",
  "size", // of a sheet: the printer's own
  "text-size-adjust",
  "text-underline-offset",
  "text-wrap",
  "user-select",
];

function bare(code) {
  return code.replace(/\/\*.*?\*\/|(?<=^|\s)\/\/[^\n]*/gs, "").replace(/"(\\.|[^"\\\n])*"/g, '""');
}

function tooNew(code) {
  const found = Object.entries(WORDS).filter(([, words]) => words.test(code)).map(([name]) => name);
  for (const name of late.api) {
    const use = /^[A-Z]/.test(name) ? `\\b${name}\\b` : `(\\.|\\b(window|globalThis|self)\\.)${name}\\b|(?<![.\\w])${name}\\(`;
    if (new RegExp(use).test(code)) found.push(name);
  }
  return found;
}

const files = ROOMS.flatMap((room) => {
  const names = readdirSync(new URL(scripts + room, root), { recursive: true });
  return names.filter((name) => name.endsWith(".js")).map((name) => `${room}/${name}`);
});

test("the scripts of participants' pages use nothing that came after the floor", () => {
  assert.ok(files.length > 70);
  for (const file of files) {
    assert.doesNotMatch(read(scripts + file).replace(/\/\*.*?\*\//gs, ""), SELECTORS, file);
    const found = tooNew(bare(read(scripts + file))).filter((name) => !BROUGHT.includes(name) && !GUARDED[file]?.includes(name));
    assert.deepEqual(found, [], file);
  }
});

test("what would not be there is found", () => {
  for (const [code, name] of [
    ["structuredClone(a)", "structuredClone"],
    ["list.at(-1)", "a number for .at()"],
    ["Object.hasOwn(a, b)", "hasOwn"],
    ["crypto.randomUUID()", "randomUUID"],
    ["text.replaceAll(a, b)", "replaceAll"],
    ["list.findLast(a)", "findLast"],
    ["list.toSorted()", "toSorted"],
    ["dialog.showModal()", "showModal"],
    ["form.requestSubmit()", "requestSubmit"],
    ["new WeakRef(a)", "WeakRef"],
    ["new Intl.Segmenter(a)", "Segmenter"],
    ["AbortSignal.timeout(1)", "AbortSignal.timeout or any"],
    ["/(?<=a)b/", "a look-behind"],
    ["new FormData(form, button)", "a second argument of FormData"],
    ["navigator.sendBeacon(a, new URLSearchParams(b))", "a beacon without a type"],
    ["event.submitter", "submitter"],
  ]) {
    assert.ok(tooNew(code).includes(name), code);
  }
  assert.deepEqual(tooNew("a.replace(b, c); list.flatMap(d); edit.at = 1; x?.y ?? z"), []);
});

/** Properties, selectors and rules of a style that are younger than the floor. */
function tooNewInStyle(css) {
  const text = css.replace(/\/\*.*?\*\//gs, "");
  const found = late.css.filter((name) => !PLAINER.includes(name) && new RegExp(`[{;\\s]${name}\\s*:`).test(text));
  for (const name of late.selectors) if (new RegExp(`(^|[^:])::?${name}\\b(?![-\\w])[^;]*\\{`).test(text)) found.push(`:${name}`);
  for (const name of late.at) if (text.includes(`@${name}`)) found.push(`@${name}`);
  if (/:not\([^()]*(\([^()]*\))?[^()]*,/.test(text)) found.push("a list in :not()");
  if (/\b\d+[dsl]v[hwib]\b|color-mix|oklch|oklab|light-dark|round\(/.test(text)) found.push("a unit or function");
  if (/\{[^{}]*&/.test(text)) found.push("nesting");
  return found;
}

/** The build says these in older words, or twice. */
const SAID_TWICE = [":is", ":focus-visible", "inset", "inset-block", "inset-block-end", "inset-block-start", "inset-inline", "inset-inline-end", "inset-inline-start", "margin-block", "margin-inline", "padding-block", "padding-inline"];

const styles = ["form/form.css", "page/page.css", "play/play.css", "form/offline/offline.css", "form/paper/paper.css"];
const parts = readdirSync(new URL(`${scripts}form/css`, root)).map((name) => `form/css/${name}`);

for (const file of [...styles, ...parts]) {
  test(`${file} uses nothing that came after the floor and is not said twice`, () => {
    assert.deepEqual(tooNewInStyle(read(scripts + file)).filter((name) => !SAID_TWICE.includes(name)), []);
  });
}

for (const name of ["join", "login", "live", "live_part", "link", "joined", "message", "waiting", "base", "answers"]) {
  test(`the style of ${name}.html uses nothing that came after the floor`, () => {
    const style = read(`app/academy_app/server/templates/${name}.html`).match(/<style>.*?<\/style>/s)?.[0] ?? "";
    // the browser's own ring is there, and a chosen answer is marked by its own box
    assert.deepEqual(tooNewInStyle(style).filter((one) => ![":focus-visible", ":has"].includes(one)), []);
  });
}

test("a style that would not work is found", () => {
  for (const [css, name] of [
    ["a{aspect-ratio:1}", "aspect-ratio"],
    ["a:has(b){top:0}", ":has"],
    [":where(a){top:0}", ":where"],
    ["a:not(.b,.c){top:0}", "a list in :not()"],
    ["a{height:100dvh}", "a unit or function"],
    ["@layer a{b{top:0}}", "@layer"],
    ["@container (width>1px){b{top:0}}", "@container"],
    ["a{inset:0}", "inset"],
    ["dialog::backdrop{top:0}", ":backdrop"],
  ]) {
    assert.ok(tooNewInStyle(css).some((one) => one === name || name.endsWith(one)), `${css} ${tooNewInStyle(css)}`);
  }
});

test("what the floor does not understand is said in older words before it", () => {
  const said = {
    ".a{margin-block:1px 2px}": ".a{margin-block-start:1px;margin-block-end:2px}",
    ".a{inset-block-start:0!important}": ".a{top:0!important}",
    '.a{content:"✓ / " / ""}': '.a{content:"✓ / ";content:"✓ / " / ""}',
    ".a{overflow-wrap:anywhere}": ".a{overflow-wrap:break-word;overflow-wrap:anywhere}",
    ".s:is([a],[b]) i{top:0}": ".s[a] i,.s[b] i{top:0}",
    ".f :is(th,td.x){top:0}": ".f th,.f td.x{top:0}.f :is(th,td.x){top:0}",
    ".f:is(p,a){top:0}": "p.f,a.f{top:0}",
    ".a:focus-visible{top:0}": "@supports not (aspect-ratio:1){.a:focus{top:0}}.a:focus-visible{top:0}",
    ".a{inset-inline-end:1px}":
      ".a{inset-inline-end:1px}@supports not (inset:0){.a{right:1px}[dir=rtl] .a{right:auto;left:1px}}",
    ".a{display:flex;gap:1px 2px}":
      ".a{display:flex;gap:1px 2px}@supports not (inset:0){.a>*{margin-inline-end:2px!important}.a::before{margin-inline-end:2px}}",
    "@media print{.a{padding-inline:0}}": "@media print{.a{padding-inline-start:0;padding-inline-end:0}}",
    "@keyframes k{to{transform:none}}": "@keyframes k{to{transform:none}}",
    '.a{background:url("x;y{z}")}': '.a{background:url("x;y{z}")}',
  };
  for (const [css, older] of Object.entries(said)) assert.equal(forTheFloor(css), older);
});
