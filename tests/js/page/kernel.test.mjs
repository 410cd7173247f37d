import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { randomSource } from "./random.mjs";
import { close, open, pass, say } from "./sockets.mjs";

const { Kernel } = await import("../../../widgets/academy_widgets/js/page/kernel/kernel.js");

const recorded = JSON.parse(readFileSync(new URL("./recorded.json", import.meta.url), "utf8"));

/** A kernel with the recorded page's widgets, on a line that is up. */
function connected({ embedded = recorded.states } = {}) {
  const kernel = new Kernel("/api/kernels/k");
  if (embedded) kernel.load(structuredClone(embedded));
  kernel.link.connect();
  const socket = open();
  return { kernel, socket };
}

const about = (id, data, cause) => ({
  header: { msg_type: "comm_msg" },
  parent_header: cause ? { msg_id: cause } : {},
  content: { comm_id: id, data },
});
const status = (state, cause) => ({
  header: { msg_type: "status" },
  parent_header: { msg_id: cause },
  content: { execution_state: state },
});
const pushes = (socket) => socket.sent.filter((message) => message.content.data?.method === "update");

test("the line speaks the binary protocol, and every message is one of this page's session", () => {
  const { kernel, socket } = connected();
  assert.deepEqual(socket.protocols, ["v1.kernel.websocket.jupyter.org"]);
  assert.match(socket.address, /^ws:\/\/kit\.example\/api\/kernels\/k\/channels\?session_id=\w+$/);
  kernel.models.get(recorded.form).send({ kind: "sync" });
  assert.ok(socket.sent.every((message) => message.header.session === kernel.session && message.header.msg_id));
  kernel.link.stop();
});

test("a recorded visit, replayed, leaves each model as the browser had it", () => {
  const { kernel, socket } = connected();
  const heard = [];
  kernel.models.get(recorded.form).on("msg:custom", (content) => heard.push(content.kind));
  for (const message of recorded.messages) say(socket, message);
  assert.deepEqual(heard, recorded.heard);
  assert.equal(kernel.connection.state, "online");
  assert.equal(kernel.models.size, Object.keys(recorded.states).length);
  kernel.link.stop();
});

test("a recorded visit whose messages are doubled or come in another order does no harm", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomSource(seed);
    const { kernel, socket } = connected();
    const messages = recorded.messages.filter(() => random.next() < 0.8);
    for (const message of [...messages]) if (random.next() < 0.3) messages.push(message);
    messages.sort(() => random.next() - 0.5);
    for (const message of messages) say(socket, message);
    assert.equal(kernel.connection.state, "online", `seed ${seed}`);
    assert.equal(kernel.models.size, Object.keys(recorded.states).length, `seed ${seed}`);
    kernel.link.stop();
  }
});

test("an edit that is under way is not overwritten by what the kernel said before it", () => {
  const { kernel, socket } = connected({ embedded: { w: { _model_name: "AnyModel", text: "", other: 0 } } });
  const model = kernel.models.get("w");
  model.set("text", "a");
  model.save_changes();
  const [first] = pushes(socket);
  model.set("text", "ab");
  model.save_changes();
  say(socket, about("w", { method: "update", state: { text: "", other: 1 } }));
  assert.deepEqual([model.get("text"), model.get("other")], ["ab", 1]);
  say(socket, about("w", { method: "echo_update", state: { text: "a" } }, first.header.msg_id));
  assert.equal(model.get("text"), "ab");
  say(socket, status("idle", first.header.msg_id));
  assert.deepEqual(pushes(socket).map((message) => message.content.data.state), [{ text: "a" }, { text: "ab" }]);
  kernel.link.stop();
});

test("after a lost line the states are asked for, and what the kernel never began is sent again under its old id", () => {
  const { kernel, socket } = connected({ embedded: { w: { _model_name: "AnyModel", text: "" } } });
  const model = kernel.models.get("w");
  model.send({ n: 1 });
  model.send({ n: 2 });
  const sent = socket.sent.filter((message) => message.content.data?.method === "custom");
  say(socket, status("busy", sent[0].header.msg_id));
  socket.readyState = 3;
  kernel.link.drop();
  assert.equal(kernel.connection.state, "offline");
  model.send({ n: 3 });
  kernel.link.connect();
  const again = open();
  assert.ok(again.sent.some((message) => message.content.data?.method === "request_states"));
  assert.equal(again.sent.filter((message) => message.content.data?.method === "custom").length, 0);
  const states = { w: { state: { _model_name: "AnyModel", text: "from the kernel" } } };
  say(again, about(kernel.control, { method: "update_states", states, buffer_paths: [] }));
  const custom = again.sent.filter((message) => message.content.data?.method === "custom");
  assert.deepEqual(custom.map((message) => message.content.data.content.n), [2, 3]);
  assert.equal(custom[0].header.msg_id, sent[1].header.msg_id);
  assert.equal(model.get("text"), "from the kernel");
  assert.equal(kernel.connection.state, "online");
  kernel.link.stop();
});

