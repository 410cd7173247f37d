/**
 * The shapes that pass between the kernel and the form. Types only: nothing here is in the bundle.
 *
 * @typedef {import("../documents.js").FileEdit["value"]} Value
 *
 * @typedef {{id: string, label: string, help?: string}} Option
 *
 * @typedef {import("../documents.js").FieldType} FieldType
 *
 * @typedef {object} Field
 * @property {string} id
 * @property {FieldType} type
 * @property {string} label
 * @property {string} [help]
 * @property {boolean} [required]
 * @property {[number|null, number|null]} [words]
 * @property {number} [chars]
 * @property {[number|null, number|null]} [range]
 * @property {number} [step]
 * @property {string} [unit]
 * @property {Option[]} [options]
 * @property {[number|null, number|null]} [choose]
 * @property {[number|null, number|null]} [rows]
 * @property {string} [row_label]
 * @property {string} [add_label]
 * @property {Field[]} [columns]
 * @property {string} [low]
 * @property {string} [high]
 * @property {string} [placeholder]
 * @property {"radio"|"select"} [as]
 * @property {string} [earliest] first day a date may have
 * @property {string} [latest]
 * @property {string} [row_title] id of the column that names a row
 * @property {{field: string, is: string[]}} [only_if] asked only while another answer is among these
 * @property {{field: string, names?: string[]}} [from] what can be chosen stands in this form: the rows of a table by these
 *   columns, or what was chosen in a field
 *
 * @typedef {{id: string, title: string, after: string, fields: string[]}} PictureSpec
 * @typedef {{svg: string, sentence: string, head: string[], rows: string[][]}} Picture
 * @typedef {{label: string, was: string, now: string}} Again what this builds on and has changed since it was submitted
 * @typedef {{text: string, page?: string}} Where what to do first, and the page to do it on
 * @typedef {{course: string, exercise: string, title: string, fields: Field[], version: string, pictures?: PictureSpec[]}} Spec
 *
 * @typedef {{id: string, text: string, fields: string[]}} Advice
 * @typedef {{number: number, at_text: string, by_text?: string}} Submission
 * @typedef {{path: string, text: string}} Problem
 * @typedef {{path: string, yours: Value, now: Value, by?: By}} Overtaken
 *
 * @typedef {object} Doc
 * @property {string} person
 * @property {boolean} open
 * @property {string} [open_text]
 * @property {string} [typed_in] who typed answers in from paper
 * @property {Record<string, Value>} values
 * @property {Record<string, number>} revs
 * @property {number} rev
 * @property {number} [clock]
 * @property {Submission[]} submissions
 * @property {Advice[]} advice
 * @property {Record<string, Value>} computed
 * @property {Record<string, Value>} shown
 * @property {Record<string, Option[]>} [options] what there is to choose from other exercises, by address
 * @property {Record<string, Where>} [where]
 * @property {Again[]} [again]
 * @property {boolean} [preview]
 * @property {import("./saving/take_away.js").Links} [links]
 *
 * An answer that the kernel has not confirmed yet.
 * @typedef {object} Edit
 * @property {string} id
 * @property {string} path
 * @property {Value} value
 * @property {number} at when it was typed, milliseconds of this device's clock
 * @property {number} base the revision of this path that the person saw while typing
 * @property {boolean} [sent] it has been sent, so the kernel may have it
 * @property {boolean} [over] it was typed over one that had been sent and not confirmed
 * @property {string} [refused] the kernel's sentence why it cannot take this value
 *
 * Who wrote an answer elsewhere; the name is empty where it was the same person.
 * @typedef {{name: string, file: boolean, at_text: string}} By
 * @typedef {Record<string, {value: Value, rev: number, by?: By}>} Changes
 *
 * A message from the kernel; which members are there depends on its kind.
 * @typedef {object} Message
 * @property {string} kind
 * @property {number} [n]
 * @property {string[]} [ids]
 * @property {number} [rev]
 * @property {Record<string, number>} [revs] revisions of the paths that were sent
 * @property {Changes} [changed]
 * @property {Overtaken[]} [overtaken]
 * @property {Record<string, {by?: By}>} [rivals] who wrote what overtook or was overtaken
 * @property {number} [since] the revision from which on `changed` has everything
 * @property {number} [clock] what the server's clock showed
 * @property {string[]} [unseen] paths that keep a submission back, because they were changed without the sender's knowledge
 * @property {Advice[]} [advice]
 * @property {Record<string, Value>} [computed]
 * @property {Record<string, Value>} [shown]
 * @property {Record<string, Option[]>} [options]
 * @property {Record<string, Where>} [where]
 * @property {Again[]} [again]
 * @property {Record<string, Picture | null>} [pictures]
 * @property {string} [text]
 * @property {Record<string, string>} [refused]
 * @property {boolean} [retry]
 * @property {Submission} [submission]
 * @property {Submission[]} [submissions]
 * @property {Record<string, string>} [parts] of the page around that a submission has made old, by their ids
 * @property {Problem[]} [problems]
 * @property {boolean} [open]
 * @property {string} [open_text]
 *
 * @typedef {"connecting"|"online"|"offline"|"ended"} ConnectionState
 * @typedef {{state: ConnectionState, on: (callback: () => void) => (() => void)}} Connection
 *
 * The part of an anywidget model that the form uses.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(event: string, callback: (...args: any[]) => void) => void} on
 * @property {(event: string, callback: (...args: any[]) => void) => void} off
 * @property {(content: unknown) => void} send
 * @property {Connection} [connection]
 *
 * @typedef {(key: string, values?: Record<string, unknown>) => string} Translate
 */
export {};
