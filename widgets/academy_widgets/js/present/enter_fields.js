// The fields in which a presenter writes an answer down, for each kind of activity.

import { h } from "../form/dom.js";

/** @typedef {import("./types.js").Activity} Activity */
/** @typedef {import("./types.js").Translate} Translate */
/** @typedef {{fields: HTMLElement[], value: () => unknown}} Asked */
/** @typedef {(activity: Activity, t: Translate) => Asked} Enter */

/** @type {Enter} */
export const enterChoice = (activity) => chosen(activity, "radio", (values) => values[0]);
/** @type {Enter} */
export const enterSeveral = (activity) => chosen(activity, "checkbox", (values) => values);
/** @type {Enter} */
export const enterText = (activity) => written(activity.title, (text) => [text]);
/** @type {Enter} */
export const enterQuestion = (activity) => written(activity.title, (text) => ({ ask: text }));
/** @type {Enter} */
export const enterWords = (activity) => written(activity.title, (text) => text.split("\n").map((line) => line.trim()).filter(Boolean));

/** @type {Enter} */
export function enterScale(activity) {
  const { least, most } = activity.scale ?? { least: 1, most: 5 };
  const input = h("input", { type: "number", min: String(least), max: String(most), required: true, "aria-label": activity.title });
  return { fields: [h("p", null, input)], value: () => Number(input.value) };
}

/** @type {Enter} */
export function enterCards(activity) {
  const inputs = (activity.columns ?? []).map(({ id, title }) => labelled(title, h("input", { name: id, autocomplete: "off" })));
  const value = () => Object.fromEntries(inputs.map(({ control }) => [control.name, control.value]).filter(([, text]) => text));
  return { fields: inputs.map(({ field }) => field), value };
}

/** @type {Enter} */
export function enterPoints(activity) {
  const inputs = (activity.options ?? []).map(({ id, text }) => labelled(text, h("input", { name: id, type: "number", min: "0", max: String(activity.points ?? 10) })));
  const value = () => Object.fromEntries(inputs.map(({ control }) => [control.name, Number(control.value)]));
  return { fields: inputs.map(({ field }) => field), value };
}

/** @param {Activity} activity @param {string} type @param {(values: string[]) => unknown} value @returns {Asked} */
function chosen(activity, type, value) {
  const inputs = (activity.options ?? []).map(({ id, text }) => ({ input: h("input", { type, name: "enter", value: id }), text }));
  const fields = inputs.map(({ input, text }) => h("p", { class: "check" }, h("label", null, input, " ", h("bdi", null, text))));
  return { fields, value: () => value(inputs.filter(({ input }) => input.checked).map(({ input }) => input.value)) };
}

/** @type {Enter} */
export function enterRanking(activity) {
  const options = activity.options ?? [];
  const places = options.map((option, n) => {
    const input = h("input", { type: "number", min: "1", max: String(options.length), value: String(n + 1), required: true });
    return { option, ...labelled(option.text, input) };
  });
  const value = () => [...places].sort((a, b) => Number(a.control.value) - Number(b.control.value)).map(({ option }) => option.id);
  return { fields: places.map(({ field }) => field), value };
}

/** @type {Enter} */
export function enterPlaces(activity, t) {
  const things = activity.options?.length ? activity.options : [{ id: "here", text: t("here") }];
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
