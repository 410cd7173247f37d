// Writing down an answer for somebody who telephoned or wrote in the chat.

import { h } from "../form/dom.js";

const HOW = ["phone", "chat", "paper"];

/** @typedef {import("./types.js").Activity} Activity */
/** @typedef {import("./types.js").Translate} Translate */

/**
 * @param {import("./room.js").Room} room
 * @param {Activity} activity
 * @param {Translate} say
 * @param {() => void} done
 */
export function enterAnswer(room, activity, say, done) {
  const asked = FIELDS[activity.kind](activity, say);
  const how = h("select", { id: "enter-how" }, ...HOW.map((name) => h("option", { value: name }, say(`how_${name}`))));
  const name = h("input", { id: "enter-name", maxlength: "60", autocomplete: "off" });
  const said = h("p", { role: "status" });
  const form = h(
    "form",
    { class: "poll" },
    ...asked.fields,
    h("p", null, h("label", { for: "enter-how" }, say("enter_how")), how),
    activity.names === "named" && h("p", null, h("label", { for: "enter-name" }, say("enter_name")), name),
    h("button", null, say("enter_send")),
    said,
  );
  let id = newId();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = { activity: activity.id, value: asked.value(), id, how: how.value, name: name.value };
    if (!(await room.control("enter", given))) return;
    id = newId();
    form.reset();
    said.textContent = say("entered");
    done();
  });
  return form;
}

/** @typedef {{fields: HTMLElement[], value: () => unknown}} Asked */

/** @type {Record<string, (activity: Activity, say: Translate) => Asked>} */
const FIELDS = {
  choice: (activity) => chosen(activity, "radio", (values) => values[0]),
  multi: (activity) => chosen(activity, "checkbox", (values) => values),
  quiz: (activity) => chosen(activity, "checkbox", (values) => values),
  scale: (activity) => {
    const { least, most } = activity.scale ?? { least: 1, most: 5 };
    const input = h("input", { type: "number", min: String(least), max: String(most), required: true, "aria-label": activity.title });
    return { fields: [h("p", null, input)], value: () => Number(input.value) };
  },
  ranking: (activity) => ranked(activity),
  place: (activity, say) => placed(activity, say),
  text: (activity) => written(activity.title, (text) => [text]),
  questions: (activity) => written(activity.title, (text) => ({ ask: text })),
  words: (activity) => written(activity.title, (text) => text.split("\n").map((line) => line.trim()).filter(Boolean)),
  cards: (activity) => {
    const inputs = (activity.columns ?? []).map(({ id, title }) => labelled(title, h("input", { name: id, autocomplete: "off" })));
    const value = () => Object.fromEntries(inputs.map(({ control }) => [control.name, control.value]).filter(([, text]) => text));
    return { fields: inputs.map(({ field }) => field), value };
  },
};

/** @param {Activity} activity @param {string} type @param {(values: string[]) => unknown} value @returns {Asked} */
function chosen(activity, type, value) {
  const inputs = (activity.options ?? []).map(({ id, text }) => ({ input: h("input", { type, name: "enter", value: id }), text }));
  const fields = inputs.map(({ input, text }) => h("p", { class: "check" }, h("label", null, input, " ", h("bdi", null, text))));
  return { fields, value: () => value(inputs.filter(({ input }) => input.checked).map(({ input }) => input.value)) };
}

/** @param {Activity} activity @returns {Asked} */
function ranked(activity) {
  const options = activity.options ?? [];
  const places = options.map((option, n) => {
    const input = h("input", { type: "number", min: "1", max: String(options.length), value: String(n + 1), required: true });
    return { option, ...labelled(option.text, input) };
  });
  const value = () => [...places].sort((a, b) => Number(a.control.value) - Number(b.control.value)).map(({ option }) => option.id);
  return { fields: places.map(({ field }) => field), value };
}

/** @param {Activity} activity @param {Translate} say @returns {Asked} */
function placed(activity, say) {
  const things = activity.options?.length ? activity.options : [{ id: "here", text: say("here") }];
  const rows = things.map(({ id, text }) => {
    const pair = ["x", "y"].map((axis) => h("input", { type: "number", min: "1", max: "5", required: true, "aria-label": `${text}: ${axisTitle(activity, axis)}` }));
    return { id, pair, field: h("p", { class: "check" }, h("bdi", null, text), ...pair) };
  });
  const value = () => Object.fromEntries(rows.map(({ id, pair }) => [id, pair.map((input) => Number(input.value))]));
  return { fields: rows.map(({ field }) => field), value };
}

/** @param {Activity} activity @param {string} axis */
function axisTitle(activity, axis) {
  return activity.axes?.[/** @type {"x" | "y"} */ (axis)]?.title ?? axis;
}

/** @param {string} label @param {(text: string) => unknown} value @returns {Asked} */
function written(label, value) {
  const input = h("textarea", { rows: "2", required: true, "aria-label": label });
  return { fields: [h("p", null, input)], value: () => value(input.value) };
}

/** @param {string} label @param {HTMLInputElement} control */
function labelled(label, control) {
  return { control, field: h("p", { class: "check" }, h("label", null, control, " ", h("bdi", null, label))) };
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
