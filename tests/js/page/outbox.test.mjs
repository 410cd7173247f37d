import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../../widgets/academy_widgets/js/page/kernel/outbox.js";
import { randomSource } from "./random.mjs";

/** An outbox and what it has sent; message ids are m1, m2, … */
function recording({ open = true } = {}) {
  const sent = [];
  let ids = 0;
  const outbox = new Outbox((entry) => {
    if (!entry.fence) sent.push([entry.model, entry.state ? { ...entry.state } : entry.content]);
    return entry.id ?? `m${++ids}`;
  });
  outbox.open = open;
  return { outbox, sent };
}

const state = (model, values) => ({ model, state: values });
const custom = (model, content) => ({ model, content });

test("state pushes of one model are merged while one is under way", () => {
  const { outbox, sent } = recording();
  outbox.add(state("a", { x: 1 }));
  outbox.add(state("a", { x: 2 }));
  outbox.add(state("a", { x: 3, y: 0 }));
  outbox.add(state("b", { x: 9 }));
  assert.deepEqual(sent, [["a", { x: 1 }], ["b", { x: 9 }]]);
  outbox.done("m1");
  assert.deepEqual(sent.at(-1), ["a", { x: 3, y: 0 }]);
  assert.equal(outbox.size, 2);
});

test("a custom message finds the state as it was when it was sent", () => {
  const { outbox, sent } = recording();
  outbox.add(state("a", { x: 1 }));
  outbox.add(state("a", { x: 2 }));
  outbox.add(custom("b", "press"));
  outbox.add(state("a", { x: 3 }));
  assert.deepEqual(sent, [["a", { x: 1 }], ["a", { x: 2 }], ["b", "press"]]);
  outbox.done("m1");
  assert.equal(sent.length, 3, "x: 2 is still under way");
  outbox.done("m2");
  assert.deepEqual(sent.at(-1), ["a", { x: 3 }]);
});

test("after a lost line only what the kernel never began is sent again, in order, merged", () => {
  const { outbox, sent } = recording();
  outbox.add(state("a", { x: 1 }));
  outbox.add(custom("a", "one"));
  outbox.add(custom("a", "two"));
  outbox.add(state("a", { x: 2 }));
  outbox.begun("m2"); // and so m1, which went before it
  outbox.pause();
  outbox.add(state("a", { x: 3 }));
  outbox.add(custom("a", "three"));
  sent.length = 0;
  outbox.resume();
  assert.deepEqual(sent, [["a", "two"], ["a", { x: 3 }], ["a", "three"]]);
});

test("what waits does not change when the caller's object does", () => {
  const { outbox, sent } = recording({ open: false });
  const values = { x: 1 };
  outbox.add(state("a", values));
  values.x = 2;
  outbox.resume();
  assert.deepEqual(sent, [["a", { x: 1 }]]);
});

test("an update from the kernel does not undo what the page has changed since", () => {
  const { outbox } = recording();
  outbox.add(state("a", { x: 1, y: 1 }));
  assert.deepEqual(outbox.keepNewer("a", { x: 0, z: 0 }, "other"), { z: 0 });
  assert.deepEqual(outbox.keepNewer("a", { x: 5 }, "m1"), { x: 5 }, "the answer to that very change may correct it");
  outbox.add(state("a", { x: 2 }));
  assert.deepEqual(outbox.keepNewer("a", { x: 5, y: 5 }, "m1"), { y: 5 });
  assert.deepEqual(outbox.keepNewer("b", { x: 5 }), { x: 5 });
});

test("a message sent again keeps its id, one that has changed does not", () => {
  const ids = [];
  const outbox = new Outbox((entry) => {
    ids.push(entry.id ?? "new");
    return entry.id ?? `m${ids.length}`;
  });
  outbox.resume();
  outbox.add(state("a", { x: 1 }));
  outbox.add(custom("b", "press"));
  outbox.add(state("c", { x: 1 }));
  outbox.pause();
  outbox.add(state("c", { x: 2 }));
  ids.length = 0;
  outbox.resume();
  assert.deepEqual(ids, ["m1", "m2", "new", "new"], "the last one is the fence");
});

test("the answer to the fence says that all before it is done", () => {
  const fences = [];
  const outbox = new Outbox((entry) => {
    if (entry.fence) fences.push(entry);
    return entry.id ?? `${entry.model}${fences.length}`;
  });
  outbox.resume();
  assert.equal(fences.length, 0, "nothing was lost, nothing is asked");
  outbox.add(custom("a", "one"));
  outbox.pause();
  outbox.resume();
  assert.equal(outbox.size, 2);
  outbox.done(fences[0].id);
  assert.equal(outbox.size, 0);
});

/**
 * A page and a kernel over a line that breaks. What the page sends may be lost; what the kernel says too, if
 * `deaf`. The server passes on a message id only once, if `remembers`.
 */
function runOnWeakLine(random, { deaf, remembers }) {
  const handled = [];
  const kernel = { a: {}, b: {} };
  const seen = new Set();
  let [onTheWay, said, ids, lineUp] = [[], [], 0, false];
  const outbox = new Outbox((entry) => {
    const id = entry.id ?? `m${++ids}`;
    onTheWay.push({ ...entry, id, state: entry.state && { ...entry.state } });
    return id;
  });
  const work = (reliable) => {
    const message = onTheWay.shift();
    if (!message || (remembers && seen.has(message.id))) return;
    seen.add(message.id);
    if (message.content !== undefined) handled.push(message.content);
    Object.assign(kernel[message.model] ?? {}, message.state);
    said.push(message.id);
    if (reliable || random.next() < 0.7) hear();
  };
  const hear = () => {
    for (const id of said.splice(0)) {
      outbox.begun(id);
      outbox.done(id);
    }
  };
  const breakLine = () => {
    outbox.pause();
    [onTheWay, lineUp] = [[], false];
    if (deaf) said = [];
  };
  const mendLine = () => {
    lineUp = true;
    hear();
    outbox.resume();
  };
  let count = 0;
  const page = { a: {}, b: {} };
  for (let step = 0; step < 60; step++) {
    const model = random.pick(["a", "b"]);
    const act = random.below(6);
    if (act === 0) lineUp ? breakLine() : mendLine();
    else if (act < 3) work(false);
    else if (act === 3) outbox.add(custom(model, count++));
    else {
      const change = { [random.pick(["x", "y"])]: step };
      Object.assign(page[model], change);
      outbox.add(state(model, change));
    }
  }
  breakLine();
  mendLine();
  while (onTheWay.length) work(true);
  return { handled, kernel, page, count, left: outbox.size };
}

const lines = [
  ["a server that repeats what could not be delivered", { deaf: false, remembers: false }],
  ["a server that remembers what it has passed on", { deaf: true, remembers: true }],
];
for (const [server, line] of lines) {
  test(`with ${server}, every message arrives exactly once and in order`, () => {
    let messages = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { handled, kernel, page, count, left } = runOnWeakLine(randomSource(seed), line);
      assert.deepEqual(handled, [...Array(count).keys()], `seed ${seed}`);
      assert.deepEqual(kernel, page, `seed ${seed}`);
      assert.equal(left, 0, `seed ${seed}`);
      messages += count;
    }
    assert.ok(messages > 1000);
  });
}

test("with neither, nothing is missing and the state is the page's", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const { handled, kernel, page, count, left } = runOnWeakLine(randomSource(seed), { deaf: true, remembers: false });
    assert.equal(new Set(handled).size, count, `seed ${seed}`);
    assert.deepEqual(kernel, page, `seed ${seed}`);
    assert.equal(left, 0, `seed ${seed}`);
  }
});
