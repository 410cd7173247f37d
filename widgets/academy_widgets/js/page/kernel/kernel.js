// The kernel's side of the page: widget models, what they say, and what is said to them.

import { Link } from "./link.js";
import { Model } from "./model.js";
import { Outbox } from "./outbox.js";
import { putBuffers, splitBuffers } from "./state.js";

/** @typedef {import("../types.js").Connection} Connection */
/** @typedef {import("../types.js").ConnectionState} ConnectionState */
/** @typedef {import("../types.js").Message} Message */
/** @typedef {import("../types.js").State} State */

const CONTROL_TARGET = "jupyter.widget.control";
const WIDGET_TARGET = "jupyter.widget";
const CONTROL_VERSION = "1.0.0";
const LOST = ["restarting", "autorestarting", "dead"];

export class Kernel {
  /** @param {string} address the kernel's resource */
  constructor(address) {
    this.session = uid();
    /** @type {Map<string, Model>} */
    this.models = new Map();
    /** @type {Map<string, ((model: Model) => void)[]>} */
    this.waiting = new Map();
    /** @type {Set<(message: Message) => void>} hear all that is neither status nor about models */
    this.observers = new Set();
    /** @type {(model: Model) => void} told of each new model */
    this.created = () => {};
    this.loaded = false;
    /** Whether the kernel was ended because nobody used the page. */
    this.asleep = false;
    this.control = uid();
    this.controlOpen = false;
    this.outbox = new Outbox((entry) => this.transmit(entry));
    this.connection = new KernelConnection();
    this.link = new Link(address, this.session, {
      up: () => this.up(),
      receive: (message) => this.receive(message),
      down: () => this.down(),
      gone: (asleep) => {
        this.asleep = asleep;
        this.end();
      },
      probe: () => this.request("control", "comm_info_request", { target_name: CONTROL_TARGET }),
    });
  }

  /**
   * Take over the models that came with the page.
   * @param {Record<string, State>} states by model id
   */
  load(states) {
    for (const [id, state] of Object.entries(states)) this.create(id, state);
    this.loaded = true;
  }

  /**
   * The model of this id, now or as soon as the kernel has made it.
   * @param {string} reference an id, also as "IPY_MODEL_<id>" or "anywidget:<id>"
   * @returns {Promise<Model>}
   */
  get_model(reference) {
    const id = reference.replace(/^(IPY_MODEL_|anywidget:)/, "");
    const model = this.models.get(id);
    if (model) return Promise.resolve(model);
    return new Promise((resolve) => this.waiting.set(id, [...(this.waiting.get(id) ?? []), resolve]));
  }

  /** @param {Model} model @param {State} state changed traits */
  push(model, state) {
    this.outbox.add({ model: model.model_id, state });
  }

  /** @param {Model} model @param {any} content @param {(ArrayBuffer | ArrayBufferView)[]} buffers */
  message(model, content, buffers) {
    this.outbox.add({ model: model.model_id, content, buffers });
  }

  /** @param {import("./outbox.js").Entry} entry @returns {string} the message's id */
  transmit(entry) {
    if (entry.fence) return this.request("shell", "comm_info_request", { target_name: CONTROL_TARGET });
    if (!entry.state) {
      const data = { method: "custom", content: entry.content };
      return this.request("shell", "comm_msg", { comm_id: entry.model, data }, entry);
    }
    const { state, paths, buffers } = splitBuffers(entry.state);
    const data = { method: "update", state, buffer_paths: paths };
    return this.request("shell", "comm_msg", { comm_id: entry.model, data }, { id: entry.id, buffers });
  }

  /**
   * @param {"shell" | "control"} channel
   * @param {string} type
   * @param {any} content
   * @param {{id?: string, buffers?: (ArrayBuffer | ArrayBufferView)[], metadata?: Record<string, any>}} [more]
   * @returns {string} the message's id
   */
  request(channel, type, content, { id = uid(), buffers = [], metadata = {} } = {}) {
    const header = {
      msg_id: id,
      msg_type: type,
      username: "",
      session: this.session,
      date: new Date().toISOString(),
      version: "5.3",
    };
    this.link.send({ channel, header, parent_header: {}, metadata, content, buffers });
    return id;
  }

  up() {
    // The first line finds the state that came with the page; later ones ask what has changed meanwhile.
    if (this.loaded && this.connection.state === "connecting") this.ready();
    else this.requestStates();
  }

