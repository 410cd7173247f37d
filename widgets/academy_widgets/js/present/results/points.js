// Points that people have shared out: a bar for each option, as long as its share of all points.

import { counted } from "../../form/texts.js";
import { drawBars } from "./bars.js";

/** @type {import("../types.js").Draw} */
export function points(el, activity, results, t) {
  const all = results.n * (activity.points ?? 10);
  drawBars(el, activity, (id) => {
    const count = results.points[id] ?? 0;
    const share = all ? (100 * count) / all : 0;
    return { amount: counted(t, "points_share", count, { share: Math.round(share) }), width: share, mark: "" };
  });
}
