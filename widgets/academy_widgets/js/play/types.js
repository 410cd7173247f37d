/**
 * A sample unit as the kernel sends it. Types only: nothing here is in the bundle. All texts are only ever text.
 *
 * @typedef {{heading: string, body: string, ask: string, answer: string}} Card
 * @typedef {{text: string, said: string, to: string}} Choice
 * @typedef {{id: string, body: string, end: boolean, choices: Choice[]}} Scene
 * @typedef {{text: string, said: string, right: boolean}} Answer
 * @typedef {{question: string, answers: Answer[]}} Question
 *
 * @typedef {object} Unit
 * @property {"micro-lesson" | "scenario" | "story" | "quiz"} kind
 * @property {string} title
 * @property {Card[]} [cards] of a micro-lesson
 * @property {string} [action] of a micro-lesson: what to do afterwards
 * @property {string[]} [parts] of a story
 * @property {Scene[]} [scenes] of a scenario; the first is the beginning
 * @property {Question[]} [questions] of a quiz
 *
 * What can be chosen on a screen, and what follows.
 * @typedef {{text: string, said: string, right?: boolean, to?: string}} Way
 *
 * One thing that a learner sees at a time.
 * @typedef {object} Screen
 * @property {string} name key of the sentence that names it, such as "card"
 * @property {string} [heading]
 * @property {string} body
 * @property {string} [ask] a question to think about before the card is turned
 * @property {string} [answer]
 * @property {Way[]} [ways] choices to make
 * @property {boolean} [pause] the learner thinks before going on
 * @property {boolean} [end] nothing follows
 * @property {boolean} [stuck] something should follow, and is missing
 *
 * @typedef {import("../form/types.js").Translate} Translate
 */

export {};
