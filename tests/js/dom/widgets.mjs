// Widgets on the page: what the core ones show, where modules and styles come from, and what goes with a view.

import { KEEPS } from "/js/page/entries.js";
import { Model } from "/js/page/kernel/model.js";
import { ModuleHost } from "/js/page/kernel/modules.js";
import { capture } from "/js/page/kernel/outputs.js";
import { Views } from "/js/page/kernel/widgets.js";
import { clock, equal, instead, ok, place, settled, texts, until, walk } from "./harness.mjs";

const TEXTS = { cannot_show: "It can't be shown.", open_full: "Open it there", part_failed: "This part failed." };

/** A kernel with models of these states, and what goes to it. */
function page(states, { named = {}, full = null } = {}) {
  const out = [];
  const waiting = {};
  const kernel = {
    observers: new Set(),
    connection: {},
    push: (model, state) => out.push([model.model_id, state]),
    message: (model, content, buffers) => out.push([model.model_id, content, ...(buffers ?? [])]),
    get_model: (id) => (models[id] ? Promise.resolve(models[id]) : new Promise((resolve) => (waiting[id] = resolve))),
  };
  const models = Object.fromEntries(Object.entries(states).map(([id, state]) => [id, new Model(kernel, id, state)]));
  const host = new ModuleHost(named, kernel.get_model);
  const views = new Views(kernel, host, { texts: TEXTS, full });
  const life = new AbortController();
  const root = place();
  const show = async (id) => {
    const { el, ready } = views.show(id, life.signal);
    root.append(el);
    await ready;
    await settled();
    return el;
  };
  const observe = (msg_type, content, msg_id = "m1") => kernel.observers.forEach((hear) => hear({ header: { msg_type }, parent_header: { msg_id }, content }));
  return { kernel, models, host, views, life, root, show, waiting, observe, out: () => out.splice(0) };
}

const core = (name, state = {}) => ({ _model_name: `${name}Model`, ...state });
const followed = (model) => model.listeners.map(({ name }) => name).filter((name) => name !== "destroy");
/** A module of the newer form, which says in `window.told` what it is asked. */
const module = (body) => `export default { ${body} };`;
const calls = () => (window.told ?? []).splice(0);
/** An error that the page is told of and does not throw. */
const complaints = () => {
  const said = [];
  instead(console, { error: (error) => said.push(String(error)) });
  return said;
};

