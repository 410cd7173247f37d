// Host for anywidget's front-end modules: finds the code and the style of a model, calls initialize and render.
// The interface is documented at https://anywidget.dev/en/afm/.

import { KEEPS } from "../entries.js";
import { uid } from "./kernel.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../types.js").Config} Config */

/**
 * @typedef {object} FrontEnd what a module exports
 * @property {(context: any) => any} [initialize]
 * @property {(context: any) => any} [render]
 */

/** @typedef {{module: FrontEnd, exports: unknown}} Binding a model's module after `initialize` */

const INVOKE_LIMIT = 15_000;
const LOADING_ATTEMPTS = 4;

export class ModuleHost {
  /**
   * @param {Config["modules"]} named modules known to the page
   * @param {(reference: string) => Promise<Model>} getModel
   */
  constructor(named, getModel) {
    this.named = named;
    this.getModel = getModel;
    /** @type {Map<string, Promise<FrontEnd>>} */
    this.modules = new Map();
    /** @type {Map<string, Promise<unknown>>} */
    this.styles = new Map();
    /** @type {WeakMap<Model, Promise<Binding>>} */
    this.bindings = new WeakMap();
  }

  /**
   * Show a model in an element until the signal says otherwise.
   * @param {Model} model
   * @param {HTMLElement} el
   * @param {AbortSignal} signal
   */
  async render(model, el, signal) {
    const [{ module }] = await Promise.all([this.bind(model), this.style(model)]);
    if (signal.aborted || !module.render) return;
    // Modules that the page knows by name keep a draft of their own.
    if (this.named[model.get("_esm")]) el.setAttribute(KEEPS, "");
    const context = {
      model: proxy(model, el),
      el,
      signal,
      host: this.hostFor(signal),
      experimental: { invoke: invokeWith(model) },
    };
    const cleanup = await module.render(context);
    whenAborted(signal, () => {
      model.off(null, null, el);
      if (typeof cleanup === "function") void cleanup();
    });
  }

  /** The module of a model, initialized once. @param {Model} model @returns {Promise<Binding>} */
  bind(model) {
    const known = this.bindings.get(model);
    if (known) return known;
    const binding = this.initialize(model);
    this.bindings.set(model, binding);
    return binding;
  }

  /** @param {Model} model @returns {Promise<Binding>} */
  async initialize(model) {
    const module = await this.load(model.get("_esm"));
    const life = new AbortController();
    const context = Symbol("initialize");
    const result = await module.initialize?.({
      model: proxy(model, context),
      signal: life.signal,
      experimental: { invoke: invokeWith(model) },
    });
    model.once("destroy", () => {
      life.abort();
      model.off(null, null, context);
      if (typeof result === "function") void result();
    });
    return { module, exports: result && typeof result === "object" ? result : undefined };
  }

  /**
   * @param {string} source a name, an address, or the module's text
   * @returns {Promise<FrontEnd>}
   */
  load(source) {
    const known = this.modules.get(source);
    if (known) return known;
    const module = importModule(this.named[source]?.js ?? source).then((found) => {
      if (found.render) return { render: found.render }; // the older form: a named export
      return typeof found.default === "function" ? found.default() : found.default;
    });
    this.modules.set(source, module);
    return module;
  }

  /** Apply a model's style, each once. @param {Model} model */
  style(model) {
    const source = this.named[model.get("_esm")]?.css ?? model.get("_css");
    if (!source) return;
    const applied = this.styles.get(source) ?? applyStyle(source);
    this.styles.set(source, applied);
    return applied;
  }

  /**
   * What a module may ask about other widgets.
   * @param {AbortSignal} signal the life of the asking view
   */
  hostFor(signal) {
    return {
      getModel: async (/** @type {string} */ reference) => {
        const model = await this.getModel(reference);
        const context = Symbol("child");
        whenAborted(signal, () => model.off(null, null, context));
        return proxy(model, context);
      },
      getWidget: async (/** @type {string} */ reference) => {
        const model = await this.getModel(reference);
        const { exports } = await this.bind(model);
        const render = (/** @type {{el: HTMLElement, signal?: AbortSignal}} */ view) =>
          this.render(model, view.el, view.signal ?? signal);
        return { exports, render };
      },
    };
  }
}

/**
 * What a module sees of a model; all its listeners go with the context.
 * @param {Model} model
 * @param {unknown} context
 */
function proxy(model, context) {
  return {
    get: model.get.bind(model),
    set: model.set.bind(model),
    save_changes: model.save_changes.bind(model),
    send: model.send.bind(model),
    on: (/** @type {string} */ name, /** @type {(...values: any[]) => void} */ callback) =>
      model.on(name, callback, context),
    off: (/** @type {string} [name] */ name, /** @type {(...values: any[]) => void} */ callback) =>
      model.off(name, callback, context),
    widget_manager: model.widget_manager,
    connection: model.connection,
  };
}

/**
 * Call a command of the Python side and wait for its answer.
 * @param {Model} model
 */
function invokeWith(model) {
  return (
    /** @type {string} */ name,
    /** @type {unknown} */ msg,
    /** @type {{buffers?: (ArrayBuffer | ArrayBufferView)[], signal?: AbortSignal}} */ options = {},
  ) =>
    new Promise((resolve, reject) => {
      const id = uid();
      const finish = () => {
        clearTimeout(limit);
        model.off("msg:custom", answer);
      };
      const fail = () => {
        finish();
        reject(options.signal?.reason ?? new Error(`No answer to "${name}".`));
      };
      const answer = (/** @type {any} */ content, /** @type {DataView[]} */ buffers) => {
        if (content?.id !== id) return;
        finish();
        resolve([content.response, buffers]);
      };
      const limit = setTimeout(fail, INVOKE_LIMIT);
      if (options.signal) whenAborted(options.signal, fail);
      model.on("msg:custom", answer);
      model.send({ id, kind: "anywidget-command", name, msg }, null, options.buffers);
    });
}

/** @param {string} source @returns {Promise<any>} */
async function importModule(source) {
  if (!isAddress(source)) {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    return import(address).finally(() => URL.revokeObjectURL(address));
  }
  // A module that failed once stays failed under its address, and a weak line fails easily.
  for (let attempt = 1; ; attempt++) {
    try {
      return await import(attempt === 1 ? source : `${source}?${attempt}`);
    } catch (error) {
      if (attempt === LOADING_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** attempt));
    }
  }
}

/** @param {string} source an address or the style's text @returns {Promise<unknown>} */
function applyStyle(source) {
  // An unstyled widget is better than none: a style that does not load holds nothing up.
  if (!isAddress(source)) {
    // The page's policy allows no style elements; a sheet that a script makes is another matter.
    try {
      const sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      return sheet.replace(source);
    } catch {
      return Promise.resolve(); // an older browser
    }
  }
  const link = document.head.appendChild(document.createElement("link"));
  link.rel = "stylesheet";
  link.href = source;
  return new Promise((resolve) => (link.onload = link.onerror = resolve));
}

/** @param {string} source */
function isAddress(source) {
  return /^(https?:\/)?\/\S+$/.test(source);
}

/** @param {AbortSignal} signal @param {() => void} act */
export function whenAborted(signal, act) {
  if (signal.aborted) act();
  else signal.addEventListener("abort", act, { once: true });
}
