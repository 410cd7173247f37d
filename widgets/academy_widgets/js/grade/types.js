/**
 * What the page shows, as the kernel sends it. Types only: nothing here is in the bundle. All texts are only ever text,
 * but for a work's answers: these are HTML that was rebuilt from harmless elements.
 *
 * @typedef {{id: string, title: string, works: number, waits: number}} Exercise
 * @typedef {{id: string, n: number, who: string, name: string, waits: boolean, points: number, most: number}} Line
 * @typedef {{id: string, version: string, manual_score: number | null, auto_score: number | null, max_score: number, needs_manual_grade: boolean}} Grade
 * @typedef {{id: string, version: string, manual_comment: string | null}} Comment
 * @typedef {{points: number, text: string, comments: string[]}} Level
 * @typedef {{label: string, levels: Level[], grade: Grade, comment: Comment | null}} Criterion
 * @typedef {{title: string, said: string, grade: Grade}} Check
 *
 * @typedef {object} Work
 * @property {string} id
 * @property {string} exercise
 * @property {string} title
 * @property {string} who a pseudonym
 * @property {string} name
 * @property {string} answers
 * @property {Criterion[]} criteria
 * @property {Check[]} checks
 * @property {Comment | null} whole
 * @property {string} lang of the participant
 * @property {"ltr" | "rtl"} dir
 *
 * @typedef {object} Port
 * @property {(message: Record<string, unknown>) => Promise<any>} ask send a message and wait for its answer
 * @property {import("../form/types.js").Translate} t
 */

export {};
