/**
 * What the desk shows, as the kernel sends it. Types only: nothing here is in the bundle. All texts are only ever text.
 *
 * A person: id, name, role (its first letter), team or "", a letter for the state of each exercise, when they last took
 * a step (seconds since 1970; 0 for who has not come yet), whether they are stuck.
 * @typedef {[string, string, string, string, string, number, number]} Line
 *
 * @typedef {{id: string, title: string, mark: string}} Module
 * @typedef {{id: string, title: string, module: string, round: boolean, private: boolean}} Exercise
 * @typedef {{kind: string, text: string, count: number, exercise?: string, page?: string, command?: string, who?: [string, string][]}} Thing
 * @typedef {{id: number, by: string, person: string, texts: Record<string, string>, until: string}} Message
 * @typedef {{id: number, module: string, days: number, person: string}} Extension
 * @typedef {{id: string, title: string, svg: string, sentence: string, head: string[], rows: string[][], csv: string}} Picture
 *
 * @typedef {object} Doc
 * @property {string} [refused] why there is nothing to see
 * @property {number} n counts the changes that the page was told of
 * @property {string} course
 * @property {Module[]} modules
 * @property {Exercise[]} exercises
 * @property {{id: string, name: string}[]} languages
 * @property {number} longest of a message, in characters
 * @property {boolean} grading whether there is a page to grade on
 * @property {Line[]} people
 * @property {Record<string, string>} teams
 * @property {string[]} opened
 * @property {Thing[]} things
 * @property {Record<string, string>} ends
 * @property {Extension[]} extensions
 * @property {Message[]} messages
 *
 * @typedef {object} Port
 * @property {(message: Record<string, unknown>) => Promise<any>} ask send a message and wait for its answer
 * @property {(panel: string) => void} go open a panel
 * @property {(text: string, bad?: boolean) => void} tell say how it went
 * @property {(person: string) => void} find show somebody among the people
 * @property {(person: string) => void} write begin a message to somebody
 *
 * @typedef {object} Panel
 * @property {HTMLElement} el
 * @property {(changed: Set<string>) => void} update show what is new; `changed` has the parts of the document
 * @property {() => void} [shown] the panel has been opened
 *
 * @typedef {import("../form/types.js").Translate} Translate
 */

export {};
