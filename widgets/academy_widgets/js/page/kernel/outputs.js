// What cells and Output widgets show: one element for each output, in the richest form the page knows.

import { element } from "../dom.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./kernel.js").Kernel} Kernel */

const WIDGET = "application/vnd.jupyter.widget-view+json";

/**
 * @param {any} output in nbformat's shape
 * @param {{failed: string, show: (id: string) => HTMLElement}} page
 * @returns {HTMLElement | null} null: nothing for participants to see
 */
export function outputElement(output, page) {
  if (output.output_type === "error") return element("p", { className: "notice", textContent: page.failed });
  if (output.output_type === "stream") {
    return output.name === "stdout" ? element("pre", { textContent: joined(output.text) }) : null;
  }
  const data = output.data ?? {};
  if (data[WIDGET]) return page.show(data[WIDGET].model_id);
  const markup = data["text/html"] ?? data["image/svg+xml"];
  if (markup) return element("div", { innerHTML: joined(markup) });
  for (const type of ["image/png", "image/jpeg", "image/webp"]) {
    const alt = joined(data["text/plain"] ?? "");
    if (data[type]) return element("img", { src: `data:${type};base64,${joined(data[type])}`, alt });
  }
  return element("pre", { textContent: joined(data["text/plain"] ?? "") });
}

/**
 * Collect what the kernel prints or displays while an Output widget captures it.
 * @param {Kernel} kernel
 * @param {Model} model
 */
export function capture(kernel, model) {
  let clearFirst = false;
  const observer = (/** @type {import("../types.js").Message} */ { header, parent_header, content }) => {
    if (!model.get("msg_id") || parent_header.msg_id !== model.get("msg_id")) return;
    const type = header.msg_type;
    if (type === "clear_output") {
      clearFirst = content.wait;
      if (!clearFirst) save([]);
    } else if (["stream", "display_data", "execute_result", "error"].includes(type)) {
      const before = clearFirst ? [] : model.get("outputs");
      clearFirst = false;
      save(appended(before, { output_type: type, ...content }));
    }
  };
  const save = (/** @type {any[]} */ outputs) => {
    model.set("outputs", outputs);
    model.save_changes();
  };
  kernel.observers.add(observer);
  model.once("destroy", () => kernel.observers.delete(observer));
}

/** Text of one stream is one output. @param {any[]} outputs @param {any} output @returns {any[]} */
function appended(outputs, output) {
  const last = outputs[outputs.length - 1];
  if (output.output_type !== "stream" || last?.output_type !== "stream" || last.name !== output.name) {
    return [...outputs, output];
  }
  return [...outputs.slice(0, -1), { ...last, text: joined(last.text) + joined(output.text) }];
}

/** @param {string | string[]} text */
function joined(text) {
  return Array.isArray(text) ? text.join("") : text;
}
