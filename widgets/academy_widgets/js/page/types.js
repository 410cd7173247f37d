// The shapes the page's modules hand to each other. Nothing here runs.

/**
 * One message of the Jupyter protocol.
 * @typedef {object} Message
 * @property {string} channel "shell", "iopub" or "control"
 * @property {Record<string, any>} header
 * @property {Record<string, any>} parent_header
 * @property {Record<string, any>} metadata
 * @property {any} content
 * @property {(ArrayBuffer | ArrayBufferView)[]} buffers
 */

/**
 * What the server writes into `#academy-config`.
 * @typedef {object} Config
 * @property {string} base base URL of the server, ends with "/"
 * @property {string | null} kernel id of the kernel being started, when it is known this early
 * @property {string | null} [floor] the address of the style for the oldest browsers
 * @property {string} xsrf
 * @property {string | null} [host] the name by which the server believes to be called
 * @property {string | null} full address of the page in Voilà's own template, where the server has it
 * @property {Record<string, {js: string, css?: string}>} modules named front-end modules
 * @property {Record<string, string>} texts key -> sentence in the page's language
 */

/** @typedef {"connecting" | "online" | "offline" | "ended"} ConnectionState */

/**
 * What widgets see of the connection.
 * @typedef {object} Connection
 * @property {ConnectionState} state
 * @property {(callback: (state: ConnectionState) => void) => () => void} on returns the way to stop listening
 */

/** @typedef {Record<string, any>} State the traits of one widget */

/**
 * Renders a model into a new element; the signal says when the view goes.
 * @typedef {(model: import("./kernel/model.js").Model, signal: AbortSignal) => Promise<HTMLElement>} Render
 */

export {};
