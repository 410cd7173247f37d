// An order: each thing at its mean place, with how far apart people put it; or beside the order that is right.

import { h } from "../../form/dom.js";
import { put } from "./bars.js";
import { keyed, listIn } from "./keyed.js";

/** @type {import("../types.js").Draw} */
export function ranking(el, activity, results, t) {
  const options = activity.options ?? [];
  const texts = new Map(options.map(({ id, text }) => [id, text]));
  const order = results.right ?? byMean(options.map(({ id }) => id), results.mean);
  const list = listIn(el, "ol", "ranking");
  const lines = keyed(list, order, line);
  const steps = Math.max(options.length - 1, 1);
  /** @param {number} place */
  const at = (place) => (100 * (Math.min(Math.max(place, 1), options.length) - 1)) / steps;
  for (const [n, id] of order.entries()) {
    const mean = results.mean[id];
    const spread = results.spread[id] ?? 0;
    const known = mean !== undefined;
    put(lines[n], ".place", String(n + 1));
    put(lines[n], ".label", texts.get(id) ?? id);
    put(lines[n], ".amount", known ? amount(results, id, t) : "");
    const band = /** @type {HTMLElement} */ (lines[n].querySelector(".band"));
    const dot = /** @type {HTMLElement} */ (lines[n].querySelector(".dot"));
    band.hidden = dot.hidden = !known;
    band.style.insetInlineStart = `${at(mean - spread)}%`;
    band.style.width = `${at(mean + spread) - at(mean - spread)}%`;
    dot.style.insetInlineStart = `${at(mean)}%`;
  }
}

/** @param {import("../types.js").Results} results @param {string} id @param {import("../types.js").Translate} t */
function amount(results, id, t) {
  if (results.right) return t("placed", { count: results.placed[id], all: results.n });
  return t("mean_spread", { mean: results.mean[id].toFixed(1), spread: results.spread[id].toFixed(1), first: results.first[id] });
}

/** @param {string[]} ids @param {Record<string, number>} mean */
function byMean(ids, mean) {
  return [...ids].sort((a, b) => (mean[a] ?? 99) - (mean[b] ?? 99));
}

function line() {
  return h(
    "li",
    null,
    h("p", { class: "place" }),
    h("p", { class: "label", dir: "auto" }),
    h("div", { class: "way", "aria-hidden": "true" }, h("div", { class: "band" }), h("div", { class: "dot" })),
    h("p", { class: "amount" }),
  );
}
