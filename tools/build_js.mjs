// Bundles the front end into widgets/academy_widgets/static/ under hashed names and writes manifest.json.
// Usage: node tools/build_js.mjs [output folder]
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "widgets/academy_widgets/js");
const target = process.argv[2] ?? join(root, "widgets/academy_widgets/static");

/** The bundles: name in the manifest -> file it is made from. A bundle whose source is missing is left out. */
const bundles = {
  "form.js": join(source, "form/main.js"),
  "form.css": join(source, "form/form.css"),
  "page.js": join(source, "page/main.js"),
  "page.css": join(source, "page/main.css"),
  "wait.js": join(source, "wait/main.js"),
  "live.js": join(source, "live/main.js"),
  "paper.js": join(source, "form/paper/paper.js"),
  "paper.css": join(source, "form/paper/paper.css"),
  "offline.js": join(source, "form/offline/main.js"),
  "offline.css": join(source, "form/offline/offline.css"),
  "unpack.js": join(source, "form/offline/unpack.js"),
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

/** These stand in a page of their own, as scripts in it. */
const inline = new Set(["offline.js", "unpack.js"]);

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
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  const output = result.outputFiles[0];
  return { name, file: basename(output.path), contents: output.contents };
}

const present = Object.entries(bundles).filter(([, entry]) => existsSync(entry));
const built = await Promise.all(present.map(([name, entry]) => bundle(name, entry)));

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
  if (/^(desk|grade|live|present|webinar|form|page|play|wait|paper|offline|unpack)-\w+\.(js|css)$/.test(plain) && !fresh.has(plain)) await rm(join(target, file));
}
for (const { name, file, contents } of built) console.log(`${name} -> ${file} (${contents.length} bytes)`);
