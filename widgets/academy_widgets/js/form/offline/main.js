import { Form } from "../form.js";
import { hidePaper, showPaper } from "../paper/paper.js";
import { EndBar } from "./bar.js";

/**
 * @typedef {import("../types.js").Model} Model
 * @typedef {import("../paper/paper.js").Sheet} Sheet
 *
 * What the server put into the file.
 * @typedef {object} Data
 * @property {import("../types.js").Spec} spec
 * @property {import("../types.js").Doc} doc
 * @property {Record<string, string>} texts
 * @property {string} lang
 * @property {string} dir
 * @property {import("./file.js").Ticket} ticket
 * @property {string} [name] whose form it is
 * @property {Sheet} sheet
 */

/**
 * Show the form with the answers of the file and those that this browser keeps.
 * @param {Data} data
 * @param {HTMLElement} el
 */
export function start(data, el) {
  /** @type {Record<string, unknown>} */
  const traits = { ...data };
  /** @type {Model} */
  const model = {
    get: (name) => traits[name],
    on() {},
    off() {},
    send() {},
    // There is no line and none will come: so the form keeps everything here.
    connection: { state: "offline", on: () => () => {} },
  };
  const form = new Form(model, el);
  form.submitView.el.replaceWith(new EndBar(form, data.ticket, data.name ?? "").el);
  window.addEventListener("beforeprint", () => showPaper(form, data.sheet));
  window.addEventListener("afterprint", hidePaper);
  return form;
}

const data = document.getElementById("academy-data");
const place = document.getElementById("academy-form");
if (data && place) {
  start(JSON.parse(data.textContent ?? ""), place);
  document.getElementById("academy-start")?.remove();
}
