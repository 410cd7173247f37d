import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Model } from "../../../widgets/academy_widgets/js/page/kernel/model.js";

function made(values = {}) {
  const owner = { connection: {}, get_model: mock.fn(), push: mock.fn(), message: mock.fn() };
  return { model: new Model(owner, "id", values), owner };
}

test("what is set is told at once and sent when it is saved", () => {
  const { model, owner } = made({ x: 1 });
  const heard = [];
  model.on("change:x", (_model, value) => heard.push(value));
  model.set("x", 2);
  model.set({ x: 3, y: 4 });
  assert.deepEqual(heard, [2, 3]);
  assert.equal(owner.push.mock.callCount(), 0);
  model.save_changes();
  model.save_changes();
  assert.deepEqual(owner.push.mock.calls.map((call) => call.arguments[1]), [{ x: 3, y: 4 }]);
});

test("an equal value is no change", () => {
  const { model, owner } = made({ list: [{ a: 1 }] });
  model.set("list", [{ a: 1 }]);
  model.save_changes();
  assert.equal(owner.push.mock.callCount(), 0);
});

test("a change that comes from the kernel is not sent back", () => {
  const { model, owner } = made({ x: 1 });
  model.apply({ x: 2 });
  model.save_changes();
  assert.equal(model.get("x"), 2);
  assert.equal(owner.push.mock.callCount(), 0);
});

test("listeners see all values of one change", () => {
  const { model } = made({ x: 1, y: 1 });
  model.on("change:x", () => assert.equal(model.get("y"), 2));
  model.apply({ x: 2, y: 2 });
});

test("off takes away by name, callback or context", () => {
  const { model } = made();
  const context = {};
  const heard = [];
  const first = () => heard.push("first");
  model.on("change:x change:y", first, context);
  model.on("change:x", () => heard.push("second"));
  model.off("change:x", first);
  model.set("x", 1);
  model.set("y", 1);
  model.off(null, null, context);
  model.set("y", 2);
  assert.deepEqual(heard, ["second", "first"]);
});

test("one listener's error does not keep the others from hearing", () => {
  const { model } = made();
  const complaints = mock.method(console, "error", () => {});
  const heard = mock.fn();
  model.on("change:x", () => {
    throw new Error("in a widget");
  });
  model.on("change:x", heard);
  model.set("x", 1);
  complaints.mock.restore();
  assert.equal(heard.mock.callCount(), 1);
  assert.equal(complaints.mock.callCount(), 1);
});

test("custom messages that come before the module has loaded are not lost", () => {
  const { model } = made();
  model.trigger("msg:custom", { n: 1 }, []);
  model.trigger("msg:custom", { n: 2 }, []);
  const heard = [];
  model.on("msg:custom", (content) => heard.push(content.n));
  model.trigger("msg:custom", { n: 3 }, []);
  assert.deepEqual(heard, [1, 2, 3]);
});

test("only custom messages are kept for later, not too many, and none that was heard", () => {
  const { model } = made();
  model.trigger("change:x", model, 1);
  for (let n = 1; n <= 101; n++) model.trigger("msg:custom", { n }, []);
  const heard = [];
  model.on("msg:custom", (content) => heard.push(content.n));
  assert.deepEqual(heard, Array.from({ length: 100 }, (_, n) => n + 1));
  model.trigger("msg:custom", { n: 102 }, []);
  model.on("msg:custom", (content) => heard.push(-content.n));
  assert.deepEqual(heard.slice(100), [102]);
});

test("what is listened to once is heard once, with all that is said", () => {
  const { model } = made();
  const heard = mock.fn();
  model.once("destroy", heard);
  model.trigger("destroy", model, 1);
  model.trigger("destroy", model, 2);
  assert.deepEqual(heard.mock.calls.map((call) => call.arguments), [[model, 1]]);
});

test("a change as a whole is told after its parts, and not where nothing is new", () => {
  const { model } = made({ x: 1, list: [1] });
  const heard = [];
  model.on("change:x change:y", (of, value) => heard.push([of === model, value]));
  model.on("change", (of, fresh) => heard.push([of === model, fresh]));
  assert.deepEqual(model.apply({ x: 1, list: [1] }), {});
  assert.deepEqual(model.apply({ x: 2, y: undefined, list: [1] }), { x: 2, y: undefined });
  assert.deepEqual(heard, [[true, 2], [true, undefined], [true, { x: 2, y: undefined }]]);
});

test("off without a name takes all of a listener away, and without anything all", () => {
  const { model } = made();
  const [one, other] = [mock.fn(), mock.fn()];
  model.on("a b", one);
  model.on("a", other, model);
  model.off("b", other);
  model.off("a", null, {});
  model.trigger("b");
  model.off(null, one);
  model.trigger("a");
  model.trigger("b");
  assert.deepEqual([one.mock.callCount(), other.mock.callCount()], [1, 1]);
  model.off();
  assert.equal(model.listeners.length, 0);
});

test("a message goes with its bytes, or with none", () => {
  const { model, owner } = made();
  const bytes = new Uint8Array(1);
  model.send("a");
  model.send("b", null, [bytes]);
  assert.deepEqual(owner.message.mock.calls.map((call) => call.arguments), [[model, "a", []], [model, "b", [bytes]]]);
});
