// A scale: one column for each step, with the mean below.

import { h } from "../../form/dom.js";

const NO_SCALE = { least: 1, most: 5, low: "", high: "" };

/** @type {import("../types.js").Draw} */
export function scale(el, activity, results, t) {
  const { least, most, low, high } = { ...NO_SCALE, ...activity.scale };
  const steps = Array.from({ length: most - least + 1 }, (_, n) => least + n);
  const all = Math.max(results.n, 1); // a tube that is full is everybody who answered
  let list = /** @type {HTMLElement | null} */ (el.querySelector(".columns"));
  if (!list) {
    list = h("ol", { class: "columns" }, ...steps.map((step) => column(step, step === least ? low : step === most ? high : "")));
    el.replaceChildren(list, h("p", { class: "mean" }));
  }
  for (const [n, step] of steps.entries()) {
    const count = results.counts[step] ?? 0;
    const item = list.children[n];
    /** @type {HTMLElement} */ (item.querySelector(".amount")).textContent = String(count);
    /** @type {HTMLElement} */ (item.querySelector(".fill")).style.height = `${(100 * count) / all}%`;
  }
  const mean = /** @type {HTMLElement} */ (el.querySelector(".mean"));
  mean.textContent = results.mean === undefined ? "" : t("mean", { mean: results.mean.toFixed(1) });
}

/** @param {number} step @param {string} label */
function column(step, label) {
  return h(
    "li",
    null,
    h("span", { class: "amount" }),
    h("div", { class: "tube", "aria-hidden": "true" }, h("div", { class: "fill" })),
    h("span", { class: "step" }, String(step)),
    h("span", { class: "label", dir: "auto" }, label),
  );
}
