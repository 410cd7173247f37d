// Bundles the front end into widgets/academy_widgets/static/ under hashed names and writes manifest.json.
// Usage: node tools/build_js.mjs [output folder]
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";
import { forTheFloor } from "./css_floor.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "widgets/academy_widgets/js");
const target = process.argv[2] ?? join(root, "widgets/academy_widgets/static");

/** The bundles: name in the manifest -> file it is made from. A bundle whose source is missing is left out. */
const bundles = {
  "form.js": join(source, "form/main.js"),
  "form.css": join(source, "form/form.css"),
  "page.js": join(source, "page/main.js"),
  "page.css": join(source, "page/main.css"),
  "anew.js": join(source, "page/anew.js"),
  "quote.js": join(source, "page/quote.js"),
  "wait.js": join(source, "wait/main.js"),
  "said.js": join(source, "said/main.js"),
  "live.js": join(source, "live/main.js"),
  "paper.js": join(source, "form/paper/paper.js"),
  "paper.css": join(source, "form/paper/paper.css"),
  "offline.js": join(source, "form/offline/main.js"),
  "offline.css": join(source, "form/offline/offline.css"),
  "unpack.js": join(source, "form/offline/unpack.js"),
  "old.js": join(source, "old/old.js"),
  "speaks.js": join(source, "old/speaks.js"),
  "play.js": join(source, "play/main.js"),
  "play.css": join(source, "play/play.css"),
  "webinar.js": join(source, "webinar/main.js"),
  "present.js": join(source, "present/main.js"),
  "present.css": join(source, "present/present.css"),
  "desk.js": join(source, "desk/main.js"),
  "desk.css": join(source, "desk/desk.css"),
  "grade.js": join(source, "grade/main.js"),
  "grade.css": join(source, "grade/grade.css"),
};

/** The oldest browsers that participants' pages hold for; README says so too, and tests/js/floor.test.mjs looks. */
const FLOOR = ["chrome80", "firefox78", "safari14"];

/** What the floor lacks and all scripts ask for. The form in a file is never taken away, so that it needs the first. */
const floor = [join(source, "floor/nodes.js"), join(source, "floor/signals.js")];

/** What comes first on its page brings that; the widgets' scripts come after page.js. */
const FIRST = new Set(["page.js", "live.js", "wait.js"]);

/** @type {import("esbuild").Plugin} the form in a file has nothing that only a server knows */
const withoutServer = {
  name: "without server",
  setup(build) {
    build.onResolve({ filter: /^\.\/(?:\w+\/)?(advice|again|take_away|neighbours|pictures)\.js$/ }, () => ({ path: join(source, "form/offline/without.js") }));
    build.onResolve({ filter: /\/pictures\.css$/ }, () => ({ path: "nothing.css", namespace: "nothing" }));
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "", loader: "css" }));
  },
};

/** On the light page all parts have its colours. @type {import("esbuild").Plugin} */
const ownColours = {
  name: "own colours",
  setup(build) {
    build.onLoad({ filter: /\/form\/css\/colours\.css$/ }, () => ({ contents: "", loader: "css" }));
  },
};

/** Parts of the form that the file does not have. */
const SERVER_ONLY = /\.(advice|advice-title|again|away|preview|questions|rival|submit-closed|submitted)\b/;

/** These stand in a page of their own, as scripts in it. */
const inline = new Set(["said.js", "offline.js", "unpack.js", "old.js", "speaks.js"]);

/**
 * Bundle one entry file.
 * @param {string} name such as "form.js"
 * @param {string} entry
 * @returns {Promise<{name: string, file: string, contents: Uint8Array}>}
 */
async function bundle(name, entry) {
  const result = await build({
    entryPoints: [{ in: entry, out: name.replace(/\.\w+$/, "") }],
    entryNames: "[name]-[hash]",
    outdir: target,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: inline.has(name) ? "iife" : "esm",
    target: name === "old.js" ? "es5" : FLOOR,
    // Rewritten for faults of Safari 14.0 and of Chrome before 91 in corners (`a?.b(...c)`) that our code does not enter.
    supported: name === "old.js" ? {} : { destructuring: true, "optional-chain": true, "regexp-unicode-property-escapes": true },
    inject: name === "offline.js" ? [floor[0]] : FIRST.has(name) ? floor : [],
    charset: "utf8",
    plugins: name.startsWith("offline.") ? [withoutServer] : name === "page.css" ? [ownColours] : [],
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  const [{ text }] = result.outputFiles ?? [];
  if (name.endsWith(".js")) return hashed(name, await smaller(name, text));
  return hashed(name, name === "page.css" ? text : forTheFloor(text, name === "offline.css" ? SERVER_ONLY : undefined));
}

/**
 * A script in fewer bytes: names that repeat from function to function pack a twentieth better.
 * @param {string} name
 * @param {string} text
 */
async function smaller(name, text) {
  /** @type {import("terser").ECMA} */
  const ecma = name === "old.js" ? 5 : 2017;
  const { code } = await minify(text, { ecma, module: !inline.has(name), compress: { passes: 3 } });
  return /** @type {string} */ (code);
}

/**
 * @param {string} name
 * @param {string} text
 */
function hashed(name, text) {
  const contents = new TextEncoder().encode(text);
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase();
  return { name, file: name.replace(".", `-${hash}.`), contents };
}

const present = Object.entries(bundles).filter(([, entry]) => existsSync(entry));
const built = await Promise.all(present.map(([name, entry]) => bundle(name, entry)));
const page = built.find((output) => output.name === "page.css");
// The light page's style is as small as it gets; the few who need older words get them as a second one.
if (page) built.push(hashed("floor.css", forTheFloor(new TextDecoder().decode(page.contents))));

await mkdir(target, { recursive: true });
const fresh = new Set(built.map((output) => output.file));
for (const { file, contents } of built) {
  await writeFile(join(target, file), contents);
  await writeFile(join(target, `${file}.br`), brotliCompressSync(contents));
}
const manifest = Object.fromEntries(built.map(({ name, file }) => [name, file]));
await writeFile(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
// The manifest points at the new files before the old ones go, so a server reading meanwhile finds both.
for (const file of await readdir(target)) {
  const plain = file.replace(/\.br$/, "");
  if (/^(anew|quote|desk|grade|live|present|webinar|form|page|play|wait|said|paper|offline|unpack|old|speaks|floor)-\w+\.(js|css)$/.test(plain) && !fresh.has(plain)) await rm(join(target, file));
}
for (const { name, file, contents } of built) console.log(`${name} -> ${file} (${contents.length} bytes)`);