  requestStates() {
    const comm_id = this.control;
    if (!this.controlOpen) {
      const content = { comm_id, target_name: CONTROL_TARGET, data: {} };
      this.request("shell", "comm_open", content, { metadata: { version: CONTROL_VERSION } });
    }
    this.request("shell", "comm_msg", { comm_id, data: { method: "request_states" } });
  }

  ready() {
    this.connection.become("online");
    this.outbox.resume();
  }

  down() {
    this.outbox.pause();
    this.connection.become("offline");
  }

  /** The kernel is no more. */
  end() {
    this.link.stop();
    this.outbox.pause();
    this.connection.become("ended");
  }

  /** @param {Message} message */
  receive({ header, parent_header, content, buffers }) {
    const cause = parent_header.msg_id;
    switch (header.msg_type) {
      case "status":
        this.status(content.execution_state, cause);
        break;
      case "comm_open":
        if (content.target_name === WIDGET_TARGET) this.create(content.comm_id, stateOf(content.data, buffers));
        break;
      case "comm_msg":
        if (content.comm_id === this.control) this.takeStates(content.data, buffers);
        else this.hear(content.comm_id, content.data, buffers, cause);
        break;
      case "comm_close":
        if (content.comm_id === this.control) this.end();
        else this.remove(content.comm_id);
        break;
      default:
        for (const observer of this.observers) {
          observer({ channel: "iopub", header, parent_header, metadata: {}, content, buffers });
        }
    }
  }

  /** @param {string} state @param {string} cause */
  status(state, cause) {
    if (LOST.includes(state)) this.end();
    else if (state === "busy") this.outbox.begun(cause);
    else if (state === "idle") this.outbox.done(cause);
  }

  /**
   * A model's message. Echoes of our own changes say nothing new and are left alone.
   * @param {string} id
   * @param {any} data
   * @param {Message["buffers"]} buffers
   * @param {string} cause
   */
  hear(id, data, buffers, cause) {
    const model = this.models.get(id);
    if (!model) return;
    if (data.method === "custom") model.trigger("msg:custom", data.content, buffers);
    else if (data.method === "update") model.apply(this.outbox.keepNewer(id, stateOf(data, buffers), cause));
  }

  /**
   * All of the kernel's widgets, as they are now. What the page has changed and the kernel has not seen stays.
   * @param {any} data
   * @param {Message["buffers"]} buffers
   */
  takeStates(data, buffers) {
    if (data.method !== "update_states") return;
    this.controlOpen = true;
    const states = putBuffers(data.states, data.buffer_paths, buffers);
    const known = [...this.models.keys()];
    if (known.length && !known.some((id) => id in states)) {
      this.end(); // the same kernel id with other widgets: it was restarted behind our back
      return;
    }
    for (const id of known) if (!(id in states)) this.remove(id);
    for (const [id, { state }] of Object.entries(states)) this.create(id, this.outbox.keepNewer(id, state));
    this.ready();
  }

  /** @param {string} id @param {State} state */
  create(id, state) {
    const known = this.models.get(id);
    if (known) {
      known.apply(state);
      return;
    }
    const model = new Model(this, id, state);
    this.models.set(id, model);
    this.created(model);
    for (const resolve of this.waiting.get(id) ?? []) resolve(model);
    this.waiting.delete(id);
  }

  /** @param {string} id */
  remove(id) {
    const model = this.models.get(id);
    this.models.delete(id);
    model?.trigger("destroy", model);
  }
}

/** The connection as widgets see it. */
class KernelConnection {
  constructor() {
    /** @type {ConnectionState} */
    this.state = "connecting";
    /** @type {Set<(state: ConnectionState) => void>} */
    this.listeners = new Set();
  }

  /** @param {(state: ConnectionState) => void} callback @returns {() => void} */
  on(callback) {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  /** @param {ConnectionState} state */
  become(state) {
    if (state === this.state || this.state === "ended") return;
    this.state = state;
    for (const listener of [...this.listeners]) listener(state);
  }
}

/** @param {any} data @param {Message["buffers"]} buffers @returns {State} */
function stateOf(data, buffers) {
  return putBuffers(data.state, data.buffer_paths, buffers);
}

/** A random id. `crypto.randomUUID` is missing where the page comes over plain http in a workshop room. */
export function uid() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
