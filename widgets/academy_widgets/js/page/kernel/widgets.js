// The core widgets of ipywidgets in native HTML, and one way to show any model.

import { element } from "../dom.js";
import { whenAborted } from "./modules.js";
import { outputElement } from "./outputs.js";
import { frameTables } from "../tables.js";

/** @typedef {import("./kernel.js").Kernel} Kernel */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./modules.js").ModuleHost} ModuleHost */
/** @typedef {(model: Model, signal: AbortSignal, views: Views) => HTMLElement} View */

/** @type {Record<string, View>} by the model's name */
const CORE = {
  VBoxModel: box("column"),
  HBoxModel: box("row"),
  BoxModel: box("row"),
  HTMLModel: text("div", true),
  HTMLMathModel: text("div", true),
  LabelModel: text("span", false),
  ButtonModel: button,
  OutputModel: output,
};

export class Views {
  /**
   * @param {Kernel} kernel
   * @param {ModuleHost} host
   * @param {import("../types.js").Config} config
   */
  constructor(kernel, host, { texts, full }) {
    this.kernel = kernel;
    this.host = host;
    this.texts = texts;
    this.full = full;
  }

  /**
   * An element that shows a model as soon as there is one.
   * @param {string} reference
   * @param {AbortSignal} signal
   * @returns {{el: HTMLElement, ready: Promise<void>}}
   */
  show(reference, signal) {
    const el = element("div", { className: "widget" });
    const ready = this.kernel
      .get_model(reference)
      .then((model) => this.fill(el, model, signal))
      .catch((error) => {
        console.error(error);
        el.replaceChildren(this.excuse());
      });
    return { el, ready };
  }

  /** @param {HTMLElement} el @param {Model} model @param {AbortSignal} signal */
  async fill(el, model, signal) {
    if (signal.aborted) return;
    const life = new AbortController();
    whenAborted(signal, () => life.abort());
    model.once("destroy", () => {
      life.abort();
      el.remove();
    });
    void this.layOut(el, model, life.signal);
    if (typeof model.get("_esm") === "string") return this.host.render(model, el, life.signal);
    const view = CORE[model.get("_model_name")];
    el.append(view ? view(model, life.signal, this) : this.excuse());
  }

  /** In the place of what cannot be shown. */
  excuse() {
    const { cannot_show, open_full } = this.texts;
    const link = this.full ? [element("a", { href: this.full, textContent: open_full })] : [];
    return element("p", { className: "notice" }, element("span", { textContent: cannot_show }), ...link);
  }

  /**
   * Of a widget's layout, only whether it is to be seen.
   * @param {HTMLElement} el
   * @param {Model} model
   * @param {AbortSignal} signal
   */
  async layOut(el, model, signal) {
    if (!model.get("layout")) return;
    const layout = await this.kernel.get_model(model.get("layout"));
    follow(layout, ["display", "visibility"], signal, () => {
      el.hidden = layout.get("display") === "none";
      el.style.visibility = layout.get("visibility") ?? "";
    });
  }
}

/**
 * Do something now and after each change, until the signal.
 * @param {Model} model
 * @param {string[]} names
 * @param {AbortSignal} signal
 * @param {() => void} act
 */
function follow(model, names, signal, act) {
  model.on(names.map((name) => `change:${name}`).join(" "), act, signal);
  whenAborted(signal, () => model.off(null, null, signal));
  act();
}

/** @param {string} direction @returns {View} */
function box(direction) {
  return (model, signal, views) => {
    const el = element("div", { className: `box ${direction}` });
    let life = new AbortController();
    whenAborted(signal, () => life.abort());
    follow(model, ["children"], signal, () => {
      life.abort();
      life = new AbortController();
      el.replaceChildren(
        ...model.get("children").map((/** @type {string} */ child) => views.show(child, life.signal).el),
      );
    });
    return el;
  };
}

/** @param {"div" | "span"} tag @param {boolean} markup the value is HTML from our own kernel @returns {View} */
function text(tag, markup) {
  return (model, signal) => {
    const description = element("span", { className: "description" });
    const value = element(tag);
    follow(model, ["description", "value"], signal, () => {
      description.textContent = model.get("description") ?? "";
      description.hidden = !description.textContent;
      value[markup ? "innerHTML" : "textContent"] = model.get("value");
      frameTables(value);
    });
    return element("div", {}, description, value);
  };
}

/** @type {View} */
function button(model, signal) {
  const el = element("button", { type: "button" });
  follow(model, ["description", "tooltip", "disabled", "button_style"], signal, () => {
    el.textContent = model.get("description");
    el.title = model.get("tooltip") ?? "";
    el.disabled = model.get("disabled");
    el.className = `button ${model.get("button_style") || "plain"}`;
  });
  el.addEventListener("click", () => model.send({ event: "click" }));
  return el;
}

/** @type {View} */
function output(model, signal, views) {
  const el = element("div", { className: "output" });
  el.setAttribute("aria-live", "polite");
  let life = new AbortController();
  whenAborted(signal, () => life.abort());
  follow(model, ["outputs"], signal, () => {
    life.abort();
    life = new AbortController();
    const page = {
      failed: views.texts.part_failed,
      show: (/** @type {string} */ id) => views.show(id, life.signal).el,
    };
    const elements = model.get("outputs").map((/** @type {any} */ item) => outputElement(item, page));
    el.replaceChildren(...elements.filter(Boolean));
    frameTables(el);
  });
  return el;
}
