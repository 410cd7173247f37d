import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { randomSource } from "./random.mjs";
import { close, open, pass, say, settled } from "./sockets.mjs";

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