test("a socket that was being opened when the phone fell asleep is given up when it wakes", () => {
  const { kernel, socket } = connected();
  socket.readyState = 3;
  kernel.link.drop();
  kernel.link.connect();
  const opening = WebSocket.all.at(-1);
  kernel.link.test();
  assert.equal(WebSocket.all.at(-1), opening, "a moment ago is no sleep");
  kernel.link.begun -= 60_000;
  kernel.link.test();
  assert.notEqual(WebSocket.all.at(-1), opening);
  assert.equal(opening.readyState, 3);
  open();
  assert.equal(kernel.link.open, true);
  kernel.link.stop();
});

test("a kernel with other widgets under the old id was restarted: the page has ended", () => {
  const { kernel, socket } = connected();
  say(socket, about(kernel.control, { method: "update_states", states: { x: { state: {} } }, buffer_paths: [] }));
  assert.equal(kernel.connection.state, "ended");
  kernel.link.stop();
});

test("a kernel that says that it restarts or is dead has ended", () => {
  for (const state of ["restarting", "autorestarting", "dead"]) {
    const { kernel, socket } = connected();
    say(socket, status(state, ""));
    assert.equal(kernel.connection.state, "ended");
    kernel.link.stop();
  }
});

test("widgets that the kernel makes later are given out, also to who asked for them before", async () => {
  const { kernel, socket } = connected();
  const asked = kernel.get_model("IPY_MODEL_late");
  const data = { state: { label: "new", bytes: null }, buffer_paths: [["bytes"]] };
  say(socket, {
    header: { msg_type: "comm_open" },
    content: { comm_id: "late", target_name: "jupyter.widget", data },
    buffers: [Uint8Array.of(1, 2)],
  });
  const model = await asked;
  assert.equal(model.get("label"), "new");
  assert.deepEqual([...new Uint8Array(model.get("bytes").buffer)], [1, 2]);
  say(socket, { header: { msg_type: "comm_close" }, content: { comm_id: "late" } });
  assert.ok(!kernel.models.has("late"));
  kernel.link.stop();
});

const said = (socket) => socket.sent.splice(0).map(({ channel, header, content }) => [channel, header.msg_type, content]);
const states = (kernel, models, more = {}) => about(kernel.control, { method: "update_states", states: models, buffer_paths: [], ...more });
const texts = (socket) => pushes(socket).map((message) => message.content.data.state);

test("a page whose widgets came with it is online at once", () => {
  const { kernel, socket } = connected({ embedded: { w: { text: "" } } });
  assert.deepEqual([kernel.connection.state, said(socket)], ["online", []]);
  kernel.link.stop();
});

test("without them the kernel is asked, once over a channel of its own, and again after each loss", async () => {
  const { kernel, socket } = connected({ embedded: null });
  const comm_id = kernel.control;
  const [{ header, metadata, parent_header, buffers }] = socket.sent;
  assert.deepEqual([metadata, parent_header, buffers, header.username, header.version, header.date], [{ version: "1.0.0" }, {}, [], "", "5.3", new Date().toISOString()]);
  const question = ["shell", "comm_msg", { comm_id, data: { method: "request_states" } }];
  const opening = ["shell", "comm_open", { comm_id, target_name: "jupyter.widget.control", data: {} }];
  assert.deepEqual([kernel.connection.state, said(socket)], ["connecting", [opening, question]]);
  say(socket, about(kernel.control, { method: "other", states: {}, buffer_paths: [] }));
  assert.equal(kernel.connection.state, "connecting");
  const found = { w: { state: { text: "a", bytes: null } }, v: { state: {} } };
  say(socket, { ...states(kernel, found, { buffer_paths: [["w", "state", "bytes"]] }), buffers: [Uint8Array.of(7)] });
  assert.deepEqual([kernel.connection.state, [...kernel.models.keys()], kernel.models.get("w").get("bytes").getUint8(0)], ["online", ["w", "v"], 7]);
  close(socket);
  assert.equal(kernel.connection.state, "offline");
  await pass(500);
  const next = open();
  assert.deepEqual([kernel.connection.state, said(next)], ["offline", [question]]);
  kernel.link.stop();
});

