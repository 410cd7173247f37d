// How many chose what: bars, and what is right with its reasons once a quiz is revealed.

import { h } from "../../form/dom.js";
import { keyed, listIn } from "./keyed.js";

/** @type {import("../types.js").Draw} */
export function bars(el, activity, results, say) {
  const options = activity.options ?? [];
  const right = new Set(results.right ?? []);
  const list = listIn(el, "ol", "bars");
  list.classList.toggle("reasons", !!options.some(({ why }) => why));
  const lines = keyed(list, options.map(({ id }) => id), () => line());
  for (const [n, { id, text, why }] of options.entries()) {
    const count = results.counts[id] ?? 0;
    const share = results.n ? Math.round((100 * count) / results.n) : 0;
    fill(lines[n], {
      label: text,
      amount: say("count_share", { count, share }),
      width: results.n ? (100 * count) / results.n : 0, // the track is everybody who answered
      mark: right.has(id) ? `✓ ${say("right")}` : "",
      why: why ?? "",
    });
    lines[n].classList.toggle("right", right.has(id));
  }
}

function line() {
  return h(
    "li",
    null,
    h("p", { class: "label", dir: "auto" }),
    h("p", { class: "verdict" }),
    h("p", { class: "amount" }),
    h("div", { class: "track", "aria-hidden": "true" }, h("div", { class: "fill" })),
    h("p", { class: "why", dir: "auto" }),
  );
}

/** @param {HTMLElement} el @param {{label: string, amount: string, width: number, mark: string, why: string}} said */
function fill(el, { label, amount, width, mark, why }) {
  put(el, ".label", label);
  put(el, ".amount", amount);
  put(el, ".verdict", mark);
  put(el, ".why", why);
  /** @type {HTMLElement} */ (el.querySelector(".fill")).style.width = `${width}%`;
}

/** @param {HTMLElement} el @param {string} where @param {string} text */
export function put(el, where, text) {
  const found = /** @type {HTMLElement} */ (el.querySelector(where));
  found.hidden = !text;
  if (found.textContent !== text) found.textContent = text;
}
