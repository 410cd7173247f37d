// A widget's model as front-end modules know it: traits, events, messages.

import { same } from "./state.js";

/** @typedef {import("../types.js").State} State */
/** @typedef {(...values: any[]) => void} Listener */

/**
 * What a model needs of the page.
 * @typedef {object} Owner
 * @property {import("../types.js").Connection} connection
 * @property {(id: string) => Promise<Model>} get_model
 * @property {(model: Model, state: State) => void} push
 * @property {(model: Model, content: any, buffers: (ArrayBuffer | ArrayBufferView)[]) => void} message
 */

/** Custom messages kept for a module that is still loading. */
const EARLY_LIMIT = 100;

export class Model {
  /**
   * @param {Owner} owner
   * @param {string} id
   * @param {State} state
   */
  constructor(owner, id, state) {
    this.model_id = id;
    this.state = state;
    this.widget_manager = owner;
    this.connection = owner.connection;
    /** @type {State} */
    this.changed = {};
    /** @type {{name: string, callback: Listener, context: unknown}[]} */
    this.listeners = [];
    /** @type {any[][]} */
    this.early = [];
  }

  /** @param {string} name */
  get(name) {
    return this.state[name];
  }

  /**
   * Change traits here; `save_changes` sends them.
   * @param {string | State} name
   * @param {any} [value]
   */
  set(name, value) {
    const values = typeof name === "string" ? { [name]: value } : name;
    Object.assign(this.changed, this.apply(values));
  }

  save_changes() {
    const changed = this.changed;
    this.changed = {};
    if (Object.keys(changed).length) this.widget_manager.push(this, changed);
  }

  /**
   * Send a custom message.
   * @param {any} content
   * @param {unknown} [_callbacks] for the sake of the interface, not used
   * @param {(ArrayBuffer | ArrayBufferView)[]} [buffers]
   */
  send(content, _callbacks, buffers = []) {
    this.widget_manager.message(this, content, buffers);
  }

  /**
   * @param {string} names one or more events, separated by spaces
   * @param {Listener} callback
   * @param {unknown} [context] for `off`
   */
  on(names, callback, context) {
    for (const name of names.split(" ")) this.listeners.push({ name, callback, context });
    if (names === "msg:custom") this.early.splice(0).forEach((message) => callback(...message));
  }

  /** @param {string} name @param {Listener} callback */
  once(name, callback) {
    const only = (/** @type {any[]} */ ...values) => {
      this.off(name, only);
      callback(...values);
    };
    this.on(name, only);
  }

  /**
   * Whatever is not given matches all.
   * @param {string | null} [name]
   * @param {Listener | null} [callback]
   * @param {unknown} [context]
   */
  off(name, callback, context) {
    this.listeners = this.listeners.filter(
      (listener) =>
        (name && listener.name !== name) ||
        (callback && listener.callback !== callback) ||
        (context && listener.context !== context),
    );
  }

  /**
   * One listener's error does not keep the others from hearing.
   * @param {string} name
   * @param {any[]} values
   */
  trigger(name, ...values) {
    const hearing = this.listeners.filter((listener) => listener.name === name);
    if (name === "msg:custom" && !hearing.length && this.early.length < EARLY_LIMIT) this.early.push(values);
    for (const { callback } of hearing) {
      try {
        callback(...values);
      } catch (error) {
        console.error(error);
      }
    }
  }

  /**
   * Take over values and tell who listens.
   * @param {State} values
   * @returns {State} those that were really new
   */
  apply(values) {
    /** @type {State} */
    const fresh = {};
    for (const [name, value] of Object.entries(values)) {
      if (!(name in this.state) || !same(this.state[name], value)) fresh[name] = value;
    }
    Object.assign(this.state, fresh);
    for (const name in fresh) this.trigger(`change:${name}`, this, fresh[name]);
    if (Object.keys(fresh).length) this.trigger("change", this, fresh);
    return fresh;
  }
}
