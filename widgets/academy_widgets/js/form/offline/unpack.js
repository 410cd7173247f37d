import { bytesOf } from "./base85.js";
import { gunzip } from "./inflate.js";

// Where today's words are not understood, this is not there: see old.js, which comes after it.
/** @type {any} */ (window).academySpeaks = /\p{L}/u;

/**
 * Starts the form in the file: its style, script and data lie packed in the page, a quarter of their size.
 * The page's security policy names the digests of style and script, so that nothing else would be taken.
 */
async function unpack() {
  const bytes = bytesOf(document.getElementById("academy-pack")?.textContent ?? "");
  /** @type {{style: string, data: string, script: string}} */
  const { style, data, script } = JSON.parse(new TextDecoder().decode(await unpacked(bytes)));
  const add = (/** @type {"style" | "script"} */ tag, /** @type {string} */ text, more = {}) => {
    document.head.append(Object.assign(document.createElement(tag), more, { textContent: text }));
  };
  add("style", style);
  add("script", data, { type: "application/json", id: "academy-data" });
  add("script", script);
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<BufferSource>} */
async function unpacked(bytes) {
  if (!("DecompressionStream" in window)) return gunzip(bytes);
  const stream = new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

unpack().catch(() => {
  for (const [id, hidden] of /** @type {const} */ ([["academy-start", true], ["academy-old", false]])) {
    const said = document.getElementById(id);
    if (said) said.hidden = hidden;
  }
});
