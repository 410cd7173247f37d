// One way of drawing for each kind of activity.

import { bars } from "./bars.js";
import { place } from "./place.js";
import { ranking } from "./ranking.js";
import { scale } from "./scale.js";
import { cards, cloud, questions, wall } from "./written.js";

/** @type {Record<string, import("../types.js").Draw>} */
export const DRAW = { choice: bars, multi: bars, quiz: bars, ranking, scale, place, words: cloud, text: wall, cards, questions };
