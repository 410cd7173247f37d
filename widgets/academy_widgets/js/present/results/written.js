// What people wrote: a cloud of words, a wall of texts, cards by column, questions by support. Texts are only ever text.

import { h } from "../../form/dom.js";
import { keyed, listIn } from "./keyed.js";

/** @typedef {import("../../documents.js").ItemResult} Item */

const SMALLEST = 1;
const LARGEST = 3.4;
const MANY = 18;

/** The most frequent words stand in the middle, and larger. @type {import("../types.js").Draw} */
export function cloud(el, _activity, results, t) {
  const items = sorted(results.items);
  const most = Math.max(...items.map(([, item]) => item.n ?? 1), 1);
  const list = listIn(el, "ul", "cloud");
  list.classList.toggle("many", items.length > MANY);
  const lines = keyed(list, middleOut(items.map(([key]) => key)), () => h("li", null, h("bdi"), h("span", { class: "times" })));
  for (const line of lines) {
    const item = results.items[line.dataset.key ?? ""];
    const share = most > 1 ? ((item.n ?? 1) - 1) / (most - 1) : 0;
    line.style.setProperty("--scale", (SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(share)).toFixed(2));
    /** @type {HTMLElement} */ (line.querySelector("bdi")).textContent = item.text;
    const times = /** @type {HTMLElement} */ (line.querySelector(".times"));
    times.textContent = (item.n ?? 1) > 1 ? t("times", { n: item.n }) : "";
  }
}

/** The newest first. @type {import("../types.js").Draw} */
export function wall(el, _activity, results) {
  const list = listIn(el, "ul", "wall");
  const keys = Object.keys(results.items).reverse();
  list.classList.toggle("few", keys.length <= 6);
  for (const line of keyed(list, keys, card)) write(line, results.items[line.dataset.key ?? ""]);
}

/** One column for each heading. @type {import("../types.js").Draw} */
export function cards(el, activity, results) {
  const columns = activity.columns ?? [];
  let board = /** @type {HTMLElement | null} */ (el.querySelector(".board"));
  if (!board) {
    board = h("div", { class: "board" }, ...columns.map(({ title }) => h("section", null, h("h3", { dir: "auto" }, title), h("ul", { class: "wall" }))));
    board.style.setProperty("--columns", String(columns.length));
    el.replaceChildren(board);
  }
  const all = Object.entries(/** @type {Record<string, Item>} */ (results.items));
  for (const [n, { id }] of columns.entries()) {
    const list = /** @type {HTMLElement} */ (board.children[n].querySelector("ul"));
    const keys = all.filter(([, item]) => item.column === id).map(([key]) => key).reverse();
    for (const line of keyed(list, keys, card)) write(line, results.items[line.dataset.key ?? ""]);
  }
}

/** Those with most support first; what is answered goes to the end. @type {import("../types.js").Draw} */
export function questions(el, _activity, results, t) {
  const list = listIn(el, "ol", "questions");
  const items = sorted(results.items).sort(([, a], [, b]) => Number(!!a.answered) - Number(!!b.answered));
  const make = () => h("li", null, h("p", { class: "support" }), h("p", { class: "text", dir: "auto" }), h("p", { class: "by" }));
  for (const line of keyed(list, items.map(([key]) => key), make)) {
    const item = results.items[line.dataset.key ?? ""];
    line.classList.toggle("answered", !!item.answered);
    /** @type {HTMLElement} */ (line.querySelector(".support")).textContent = t("support", { n: item.n ?? 1 });
    write(line, { ...item, by: [item.by, item.answered && `✓ ${t("answered")}`].filter(Boolean).join(" · ") });
  }
}

function card() {
  return h("li", null, h("p", { class: "text", dir: "auto" }), h("p", { class: "by" }));
}

/** @param {HTMLElement} line @param {Item} item */
function write(line, item) {
  const text = /** @type {HTMLElement} */ (line.querySelector(".text"));
  if (text.textContent !== item.text) text.textContent = item.text;
  const by = /** @type {HTMLElement} */ (line.querySelector(".by"));
  by.hidden = !item.by;
  by.textContent = item.by ?? "";
}

/** @param {Record<string, Item>} items @returns {[string, Item][]} */
function sorted(items) {
  return Object.entries(items).sort(([, a], [, b]) => (b.n ?? 1) - (a.n ?? 1));
}

/** 1 2 3 4 5 becomes 4 2 1 3 5. @param {string[]} keys */
function middleOut(keys) {
  /** @type {string[]} */
  const order = [];
  for (const [n, key] of keys.entries()) {
    if (n % 2) order.unshift(key);
    else order.push(key);
  }
  return order;
}
