// The shapes that the presenter's modules hand to each other. Nothing here runs.

/** @typedef {import("../documents.js").LiveAxis} Axis */
/** @typedef {Pick<import("../documents.js").LiveOption, "id" | "text"> & Partial<import("../documents.js").LiveOption>} Option */

/**
 * An activity of a webinar, as the course has it: with the keys of its kind, but never what is right.
 * @typedef {object} Common
 * @property {string} id
 * @property {import("../documents.js").LiveKind} kind
 * @property {string} title
 * @property {string} prompt HTML, made by the server of the course's text
 * @property {number} minutes
 * @property {string} [why] HTML
 * @property {string} names
 * @property {string} show
 * @property {string} [notes] HTML
 * @typedef {Common & Partial<Omit<import("../documents.js").KindKeys, "right" | "why" | "options">> & {options?: Option[]}} Activity
 */

/**
 * What the rows of an activity say together; see academy/live/tally.py.
 * @typedef {Record<string, any> & {n: number}} Results
 */

/** @typedef {import("../form/types.js").Translate} Translate */

/**
 * Draws results into an element, again and again.
 * @typedef {(el: HTMLElement, activity: Activity, results: Results, t: Translate) => void} Draw
 */

export {};