test("a kernel that has not heard of the channel is told again after a loss", async () => {
  const { kernel, socket } = connected({ embedded: null });
  close(socket);
  await pass(500);
  assert.deepEqual(said(open()).map(([, type]) => type), ["comm_open", "comm_msg"]);
  kernel.link.stop();
});

test("after a loss models that are no more go, and others are as the kernel has them", async () => {
  const { kernel, socket } = connected({ embedded: { w: { text: "" }, v: {} } });
  const [w, v] = ["w", "v"].map((id) => kernel.models.get(id));
  const gone = [];
  v.on("destroy", (model) => gone.push(model === v));
  close(socket);
  w.set("text", "mine");
  w.save_changes();
  await pass(500);
  const next = open();
  say(next, states(kernel, { w: { state: { text: "theirs", other: 1 } }, x: { state: { text: "new" } } }));
  assert.deepEqual([[...kernel.models.keys()], gone, w.get("text"), w.get("other")], [["w", "x"], [true], "mine", 1]);
  assert.deepEqual(texts(next), [{ text: "mine" }]);
  kernel.link.stop();
});

test("changes and messages go to the kernel as it knows them, with their bytes beside them", () => {
  const { kernel, socket } = connected({ embedded: { w: { list: [] } } });
  const model = kernel.models.get("w");
  model.set({ list: [Uint8Array.of(5), 1], text: "a" });
  model.save_changes();
  model.send({ kind: "hello" }, null, [Uint8Array.of(6)]);
  assert.deepEqual(socket.sent.map(({ buffers }) => buffers.map((buffer) => buffer.getUint8(0))), [[5], [6]]);
  assert.ok(socket.sent.every(({ header }) => /^[0-9a-f]{32}$/.test(header.msg_id)));
  assert.deepEqual(said(socket), [
    ["shell", "comm_msg", { comm_id: "w", data: { method: "update", state: { list: [null, 1], text: "a" }, buffer_paths: [["list", 0]] } }],
    ["shell", "comm_msg", { comm_id: "w", data: { method: "custom", content: { kind: "hello" } } }],
  ]);
  kernel.link.test();
  assert.deepEqual(said(socket), [["control", "comm_info_request", { target_name: "jupyter.widget.control" }]]);
  kernel.link.stop();
});

test("what was lost on the way is sent again, with a question behind it", async () => {
  const { kernel, socket } = connected({ embedded: { w: {} } });
  kernel.models.get("w").send({ n: 1 });
  close(socket);
  await pass(500);
  const next = open();
  said(next);
  say(next, states(kernel, { w: { state: {} } }));
  assert.deepEqual(said(next).map(([channel, type, { data, target_name }]) => [channel, type, data?.content ?? target_name]), [
    ["shell", "comm_msg", { n: 1 }],
    ["shell", "comm_info_request", "jupyter.widget.control"],
  ]);
  kernel.link.stop();
});

test("a page is online until its kernel ends, and then for good", () => {
  const ends = [
    [(_, socket) => close(socket, 4404), false],
    [(_, socket) => close(socket, 4410), true],
    [(kernel, socket) => say(socket, { header: { msg_type: "comm_close" }, content: { comm_id: kernel.control } }), false],
    [(_, socket) => say(socket, status("dead", "")), false],
  ];
  for (const [end, asleep] of ends) {
    const { kernel, socket } = connected({ embedded: { w: {} } });
    const heard = [];
    const off = kernel.connection.on((state) => heard.push(state));
    const deaf = kernel.connection.on(() => heard.push("deaf"));
    const once = kernel.connection.on(() => once());
    deaf();
    end(kernel, socket);
    assert.deepEqual([kernel.connection.state, kernel.asleep, heard.at(-1), kernel.link.stopped, kernel.outbox.open], ["ended", asleep, "ended", true, false]);
    assert.equal(kernel.connection.listeners.size, 1);
    kernel.down();
    kernel.connection.become("online");
    assert.equal(heard.at(-1), "ended");
    off();
    assert.deepEqual([kernel.connection.listeners.size, heard.includes("deaf")], [0, false]);
  }
});

test("each state of the connection is told once", () => {
  const { kernel } = connected({ embedded: { w: {} } });
  const heard = [];
  kernel.connection.on((state) => heard.push(state));
  kernel.ready();
  kernel.down();
  kernel.down();
  assert.deepEqual(heard, ["offline"]);
  kernel.link.stop();
});

