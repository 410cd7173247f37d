// The page's own script in a frame: how it starts, what it says about the line, and how it comes back under somebody's hands.

import { decode, encode } from "/js/page/kernel/framing.js";
import { clock, equal, instead, look, ok, place, settled, texts, until, walk } from "./harness.mjs";

const KEYS = ["slow_start", "failed_start", "reopen", "ended", "ended_ask", "asleep", "waking", "signed_out", "sign_in", "offline", "back", "misled", "cannot_show", "open_full", "part_failed"];
const CONFIG = { base: "/", kernel: "k1", xsrf: "x", host: null, full: null, floor: null, modules: {}, texts: Object.fromEntries(KEYS.map((key) => [key, key])) };
const LABEL = { w: { _model_name: "LabelModel", value: "shown" } };
const PART = '<div data-model="w"></div>';
const json = (id, value) => (value === undefined ? "" : `<script type="application/json" id="${id}">${JSON.stringify(value)}</script>`);
const reply = async (status, text = "") => new Response(text, { status });
const never = () => new Promise(() => {});

/** A page as the server makes it. */
const html = ({ main = PART, config = {}, kernel = "k1", state = LABEL, buffers } = {}) =>
  `<main id="main"><p id="academy-starting">Starting</p><p id="academy-status" role="status"></p>${main}</main>` +
  json("academy-config", { ...CONFIG, ...config }) + json("academy-kernel", kernel) + json("academy-state", state) + json("academy-buffers", buffers);

const made = new Map();
/** A script with what it imports, fetched once for all frames. */
function fetched(path) {
  const make = async () => {
    let text = await (await fetch(path)).text();
    for (const [whole, before, from] of text.matchAll(/^(import .* from )"(\..+)";$/gm)) {
      text = text.replace(whole, `${before}"${await fetched(new URL(from, new URL(path, location.href)).pathname)}";`);
    }
    return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  };
  if (!made.has(path)) made.set(path, make());
  return made.get(path);
}

/** Run a script in a frame with a server and a clock that are the test's. */
async function framed(script, inside, served, before = () => {}) {
  const frame = place().appendChild(document.createElement("iframe"));
  frame.style.cssText = "width: 600px; height: 300px";
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  frame.src = "/frame.html";
  await loaded;
  let reloads = 0;
  frame.onload = () => (reloads += 1);
  const { contentWindow: window, contentDocument: page } = frame;
  const asked = [];
  const time = clock(window);
  window.fetch = (address, options) => (asked.push(address), served(address, options));
  window.Math.random = () => 0.5;
  page.body.innerHTML = inside;
  before(window);
  const run = page.createElement("script");
  run.type = "module";
  run.src = await fetched(script);
  const ran = new Promise((resolve) => (run.onload = resolve));
  page.body.append(run);
  await ran;
  await settled();
  return { window, page, time, asked, $: (selector) => page.querySelector(selector), reloads: () => reloads };
}

/** Open a page with a line that is the test's too. */
async function open(given = {}, { served = () => reply(200), ready = "complete", kept = {}, before = () => {} } = {}) {
  sessionStorage.clear();
  localStorage.clear();
  for (const [name, value] of Object.entries(kept)) sessionStorage.setItem(name, JSON.stringify(value));
  const [sockets, beacons, marks] = [[], [], []];
  class Socket {
    static OPEN = 1;
    constructor(address) {
      Object.assign(this, { address: String(address), readyState: 0, sent: [] });
      sockets.push(this);
    }
    send(frame_) {
      this.sent.push(decode(frame_));
    }
    close() {
      this.readyState = 3;
    }
  }
  class Sight {
    constructor(seen) {
      marks.push({ seen, watched: (this.watched = new Set()) });
    }
    observe(mark) {
      this.watched.add(mark);
    }
    unobserve(mark) {
      this.watched.delete(mark);
    }
  }
  const opened = await framed("/js/page/main.js", html(given), served, (window) => {
    Object.assign(window, { WebSocket: Socket, IntersectionObserver: Sight });
    window.navigator.sendBeacon = (address, body) => beacons.push([address, body]);
    instead(window.document, { readyState: ready });
    before(window);
  });
  const { window, $ } = opened;
  const up = async () => {
    sockets.at(-1).readyState = 1;
    sockets.at(-1).onopen();
    await settled();
  };
  const down = async (code = 1006) => {
    sockets.at(-1).readyState = 3;
    sockets.at(-1).onclose({ code });
    await settled();
  };
  const said = () => [$("#academy-status").dataset.state ?? "", ...texts($("#academy-status"), "a, button")].join(" ");
  const told = () => sockets.flatMap(({ sent }) => sent.splice(0)).filter(({ channel }) => channel === "page").map(({ content }) => content);
  const hear = (message) => sockets.at(-1).onmessage({ data: encode({ channel: "iopub", parent_header: {}, metadata: {}, buffers: [], ...message }) });
  const tell = (name, more = {}) => window.dispatchEvent(Object.assign(new Event(name), more));
  return { ...opened, sockets, beacons, marks, up, down, said, told, hear, tell };
}

