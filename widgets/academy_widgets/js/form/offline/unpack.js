/**
 * Starts the form in the file: its style, script and data lie packed in the page, a quarter of their size.
 * The page's security policy names the digests of style and script, so that nothing else would be taken.
 */
async function unpack() {
  const packed = atob(document.getElementById("academy-pack")?.textContent ?? "");
  const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  /** @type {{style: string, data: string, script: string}} */
  const { style, data, script } = JSON.parse(await new Response(stream).text());
  const add = (/** @type {"style" | "script"} */ tag, /** @type {string} */ text, more = {}) => {
    document.head.append(Object.assign(document.createElement(tag), more, { textContent: text }));
  };
  add("style", style);
  add("script", data, { type: "application/json", id: "academy-data" });
  add("script", script);
}

unpack().catch(() => {
  const said = document.getElementById("academy-start");
  if (said) said.textContent = said.dataset.failed ?? "";
});