test("only the words about a model reach it", () => {
  const { kernel, socket } = connected({ embedded: { w: { x: 0 } } });
  const heard = [];
  const model = kernel.models.get("w");
  model.on("msg:custom", (content, buffers) => heard.push([content, buffers[0]?.getUint8(0)]));
  say(socket, { ...about("w", { method: "custom", content: "hello" }), buffers: [Uint8Array.of(3)] });
  say(socket, about("w", { method: "echo_update", state: { x: 5 } }));
  say(socket, about("nobody", { method: "custom", content: "lost" }));
  say(socket, { ...about("w", { method: "update", state: { x: null }, buffer_paths: [["x"]] }), buffers: [Uint8Array.of(4)] });
  assert.deepEqual([heard, model.get("x").getUint8(0)], [[["hello", 3]], 4]);
  kernel.link.stop();
});

test("models are given out by any of their names, each is told of once, and what is no widget is none", async () => {
  const kernel = new Kernel("/api/kernels/k");
  const created = [];
  kernel.created = (model) => created.push(model.model_id);
  const asked = [kernel.get_model("IPY_MODEL_w"), kernel.get_model("anywidget:w"), kernel.get_model("w")];
  kernel.load({ w: { x: 1 } });
  const given = await Promise.all([...asked, kernel.get_model("w")]);
  assert.deepEqual(given.map((model) => model.get("x")), [1, 1, 1, 1]);
  assert.equal(kernel.waiting.size, 0);
  kernel.link.connect();
  const socket = open();
  const made = (target_name, comm_id, x) => ({ header: { msg_type: "comm_open" }, content: { comm_id, target_name, data: { state: { x } } } });
  say(socket, made("jupyter.widget", "w", 2));
  say(socket, made("jupyter.widget", "v", 3));
  say(socket, made("other", "u", 4));
  assert.deepEqual([created, given[0].get("x"), kernel.models.has("u")], [["w", "v"], 2, false]);
  kernel.link.stop();
});

test("whoever observes hears all that is about no model", () => {
  const { kernel, socket } = connected({ embedded: { w: {} } });
  const heard = [];
  kernel.observers.add((message) => heard.push(message));
  say(socket, status("busy", "m1"));
  say(socket, about("w", { method: "update", state: {} }));
  say(socket, { header: { msg_type: "comm_open" }, content: { comm_id: "x", target_name: "other" } });
  say(socket, { header: { msg_type: "comm_close" }, content: { comm_id: "x" } });
  say(socket, { header: { msg_type: "stream" }, parent_header: { msg_id: "m1" }, content: { text: "a" } });
  assert.deepEqual(heard, [
    { channel: "iopub", header: { msg_type: "stream" }, parent_header: { msg_id: "m1" }, metadata: {}, content: { text: "a" }, buffers: [] },
  ]);
  kernel.link.stop();
});

test("no two pages are of the same session", () => {
  assert.notEqual(new Kernel("/k").session, new Kernel("/k").session);
});

/** A page and a kernel's echo over a line that doubles, drops and shuffles what the kernel says between two losses. */
test("whatever the kernel's words do on the line, the page keeps what was typed last", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomSource(seed);
    const { kernel, socket } = connected({ embedded: { w: { _model_name: "AnyModel", text: "" } } });
    const model = kernel.models.get("w");
    let typed = "";
    const words = [];
    for (let step = 0; step < 30; step++) {
      const act = random.below(3);
      if (act === 0) {
        typed += random.pick(["a", "é", "م"]);
        model.set("text", typed);
        model.save_changes();
      } else if (act === 1) {
        for (const { header, content } of pushes(socket).slice(-2)) {
          words.push(about("w", { method: "echo_update", state: content.data.state }, header.msg_id));
          words.push(status("idle", header.msg_id));
        }
      } else if (words.length) {
        const [word] = words.splice(random.below(words.length), random.below(2));
        if (word) say(socket, word);
      }
      assert.equal(model.get("text"), typed, `seed ${seed}`);
    }
    for (let left = 40; kernel.outbox.size && left; left--) {
      for (const { header } of pushes(socket)) say(socket, status("idle", header.msg_id));
    }
    assert.equal(kernel.outbox.size, 0, `seed ${seed}`);
    if (typed) assert.equal(pushes(socket).at(-1).content.data.state.text, typed, `seed ${seed}`);
    kernel.link.stop();
  }
});