export const tests = {
  async "core widgets show what their models say, and follow them"() {
    const { models, life, root, show, out } = page({
      all: core("VBox", { children: ["row", "plain", "html"], layout: "l" }),
      row: core("HBox", { children: ["label", "button"] }),
      plain: core("Box", { children: [] }),
      html: core("HTML", { description: "About", value: "<b>bold</b><table><tr><td>1</td></tr></table>" }),
      label: core("Label", { value: "<b>not bold</b>" }),
      button: core("Button", { description: "Press", tooltip: null, disabled: false, button_style: "" }),
      math: core("HTMLMath", { value: "<i>x</i>" }),
      l: core("Layout", { display: null, visibility: null }),
    });
    await show("all");
    const step = walk("page/widgets", root);
    step("opened");
    root.querySelector("button").click();
    equal(out(), [["button", { event: "click" }]]);
    models.button.apply({ description: "Pressed", tooltip: "Once is enough", disabled: true, button_style: "primary" });
    models.html.apply({ description: "", value: "<i>slanted</i>" });
    models.label.apply({ value: "other" });
    models.l.apply({ display: "none", visibility: "hidden" });
    models.row.apply({ children: ["button", "math"] });
    await settled();
    step("all of it has changed");
    equal(root.firstElementChild.style.visibility, "hidden");
    models.l.apply({ display: "", visibility: null });
    equal([root.firstElementChild.hidden, root.firstElementChild.style.visibility], [false, ""]);
    equal(followed(models.label), [], "what is shown no more is not followed");
    models.button.trigger("destroy", models.button);
    step("a widget is no more");
    life.abort();
    models.row.apply({ children: [] });
    models.html.apply({ value: "late" });
    step("nothing is followed when the page goes");
    equal(Object.values(models).flatMap(followed), []);
  },
  async "what the page does not know is excused, and what fails too"() {
    const said = complaints();
    const unknown = page({ a: core("Slider"), b: { _esm: "export default { render() { throw new Error('at once') } }" } }, { full: "/full" });
    await unknown.show("a");
    await unknown.show("b");
    walk("page/excuses", unknown.root)("with the full page");
    equal([said, unknown.root.querySelectorAll("a").length], [["Error: at once"], 2]);
    const alone = page({ a: core("Slider") });
    await alone.show("a");
    equal([alone.root.textContent, alone.root.querySelectorAll("a").length], [TEXTS.cannot_show, 0]);
  },
  async "a widget that comes late is shown then, unless its place has gone"() {
    const { views, waiting, life, kernel } = page({});
    const { el } = views.show("late", life.signal);
    const gone = new AbortController();
    const other = views.show("other", gone.signal);
    gone.abort();
    for (const id of ["late", "other"]) waiting[id](new Model(kernel, id, core("Label", { value: id })));
    await settled();
    equal([el.textContent, other.el.childElementCount], ["late", 0]);
  },
  async "outputs are shown in the richest form that the page knows"() {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
    const outputs = [
      { output_type: "stream", name: "stdout", text: ["one\n", "two"] },
      { output_type: "stream", name: "stderr", text: "for nobody" },
      { output_type: "error", ename: "ValueError" },
      { output_type: "display_data", data: { "text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1" } },
      { output_type: "display_data", data: { "image/svg+xml": [svg] } },
      { output_type: "display_data", data: { "image/png": "iVBORw0KGgo=", "text/plain": ["A ", "figure"] } },
      { output_type: "display_data", data: { "image/jpeg": "/9j/" } },
      { output_type: "display_data", data: { "image/webp": "UklG" } },
      { output_type: "execute_result", data: { "text/plain": "'plain'" } },
      { output_type: "execute_result" },
      { output_type: "display_data", data: { "application/vnd.jupyter.widget-view+json": { model_id: "label" }, "text/plain": "Label()" } },
    ];
    const { models, root, show, life } = page({ out: core("Output", { outputs, msg_id: "" }), label: core("Label", { value: "inside" }) });
    await show("out");
    const step = walk("page/outputs", root);
    step("opened");
    models.out.apply({ outputs: outputs.slice(0, 1) });
    step("less is said");
    equal(followed(models.label), []);
    models.out.apply({ outputs: outputs.slice(-1) });
    await settled();
    life.abort();
    models.label.apply({ value: "later" });
    models.out.apply({ outputs: [] });
    equal(texts(root, "span:not([hidden])"), ["inside"]);
  },
  "what the kernel prints goes into the widget that captures it"() {
    const { kernel, models, observe, out } = page({ out: core("Output", { outputs: [], msg_id: "" }) });
    const { out: model } = models;
    const print = (text, name = "stdout", msg_id = "m1") => observe("stream", { name, text }, msg_id);
    capture(kernel, model);
    print("lost");
    observe("stream", { name: "stdout", text: "lost" }, "");
    equal([model.get("outputs"), out()], [[], []], "it captures nothing");
    model.apply({ msg_id: "m1" });
    print("for another", "stdout", "m2");
    print("a");
    print(["b", "c"]);
    print("!", "stderr");
    observe("display_data", { data: {} });
    print("d");
    observe("status", {});
    equal(model.get("outputs"), [
      { output_type: "stream", name: "stdout", text: "abc" },
      { output_type: "stream", name: "stderr", text: "!" },
      { output_type: "display_data", data: {} },
      { output_type: "stream", name: "stdout", text: "d" },
    ]);
    equal(out().at(-1), ["out", { outputs: model.get("outputs") }]);
    observe("clear_output", { wait: true });
    equal(model.get("outputs").length, 4);
    observe("error", { ename: "ValueError" });
    equal(model.get("outputs"), [{ output_type: "error", ename: "ValueError" }]);
    observe("execute_result", { data: {} });
    equal(model.get("outputs").length, 2, "it is cleared once");
    observe("clear_output", { wait: false });
    equal(model.get("outputs"), []);
    print("e");
    print("f");
    equal(model.get("outputs").length, 1);
    model.trigger("destroy", model);
    equal(kernel.observers.size, 0);
  },
  async "a module's text is loaded once, begins once with each model, and ends with it"() {
    window.told = [];
    const esm = module(`
      initialize({ model, signal, experimental }) {
        told.push("begin " + model.get("n"));
        model.on("change:n", () => told.push("n " + model.get("n")));
        signal.addEventListener("abort", () => told.push("signal"));
        return () => told.push("end");
      },
      render({ model, el, signal, host, experimental }) {
        el.textContent = "n is " + model.get("n");
        model.on("change:n", () => (el.textContent = "n is " + model.get("n")));
        signal.addEventListener("abort", () => told.push("view signal"));
        return () => told.push("view ends");
      }`);
    const { models, life, root, show, host, kernel } = page({ a: { _esm: esm, n: 1 }, b: { _esm: esm, n: 2 } });
    await show("a");
    await show("a");
    await show("b");
    equal([calls(), texts(root, ".widget")], [["begin 1", "begin 2"], ["n is 1", "n is 1", "n is 2"]]);
    equal([host.modules.size, root.querySelectorAll(`[${KEEPS}]`).length], [1, 0]);
    models.a.apply({ n: 3 });
    equal([calls(), texts(root, ".widget")], [["n 3"], ["n is 3", "n is 3", "n is 2"]]);
    models.b.trigger("destroy", models.b);
    equal([calls().sort(), models.b.listeners.length, root.childElementCount], [["end", "signal", "view ends", "view signal"], 0, 2]);
    life.abort();
    equal(calls(), ["view signal", "view ends", "view signal", "view ends"]);
    models.a.apply({ n: 4 });
    equal([calls(), texts(root, ".widget")], [["n 4"], ["n is 3", "n is 3"]]);
    kernel.get_model("a").then((model) => model.trigger("destroy", model));
    await settled();
    equal(calls(), ["signal", "end"]);
  },
  async "modules of all forms are taken, and some show nothing"() {
    window.told = [];
    const forms = {
      named: "export function render({ el }) { el.textContent = 'named'; }",
      made: "export default async () => ({ render: ({ el }) => { el.textContent = 'made'; } })",
      silent: module("initialize() { told.push('silent'); }"),
      nothing: module("initialize() { return { answer: 42 }; }, render() {}"),
    };
    const { root, show } = page(Object.fromEntries(Object.entries(forms).map(([id, esm]) => [id, { _esm: esm }])));
    for (const id of Object.keys(forms)) await show(id);
    equal([texts(root, ".widget"), calls()], [["named", "made", "", ""], ["silent"]]);
  },
  async "a view whose place goes while its module loads is not drawn"() {
    const { models, host, life } = page({ a: { _esm: module("render({ el }) { el.textContent = 'drawn'; }") } });
    const el = document.createElement("div");
    const drawn = host.render(models.a, el, life.signal);
    life.abort();
    await drawn;
    equal(el.textContent, "");
    const late = document.createElement("div");
    window.told = [];
    const slow = page({ a: { _esm: module("async render({ model }) { model.on('change:x', () => {}); await new Promise((resolve) => (window.go = resolve)); return () => told.push('ends'); }") } });
    const drawing = slow.host.render(slow.models.a, late, slow.life.signal);
    await until(() => window.go);
    slow.life.abort();
    window.go();
    await drawing;
    equal([calls(), followed(slow.models.a)], [["ends"], []]);
  },
  async "modules that the page knows by name keep what is typed, and have a style of their own"() {
    const before = document.head.childElementCount;
    const named = { "@academy/one": { js: "/js/page/quote.js", css: "/frame.html" } };
    const { host, models, life } = page({ a: { _esm: "@academy/one", _css: "b { color: red }" }, b: { _esm: "@academy/one" } }, { named });
    host.modules.set("@academy/one", Promise.resolve({ render: ({ el }) => (el.textContent = "one") }));
    const [el, other] = [document.createElement("div"), document.createElement("div")];
    const drawn = host.render(models.a, el, life.signal);
    const [link] = document.head.querySelectorAll("link[rel=stylesheet]");
    equal([link.getAttribute("href"), el.textContent], ["/frame.html", ""]);
    await drawn;
    await host.render(models.b, other, life.signal);
    equal([el.textContent, el.hasAttribute(KEEPS), document.head.childElementCount - before], ["one", true, 1]);
    link.remove();
  },
  async "a style that comes as text is applied once, where the browser can"() {
    const { host, models, root } = page({ a: { _esm: "x", _css: ".red { color: rgb(255, 0, 0) }" }, b: { _esm: "x" } });
    root.className = "red";
    equal([host.style(models.b), host.styles.size], [undefined, 0]);
    await Promise.all([host.style(models.a), host.style(models.a)]);
    equal([document.adoptedStyleSheets.length, getComputedStyle(root).color], [1, "rgb(255, 0, 0)"]);
    document.adoptedStyleSheets = [];
    instead(globalThis, { CSSStyleSheet: undefined });
    equal(await page({ a: { _css: "b {}" } }).host.style(models.a), undefined);
  },
  async "a module of a name is loaded from its address, and tried again when the line was weak"() {
    const time = clock();
    const { host } = page({}, { named: { "@academy/quote": { js: "/js/page/quote.js?once" }, "@academy/away": { js: "http://127.0.0.1:1/away.js" } } });
    const found = host.load("@academy/quote");
    equal(await found, undefined, "this one is no widget");
    equal(host.load("@academy/quote") === found, true);
    let failed;
    host.load("@academy/away").catch((error) => (failed = String(error)));
    const waits = [];
    for (const wait of [2000, 4000, 8000]) {
      await until(() => time.jobs.size);
      waits.push([...time.jobs.values()].map((job) => job.wait));
      await time.pass(wait);
    }
    await until(() => failed);
    equal(waits, [[2000], [4000], [8000]]);
    ok(failed.startsWith("TypeError") && failed.endsWith("away.js?4"), failed);
  },
  async "the Python side is asked by name, and its answer comes with its bytes"() {
    const time = clock();
    window.told = [];
    const esm = module("initialize({ experimental }) { window.invoke = experimental.invoke; }, render({ experimental }) { window.invokeToo = experimental.invoke; }");
    const { models, show, out } = page({ a: { _esm: esm } });
    await show("a");
    const buffer = new Uint8Array([1]);
    const answer = window.invoke("sum", { of: [1, 2] }, { buffers: [buffer] });
    const [[, sent, bytes]] = out();
    equal([sent.kind, sent.name, sent.msg, sent.id.length, bytes === buffer], ["anywidget-command", "sum", { of: [1, 2] }, 32, true]);
    models.a.trigger("msg:custom", null, []);
    models.a.trigger("msg:custom", { id: "other", response: 4 }, []);
    models.a.trigger("msg:custom", { id: sent.id, response: 3 }, [buffer]);
    models.a.trigger("msg:custom", { id: sent.id, response: 5 }, []);
    const [response, buffers] = await answer;
    equal([response, buffers[0] === buffer, time.jobs.size, followed(models.a)], [3, true, 0, []]);
    let why;
    window.invokeToo("late").catch((error) => (why = error.message));
    await time.pass(14_999);
    equal(why, undefined);
    await time.pass(1);
    equal([why, followed(models.a)], ['No answer to "late".', []]);
    const control = new AbortController();
    window.invoke("given up", null, { signal: control.signal }).catch((error) => (why = error));
    control.abort("no need");
    await settled();
    equal([why, time.jobs.size], ["no need", 0]);
    window.invoke("too late", null, { signal: control.signal }).catch((error) => (why = [error]));
    await settled();
    equal(why, ["no need"]);
  },
  async "a module gets other widgets, and what it listens to goes with its view"() {
    const esm = module(`
      async render({ model, el, host }) {
        const child = await host.getModel(model.get("child"));
        el.append(child.get("text"), " ");
        child.on("change:text", () => el.append(child.get("text"), " "));
        window.child = child;
        const { exports, render } = await host.getWidget("widget");
        const inside = el.appendChild(document.createElement("p"));
        await render({ el: inside });
        const control = new AbortController();
        window.stop = () => control.abort();
        const other = el.appendChild(document.createElement("p"));
        await render({ el: other, signal: control.signal });
        el.append(String(exports.answer));
      }`);
    const child = module("initialize: () => ({ answer: 42 }), render({ el, model }) { const show = () => (el.textContent = model.get('n')); model.on('change:n', show); show(); }");
    const { models, life, root, show, out, kernel } = page({ a: { _esm: esm, child: "c" }, c: { text: "one" }, widget: { _esm: child, n: 1 } });
    await show("a");
    await until(() => root.textContent.includes("42"));
    equal(root.textContent, "one 1142");
    const deaf = () => root.append("deaf");
    window.child.on("change:text", deaf);
    window.child.off("change:text", deaf);
    window.child.set("text", "two");
    window.child.save_changes();
    window.child.send({ hello: 1 });
    equal([out(), root.textContent, window.child.widget_manager === kernel, window.child.connection === kernel.connection], [[["c", { text: "two" }], ["c", { hello: 1 }]], "one 1142two ", true, true]);
    window.stop();
    models.widget.apply({ n: 2 });
    equal(texts(root, "p"), ["2", "1"]);
    life.abort();
    models.widget.apply({ n: 3 });
    models.c.apply({ text: "three" });
    equal([texts(root, "p"), followed(models.c)], [["2", "1"], []]);
  },
};
