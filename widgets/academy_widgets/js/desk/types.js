/**
 * What the desk shows, as the kernel sends it. Types only: nothing here is in the bundle. All texts are only ever text.
 *
 * @typedef {import("../documents.js").DeskState & {refused?: string}} Doc `refused` says why there is nothing to see
 * @typedef {Doc["people"][number]} Line
 * @typedef {import("../documents.js").TodoItem} Thing
 * @typedef {import("../documents.js").DeskModule} Module
 * @typedef {import("../documents.js").DeskExercise} Exercise
 * @typedef {import("../documents.js").DeskMessage} Message
 * @typedef {import("../documents.js").DeskExtension} Extension
 * @typedef {import("../documents.js").DeskPicture} Picture
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
