// Things placed by two measures: each at its mean, with the places that people gave it around it.

import { h } from "../../form/dom.js";

const GRID = 5;
const WIDE = 1400;
const HIGH = 1000;
const SVG = "http://www.w3.org/2000/svg";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** @type {import("../types.js").Draw} */
export function place(el, activity, results, t) {
  const options = activity.options?.length ? activity.options : [{ id: "here", text: t("here") }];
  const axes = /** @type {{x: import("../types.js").Axis, y: import("../types.js").Axis}} */ (activity.axes);
  const rtl = getComputedStyle(el).direction === "rtl";
  const svg = draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "grid", "aria-hidden": "true" });
  for (let n = 0; n <= GRID; n++) {
    const [x, y] = [(WIDE * n) / GRID, (HIGH * n) / GRID];
    svg.append(draw("line", { x1: x, x2: x, y1: 0, y2: HIGH, class: "rule" }), draw("line", { y1: y, y2: y, x1: 0, x2: WIDE, class: "rule" }));
  }
  for (const [n, { id }] of options.entries()) svg.append(...cellsOf(results.things[id] ?? {}, n, options.length, rtl));
  for (const [n, { id }] of options.entries()) svg.append(...meanOf(results.things[id] ?? {}, LETTERS[n] ?? "•", rtl));
  const lines = options.map(({ id, text }, n) => {
    const thing = results.things[id] ?? {};
    const where = thing.n ? t("means", { x: thing.x.toFixed(1), y: thing.y.toFixed(1) }) : "";
    return h("li", null, h("b", null, LETTERS[n] ?? "•"), h("span", { dir: "auto" }, text), h("small", null, where));
  });
  el.replaceChildren(
    h(
      "div",
      { class: "placed" },
      h("p", { class: "up" }, `↑ ${axes.y.title}: ${ends(axes.y)}`),
      svgBox(svg),
      h("p", { class: "across" }, `${axes.x.title}: ${ends(axes.x)} ${rtl ? "←" : "→"}`),
      h("ul", { class: "legend" }, ...lines),
    ),
  );
}

/** The cells that people chose, as dots whose size says how many; each thing has its own side of a cell. @param {Record<string, any>} thing @param {number} n @param {number} all @param {boolean} rtl */
function cellsOf(thing, n, all, rtl) {
  return Object.entries(/** @type {Record<string, number>} */ (thing.cells ?? {})).map(([cell, count]) => {
    const [x, y] = cell.split(",").map(Number);
    const turn = (2 * Math.PI * n) / all;
    const off = all > 1 ? 42 : 0;
    return draw("circle", {
      cx: across(x, rtl) + off * Math.cos(turn),
      cy: up(y) + off * Math.sin(turn),
      r: 8 + 16 * Math.sqrt(count / thing.n),
      class: "cell",
    });
  });
}

/** @param {Record<string, any>} thing @param {string} letter @param {boolean} rtl */
function meanOf(thing, letter, rtl) {
  if (!thing.n) return [];
  const [x, y] = [across(thing.x, rtl), up(thing.y)];
  const text = draw("text", { x, y, class: "letter", "text-anchor": "middle", "dominant-baseline": "central" });
  text.textContent = letter;
  return [draw("circle", { cx: x, cy: y, r: 44, class: "mean" }), text];
}

/** @param {number} step @param {boolean} rtl */
function across(step, rtl) {
  const at = (WIDE * (step - 0.5)) / GRID;
  return rtl ? WIDE - at : at;
}

/** @param {number} step */
function up(step) {
  return HIGH - (HIGH * (step - 0.5)) / GRID;
}

/** @param {import("../types.js").Axis} axis */
function ends({ least, most }) {
  return [least, most].filter(Boolean).join(" – ");
}

/** @param {SVGElement} svg */
function svgBox(svg) {
  const box = h("div", { class: "grid-box" });
  box.append(svg);
  return box;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function draw(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return /** @type {SVGElement} */ (made);
}
