// What the projector and the presenter do with each kind of activity: one table for each.

import { enterCards, enterChoice, enterPlaces, enterPoints, enterQuestion, enterRanking, enterScale, enterSeveral, enterText, enterWords } from "./enter_fields.js";
import { bars } from "./results/bars.js";
import { place } from "./results/place.js";
import { points } from "./results/points.js";
import { ranking } from "./results/ranking.js";
import { scale } from "./results/scale.js";
import { cards, cloud, questions, wall } from "./results/written.js";

/**
 * How results are drawn.
 * @type {Record<string, import("./types.js").Draw>}
 */
export const DRAW = { choice: bars, multi: bars, quiz: bars, ranking, scale, place, words: cloud, text: wall, cards, questions, points };

/**
 * How an answer is written down for somebody who telephoned.
 * @type {Record<string, import("./enter_fields.js").Enter>}
 */
export const ENTER = {
  choice: enterChoice,
  multi: enterSeveral,
  quiz: enterSeveral,
  scale: enterScale,
  ranking: enterRanking,
  place: enterPlaces,
  text: enterText,
  questions: enterQuestion,
  words: enterWords,
  cards: enterCards,
  points: enterPoints,
};

/**
 * What sets kinds apart: where the numbers of their results stand, and whether the smallest comes first; whether
 * people write, whether the same texts are put together, whether they are answered one by one.
 * @type {Record<string, {numbers?: string, sorted?: boolean, written?: boolean, merges?: boolean, answers?: boolean}>}
 */
export const FACTS = {
  choice: { numbers: "counts" },
  multi: { numbers: "counts" },
  quiz: { numbers: "counts" },
  scale: { numbers: "counts" },
  ranking: { numbers: "mean", sorted: true },
  place: { numbers: "things" },
  text: { written: true },
  words: { written: true, merges: true },
  cards: { written: true },
  questions: { written: true, merges: true, answers: true },
  points: { numbers: "points" },
};

/**
 * Kinds that a presenter can ask on the fly, and whether they need options; in the order in which they are offered.
 * @type {Record<string, {options: boolean}>}
 */
export const ON_THE_FLY = {
  choice: { options: true },
  multi: { options: true },
  scale: { options: false },
  words: { options: false },
  text: { options: false },
  points: { options: true },
};
