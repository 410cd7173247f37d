// The shapes that the presenter's modules hand to each other. Nothing here runs.

/**
 * @typedef {object} Option
 * @property {string} id
 * @property {string} text
 * @property {string} [help]
 * @property {string} [why]
 */

/** @typedef {{title: string, least?: string, most?: string}} Axis */

/**
 * An activity of a webinar, as the course has it.
 * @typedef {object} Activity
 * @property {string} id
 * @property {import("../documents.js").LiveKind} kind
 * @property {string} title
 * @property {string} prompt HTML, made by the server of the course's text
 * @property {number} minutes
 * @property {Option[]} [options]
 * @property {{id: string, title: string, help: string}[]} [columns]
 * @property {{x: Axis, y: Axis}} [axes]
 * @property {{least: number, most: number, low: string, high: string}} [scale]
 * @property {number} [points] that each person shares out
 * @property {string} [why] HTML
 * @property {string} names
 * @property {string} show
 * @property {string} moderate
 * @property {string} [notes] HTML
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