const type = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
const WRITES = `<div data-keeps><label>Story <textarea id="story"></textarea></label></div>${PART}`;
/** A widget that tells when its view goes. */
const ENDS = "export default { render: () => (window.begun = true, () => (window.ended = true)) }";
const ANEW = { modules: { "@academy/anew": { js: await fetched("/js/page/anew.js") } } };
/** Somebody's kernel has ended while they type. */
async function typing(more = {}, given = {}) {
  const opened = await open({ main: WRITES, config: ANEW, ...given }, { served: () => reply(404), ...more });
  await opened.up();
  opened.$("#story").focus();
  type(opened.$("#story"), "Heat");
  return opened;
}

/** Whether the page has set about opening itself again. */
const goes = () => sessionStorage.getItem("academy.place") !== null;

export const tests = {
  async "the page shows its widgets, connects, and says that somebody is there"() {
    const table = "<table><caption>Drivers</caption></table>";
    const form = '<form data-academy-form="part"><input type="hidden" name="_xsrf"><input type="hidden" name="next"><input type="hidden" name="id" value="7"></form>';
    const opened = await open({ main: `<h1>Power</h1>${table}${form}${PART}` });
    const step = walk("page/opened", opened.$("#main"));
    step("opened");
    equal(opened.sockets.map(({ address }) => address.replace(/=.*/, "")), [`ws://${location.host}/api/kernels/k1/channels?session_id`]);
    equal(opened.told(), []);
    await opened.up();
    equal(opened.told(), [{ hidden: false, unsaved: false, read: [] }]);
    equal([opened.said(), opened.asked, opened.beacons], ["", [], []]);
    opened.window.voila_heartbeat();
    await opened.down();
    await opened.time.pass(1999);
    equal(opened.said(), "");
    await opened.time.pass(1);
    step("the line has been away for a while");
    await opened.up();
    opened.hear({ header: { msg_type: "comm_msg" }, content: {} });
    step("there is a line");
  },
  async "short losses are not told, a line that is back is, and widgets that say it themselves are left to it"() {
    const control = (opened) => opened.sockets.flatMap(({ sent }) => sent).find(({ header }) => header.msg_type === "comm_open").content.comm_id;
    const opened = await open();
    const states = async () => {
      await opened.up();
      comm_id ??= control(opened);
      opened.hear({ header: { msg_type: "comm_msg" }, content: { comm_id, data: { method: "update_states", states: { w: { state: LABEL.w } } } } });
    };
    let comm_id;
    await opened.up();
    await opened.down();
    await opened.time.pass(1500);
    await states();
    await opened.time.pass(10_000);
    equal(opened.said(), "");
    await opened.down();
    await opened.time.pass(2000);
    equal(opened.said(), "offline");
    await states();
    equal(opened.said(), "back");
    await opened.time.pass(3999);
    equal(opened.said(), "back");
    await opened.time.pass(1);
    equal(opened.said(), "");
    await opened.down();
    await opened.time.pass(2000);
    await states();
    await opened.down();
    await opened.time.pass(4000);
    equal(opened.said(), "offline", "what was to be said before is not");
    const esm = "export default { render({ model }) { window.hears = model.connection.on(() => {}); } }";
    const self = await open({ state: { w: { _esm: esm } } });
    await self.up();
    await until(() => self.window.hears);
    await self.down();
    await self.time.pass(2000);
    equal(self.said(), "");
  },
  async "a server that believes to have another name is told of, and so are old browsers"() {
    const opened = await open({ config: { host: "other.example", floor: "/frame.html" } }, { before: (window) => instead(window.CSS, { supports: () => false }) });
    await opened.up();
    equal([opened.said(), opened.page.head.querySelector("link[rel=stylesheet]").getAttribute("href")], ["", "/frame.html"]);
    await opened.down();
    equal(opened.said(), "misled");
    const same = await open({ config: { host: location.host, floor: "/frame.html" } });
    equal(same.page.head.querySelectorAll("link[rel=stylesheet]").length, 0);
    await same.down();
    equal(same.said(), "");
  },
  async "a page that starts slowly says so, and one that has failed says that"() {
    let status = 200;
    const opened = await open({}, { ready: "loading", served: () => reply(status) });
    ok(opened.$("#academy-starting"));
    equal([opened.said(), opened.sockets.length], ["", 0]);
    await opened.time.pass(9999);
    equal(opened.said(), "");
    await opened.time.pass(1);
    equal([opened.said(), opened.asked], ["slow_start", ["/api/kernels/k1"]]);
    status = 404;
    await opened.time.pass(10_000);
    equal([opened.said(), opened.$("#academy-starting")], ["failed_start reopen", null]);
    await opened.time.pass(60_000);
    equal(opened.asked.length, 2);
    const late = await open({}, { ready: "loading", served: () => reply(502) });
    await late.time.pass(180_000);
    equal(late.said(), "slow_start");
    await late.time.pass(10_000);
    equal(late.said(), "failed_start reopen");
    const done = await open({ config: { kernel: null } }, { ready: "loading" });
    await done.time.pass(10_000);
    equal([done.said(), done.asked], ["slow_start", []]);
    instead(done.page, { readyState: "interactive" });
    done.page.dispatchEvent(new Event("DOMContentLoaded"));
    await settled();
    await done.time.pass(10_000);
    equal([done.said(), done.$("#academy-starting"), done.sockets.length, texts(done.page, "[data-model] span:not([hidden])")], ["", null, 1, ["shown"]]);
  },
  async "who asks while the page is whole says nothing of it"() {
    let tell;
    const opened = await open({}, { ready: "loading", served: () => new Promise((resolve) => (tell = resolve)) });
    await opened.time.pass(10_000);
    instead(opened.page, { readyState: "complete" });
    opened.page.dispatchEvent(new Event("DOMContentLoaded"));
    tell(new Response("", { status: 404 }));
    await settled();
    equal(opened.said(), "");
  },
  async "a page without a kernel has failed, unless the server says so itself"() {
    equal((await open({ kernel: null })).said(), "failed_start reopen");
    equal((await open({ kernel: null, main: '<p class="academy-failed">It failed.</p>' })).said(), "");
  },
  async "a page without widgets ends its kernel and is done"() {
    const { beacons, sockets, page } = await open({ main: '<input id="name">' }, { kept: { "academy.place": { path: "/frame.html", scroll: 0, id: "name", start: 0 } } });
    const [[address, body]] = beacons;
    equal([address, body.type, await body.text(), sockets.length, page.activeElement.id], ["/voila/api/shutdown/k1", "application/x-www-form-urlencoded;charset=utf-8", "_xsrf=x", 0, "name"]);
  },
  async "the kernel ends with the page, unless the page may come back or something is owed"() {
    const opened = await open();
    opened.tell("pagehide");
    equal(opened.beacons, [], "it was never there");
    await opened.up();
    opened.tell("pagehide", { persisted: true });
    equal([opened.beacons, opened.sockets[0].readyState], [[], 3]);
    opened.tell("pagehide");
    equal(opened.beacons, [], "there is no line");
    const other = await open();
    await other.up();
    other.tell("pagehide");
    equal(other.beacons.length, 1);
    const slow = await open({ state: { w: { _esm: "await new Promise(() => {})" } } });
    await slow.up();
    slow.tell("pagehide");
    equal(slow.beacons.length, 1, "a widget that does not come keeps none");
    const esm = "export default { render({ model }) { window.listens = true; addEventListener('pagehide', () => model.send({ last: 'words' })); } }";
    const owes = await open({ state: { w: { _esm: esm } } });
    await owes.up();
    await until(() => owes.window.listens);
    await settled();
    owes.tell("pagehide");
    equal(owes.beacons, [], "last words come before it");
  },
  async "the line is tried when the network, the page or the phone is back"() {
    const opened = await open({ main: `<p data-read="r"></p>${PART}` });
    await opened.up();
    const probes = () => opened.sockets.at(-1).sent.splice(0).filter(({ channel }) => channel === "control").length;
    const answer = () => opened.hear({ header: { msg_type: "status" }, content: {} });
    for (const back of [() => opened.tell("online"), () => look(opened.page, true), () => opened.tell("pageshow", { persisted: true })]) {
      back();
      equal(probes(), 1);
      answer();
    }
    opened.tell("pageshow");
    equal(probes(), 0);
  },
  async "the server is told once a minute that somebody is there, and what has come to be read"() {
    const opened = await open({ main: `<p data-read="r-1"></p><p data-read="r-2"></p><textarea></textarea>${PART}` });
    await opened.up();
    opened.told();
    const [{ seen, watched }] = opened.marks;
    const [first, second] = watched;
    seen([{ isIntersecting: false, target: first }]);
    equal([opened.told(), watched.size], [[], 2]);
    seen([{ isIntersecting: true, target: first }, { isIntersecting: false, target: second }]);
    equal([opened.told(), [...watched].map(({ dataset }) => dataset.read)], [[{ hidden: false, unsaved: false, read: ["r-1"] }], ["r-2"]]);
    await opened.time.pass(60_000 - 31_000);
    opened.hear({ header: { msg_type: "status" }, content: {} });
    await opened.time.pass(29_000);
    opened.tell("scroll");
    await opened.time.pass(2000);
    opened.tell("scroll");
    equal(opened.told(), []);
    await opened.time.pass(1);
    opened.$("textarea").addEventListener("keydown", (event) => event.stopPropagation());
    opened.$("textarea").dispatchEvent(new Event("keydown", { bubbles: true }));
    opened.tell("scroll");
    equal(opened.told(), [{ hidden: false, unsaved: false, read: [] }], "once, also where a widget keeps its keys for itself");
    type(opened.$("textarea"), "nowhere kept");
    look(opened.page, false);
    equal(opened.told(), [{ hidden: true, unsaved: true, read: [] }]);
    look(opened.page, true);
    opened.told();
    await opened.down();
    seen([{ isIntersecting: true, target: second }]);
    equal(opened.told(), []);
    await opened.time.pass(500);
    await opened.up();
    opened.tell("pageshow");
    look(opened.page, true);
    equal(opened.told(), [{ hidden: false, unsaved: true, read: ["r-2"] }], "what could not be told is told later");
  },
  async "what is not sent yet is told to be unsaved"() {
    const esm = "export default { render({ model, el }) { window.model = model; } }";
    const opened = await open({ state: { w: { _esm: esm } } });
    await opened.up();
    await until(() => opened.window.model);
    opened.told();
    opened.window.model.send({ n: 1 });
    look(opened.page, true);
    equal(opened.told(), [{ hidden: false, unsaved: true, read: [] }]);
  },
  async "widgets come with their bytes, and are asked for where a part of them is missing"() {
    const state = { w: { _model_name: "LabelModel", value: "shown", _esm: "export default { render({ model, el }) { el.textContent = model.get('bytes').getUint8(1); } }", bytes: null } };
    const opened = await open({ state, buffers: [{ model: "w", path: ["bytes"], data: btoa("\x01\x07") }] });
    await until(() => opened.$(".widget")?.textContent === "7");
    const missing = await open({ state: { w: { spec: { $kept: "d1" } } } });
    await missing.up();
    equal([missing.$(".widget").childElementCount, missing.sockets[0].sent.map(({ header }) => header.msg_type)], [0, ["comm_open", "comm_msg"]]);
    const none = await open({ state: null });
    await none.up();
    equal(none.sockets[0].sent.map(({ header }) => header.msg_type), ["comm_open", "comm_msg"]);
  },
  async "what the kernel prints into an output is shown"() {
    const opened = await open({ state: { w: { _model_name: "OutputModel", outputs: [], msg_id: "m1" } } });
    await opened.up();
    opened.hear({ header: { msg_type: "stream" }, parent_header: { msg_id: "m1" }, content: { name: "stdout", text: "printed" } });
    equal(texts(opened.page, "pre"), ["printed"]);
  },
  async "live parts and quotes bring their script where there are some"() {
    const modules = { "@academy/quote": { js: await fetched("/js/page/quote.js") } };
    const quoted = await open({ config: { modules }, main: `<div><p class="kept">Some words</p><button class="quote">Quote</button></div><div class="academy-form"><textarea></textarea></div>${PART}` });
    const { $ } = quoted;
    await until(() => $("textarea").value || ($(".quote").click(), false));
    equal([$("textarea").value, quoted.page.activeElement === $("textarea")], ["“Some words”", true]);
    const opened = [];
    const webinar = "data:text/javascript,export const open = (part) => top.opened.push(part.dataset.base)";
    instead(window, { opened });
    const parts = `<div class="academy-live" data-base="/live/a"></div><div class="academy-live" data-base="/live/b"></div><div class="academy-live"></div>${PART}`;
    await open({ config: { modules: { "@academy/webinar": { js: webinar } } }, main: parts });
    await until(() => opened.length);
    equal(opened.splice(0), ["/live/a", "/live/b"]);
    await open({ config: { modules: { "@academy/webinar": { js: webinar } } }, main: parts }, { before: ({ document: page }) => page.body.classList.add("presenting") });
    await settled();
    await settled();
    equal(opened, []);
  },
  async "parts of the page are renewed, and forms come back to their part"() {
    const form = '<form data-academy-form="part" onsubmit="return false"><input type="hidden" name="_xsrf"><input type="hidden" name="next"></form>';
    const opened = await open({ main: `<div id="part">old</div>${PART}` });
    const { page, window, $ } = opened;
    const say = (detail) => page.dispatchEvent(new window.CustomEvent("academy-form-heard", { detail }));
    page.dispatchEvent(new window.Event("academy-form-heard"));
    say({});
    say({ parts: { part: `<div id="part">new ${form}</div>`, nowhere: "<p>lost</p>" } });
    equal([$("#part").textContent.trim(), [...page.querySelectorAll("#part input")].map(({ value }) => value)], ["new", ["x", "/frame.html"]]);
    $("form").requestSubmit();
    equal(JSON.parse(sessionStorage.getItem("academy.place")).id, "part");
  },
  async "a kernel that is gone is asked for until the server answers, and the page opens itself again"() {
    let answer = () => Promise.reject(new TypeError("no line"));
    const opened = await open({}, { served: (...given) => answer(...given) });
    await opened.up();
    await opened.down(4404);
    equal([opened.said(), opened.asked], ["ended reopen", ["/api/kernels/k1"]]);
    for (const wait of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
      opened.asked.length = 0;
      await opened.time.pass(wait - 1);
      equal(opened.asked.length, 0, wait);
      await opened.time.pass(1);
      equal(opened.asked.length, 1, wait);
      answer = () => reply(503);
    }
    answer = () => reply(404);
    look(opened.page, false);
    opened.asked.length = 0;
    await opened.time.pass(15_000);
    equal(opened.asked, [], "nobody looks");
    look(opened.page, true);
    await until(opened.reloads);
    equal(opened.asked.length, 1);
    equal([JSON.parse(sessionStorage.getItem("academy.reloads")).length, JSON.parse(sessionStorage.getItem("academy.place")).path], [1, "/frame.html"]);
  },
  async "who is signed out is led to sign in, and comes back"() {
    for (const status of [401, 403]) {
      const opened = await open({}, { served: () => reply(status) });
      await opened.up();
      await opened.down(4404);
      equal([opened.said(), opened.$("#academy-status a").getAttribute("href"), goes()], ["signed_out sign_in", "/login?next=%2Fframe.html", false]);
    }
  },
  async "a page that nobody used sleeps until somebody touches it"() {
    for (const touch of ["pointerdown", "focusin"]) {
      const opened = await open({ main: `<button></button>${PART}` });
      const touched = () => opened.$("button").dispatchEvent(new Event(touch, { bubbles: true }));
      opened.$("button").addEventListener(touch, (event) => event.stopPropagation());
      await opened.up();
      await opened.down(4410);
      await opened.time.pass(60_000);
      equal([opened.said(), opened.asked], ["asleep reopen", []]);
      touched();
      await settled();
      equal([opened.said(), opened.asked.length], ["waking reopen", 1]);
      touched();
      await until(opened.reloads);
    }
  },
  async "what would be lost is not: the reader decides"() {
    const opened = await open({ main: `<textarea></textarea>${PART}` });
    await opened.up();
    type(opened.$("textarea"), "Heat");
    await opened.down(4404);
    await opened.time.pass(60_000);
    equal([opened.said(), opened.asked, goes()], ["ended_ask reopen", [], false]);
    opened.$("#academy-status button").click();
    await until(opened.reloads);
    const asks = await open();
    await asks.up();
    asks.window.addEventListener("beforeunload", (event) => event.preventDefault());
    await asks.down(4404);
    equal(asks.said(), "ended_ask reopen");
    const late = await typing({}, { main: `${WRITES}<textarea id="other"></textarea>` });
    await late.down(4404);
    type(late.$("#other"), "Heat");
    await late.time.pass(1000);
    await until(() => late.said() !== "ended reopen");
    equal(late.said(), "ended_ask reopen");
  },
  async "a page that ends again and again is not opened again and again"() {
    const now = 1_700_000_000_000;
    const times = [now - 119_000, now - 60_000, now - 1000];
    const often = await open({}, { kept: { "academy.reloads": times } });
    await often.up();
    await often.down(4404);
    equal([often.said(), goes()], ["failed_start reopen", false]);
    const seldom = await open({}, { kept: { "academy.reloads": [now - 120_000, ...times.slice(1)] } });
    await seldom.up();
    await seldom.down(4404);
    await until(seldom.reloads);
    equal(JSON.parse(sessionStorage.getItem("academy.reloads")), [...times.slice(1), now]);
  },
  async "nobody is interrupted in the middle of a word"() {
    const opened = await typing({}, { config: {} });
    const story = opened.$("#story");
    for (const kind of ["input", "compositionstart", "compositionend"]) story.addEventListener(kind, (event) => event.stopPropagation());
    await opened.down(4404);
    await opened.time.pass(500);
    type(story, "Heat a");
    await opened.time.pass(999);
    ok(!goes());
    story.dispatchEvent(new Event("compositionstart"));
    await opened.time.pass(5000);
    await settled();
    ok(!goes());
    story.dispatchEvent(new Event("compositionend"));
    look(opened.page, false);
    await opened.time.pass(5000);
    ok(!goes());
    look(opened.page, true);
    await until(opened.reloads);
  },
  async "who types while the kernel ends goes on in the page that follows"() {
    const fresh = html({ main: WRITES.replace("></textarea>", ">Heat</textarea>"), config: { ...ANEW, kernel: "k2", xsrf: "y" }, kernel: "k2", state: null });
    const opened = await typing({ served: (address) => (address === `${location.origin}/frame.html` ? reply(200, `<title>Again</title>${fresh}`) : reply(404)) }, { state: { w: { _esm: ENDS } } });
    const { $, page, time, sockets } = opened;
    $("#story").setSelectionRange(1, 2);
    await until(() => opened.window.begun);
    const step = walk("page/anew", $("#main"));
    step("somebody types");
    await opened.down(4404);
    await time.pass(1000);
    await until(() => sockets.length === 2);
    step("the page that follows waits for its kernel");
    equal([sockets[1].address.includes("/api/kernels/k2/"), opened.asked, page.title, $("#main").style.minHeight !== ""], [true, ["/api/kernels/k1", `${location.origin}/frame.html`], "Again", true]);
    equal(opened.window.ended, true, "the widgets before have gone");
    const catcher = page.activeElement;
    equal([catcher.className, catcher.value, catcher.selectionStart, catcher.selectionEnd, catcher.getAttribute("aria-label")], ["unseen", "Heat", 1, 2, "Story "]);
    type(catcher, "Heat and dust");
    catcher.setSelectionRange(6, 6);
    await opened.up();
    const { comm_id } = sockets[1].sent.find(({ header }) => header.msg_type === "comm_open").content;
    opened.hear({ header: { msg_type: "comm_msg" }, content: { comm_id, data: { method: "update_states", states: { w: { state: LABEL.w } } } } });
    await settled();
    step("it is there");
    const field = $("#story");
    equal([page.activeElement === field, field.value, field.selectionStart, field.selectionEnd, page.querySelectorAll(".unseen").length], [true, "Heat and dust", 6, 6, 0]);
    equal([opened.said(), $("#main").style.minHeight, goes()], ["", "", false]);
    opened.told();
    look(page, true);
    equal(opened.told().length, 1, "what went before tells nothing any more");
    await opened.down(4404);
    equal(opened.said(), "ended reopen", "and it may end again");
  },
  async "where the page can't be put in the place of the old one, it is opened as any other"() {
    const opened = await typing({ served: (address) => (address.endsWith("frame.html") ? reply(500) : reply(404)) });
    await opened.down(4404);
    await opened.time.pass(1000);
    await until(opened.reloads);
    equal(opened.asked.length, 2);
    const without = await typing({}, { config: {} });
    await without.down(4404);
    await without.time.pass(1000);
    await until(without.reloads);
    equal(without.asked, ["/api/kernels/k1"]);
    const broken = await typing({}, { config: { modules: { "@academy/anew": { js: "data:text/javascript,throw 1" } } } });
    await broken.down(4404);
    await broken.time.pass(1000);
    await until(broken.reloads);
    equal(broken.asked.length, 1);
  },
  async "who waits in the line sees their place, and the page opens when it is their turn"() {
    let answer = () => reply(200, '{"text": "third", "next": 2}');
    const wait = '<p id="place" data-address="/place" data-next="5">fourth</p>';
    const { time, asked, $, reloads } = await framed("/js/wait/main.js", wait, (...given) => answer(...given));
    await time.pass(4999);
    equal(asked, []);
    await time.pass(1);
    await until(() => $("#place").textContent === "third");
    const [text] = $("#place").childNodes;
    const after = async (wait_, says) => {
      asked.length = 0;
      answer = says;
      await time.pass(wait_ - 1);
      equal(asked, []);
      await time.pass(1);
      equal(asked, ["/place"]);
      await settled();
      await settled();
    };
    await after(2000, () => reply(200, '{"text": "third"}'));
    equal($("#place").firstChild === text, true, "the same is not said again");
    await after(3000, () => reply(503));
    await after(3000, () => Promise.reject(new TypeError("no line")));
    await after(3000, () => reply(200, "{}"));
    equal($("#place").textContent, "third");
    let given;
    await after(3000, (_, options) => new Promise((_resolve, reject) => (given = options).signal.addEventListener("abort", reject)));
    equal(given.cache, "no-store");
    await time.pass(9999);
    equal(given.signal.aborted, false);
    await time.pass(1);
    equal(given.signal.aborted, true);
    await after(3000, () => reply(200, '{"next": 20}'));
    await time.pass(15_000);
    equal(given.signal.aborted, true);
    await after(5000, () => reply(200, '{"go": true}'));
    await until(reloads);
    const gone = await framed("/js/wait/main.js", wait, () => reply(404));
    await gone.time.pass(5000);
    await until(gone.reloads);
  },
};
