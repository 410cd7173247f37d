import assert from "node:assert/strict";
import { test } from "node:test";
import { IDLE, LONGEST_WAIT, TIMEOUT } from "../../widgets/academy_widgets/js/form/sync.js";
import { chance, Clock, Kernel, Page, settle, storage } from "./kernel.mjs";

function start(store = storage()) {
  const clock = new Clock();
  const kernel = new Kernel(clock);
  return { clock, kernel, store, page: new Page(clock, kernel, store) };
}

test("an edit is on the device at once and sent after a pause", () => {
  const { clock, store, page } = start();
  page.type("why", "Because");
  assert.match(Object.values(store).join(), /Because/);
  clock.pass(IDLE - 1);
  assert.equal(page.sent.length, 0);
  clock.pass(1);
  assert.equal(page.sent[0].kind, "save");
  assert.equal(page.sent[0].edits[0].value, "Because");
});

test("somebody who never pauses is saved all the same", () => {
  const { clock, page } = start();
  for (let i = 0; i * 100 <= LONGEST_WAIT; i++) {
    page.type("why", "x".repeat(i + 1));
    clock.pass(100);
  }
  assert.equal(page.sent.length, 1);
});

test("edits of a path that were not sent are one edit, and it keeps the base of the first", () => {
  const { page } = start();
  page.type("why", "B");
  page.type("why", "Be");
  page.sync.flush();
  assert.deepEqual(
    page.sent[0].edits.map((edit) => [edit.value, edit.base]),
    [["Be", 0]],
  );
});

test("saved is said only after the kernel's word", () => {
  const { page } = start();
  assert.equal(page.sync.state, "idle");
  page.type("why", "Because");
  page.sync.flush();
  page.carry();
  assert.equal(page.sync.state, "saving");
  page.deliver();
  assert.equal(page.sync.state, "saved");
  assert.deepEqual(Object.keys(page.store), ["academy/device"]);
});

test("an echo does not take back what was typed meanwhile", () => {
  const { page, kernel } = start();
  page.type("why", "Be");
  page.sync.flush();
  page.type("why", "Because");
  page.carry();
  page.deliver();
  assert.equal(page.answers.get("why"), "Because");
  page.settle();
  assert.equal(kernel.values().why, "Because");
});

test("a blank that the store trimmed stays under the person's fingers", () => {
  const { page } = start();
  page.type("why", "Because ");
  page.sync.flush();
  const [edit] = page.sent[0].edits;
  page.sync.receive({ kind: "saved", n: page.sent[0].n, ids: [edit.id], rev: 1, changed: { why: { value: "Because", rev: 1 } } });
  assert.equal(page.answers.get("why"), "Because ");
});

test("a silent kernel gets the same edits again, under the same ids", () => {
  const { clock, page } = start();
  page.type("why", "Because");
  page.sync.flush();
  clock.pass(TIMEOUT);
  assert.equal(page.sync.state, "waiting");
  clock.pass(60000);
  const ids = page.sent.map((message) => message.edits[0].id);
  assert.ok(ids.length >= 2);
  assert.equal(new Set(ids).size, 1);
});

test("an answer that comes late still counts", () => {
  const { clock, page } = start();
  page.type("why", "Because");
  page.sync.flush();
  page.carry();
  clock.pass(TIMEOUT);
  page.deliver();
  assert.equal(page.sync.state, "saved");
});

test("offline everything waits, and goes when the line is back", () => {
  const { clock, page, kernel } = start();
  page.line(false);
  page.type("why", "Because");
  clock.pass(100000);
  assert.equal(page.sent.length, 0);
  assert.equal(page.sync.state, "waiting");
  page.line(true);
  page.settle();
  assert.equal(kernel.values().why, "Because");
  assert.equal(page.sync.state, "saved");
});

test("what another device wrote last is shown, and the other text is handed over", () => {
  const { clock, page, kernel } = start();
  page.line(false);
  page.type("why", "from the phone");
  clock.pass(1000);
  const other = new Page(clock, kernel, storage(), "laptop");
  other.type("why", "from the laptop");
  other.settle();
  page.line(true);
  page.settle();
  assert.equal(page.answers.get("why"), "from the laptop");
  const told = page.heard.flatMap((message) => message.overtaken ?? []);
  assert.deepEqual(told, [{ path: "why", yours: "from the phone", now: "from the laptop" }]);
});

test("a change that the kernel does not explain is explained by the form", () => {
  const { page } = start();
  page.type("why", "mine");
  page.sync.flush();
  const [message] = page.sent;
  const changed = { why: { value: "theirs", rev: 2 } };
  page.sync.receive({ kind: "saved", n: message.n, ids: [message.edits[0].id], rev: 2, changed });
  assert.deepEqual(page.late, [{ path: "why", yours: "mine", now: "theirs" }]);
});

test("a refused answer stays, with its sentence, and is not sent again until it changes", () => {
  const { clock, page } = start();
  page.type("why", "too long");
  page.type("who", "we");
  page.sync.flush();
  const [why, who] = page.sent[0].edits;
  page.sync.receive({ kind: "saved", n: page.sent[0].n, ids: [who.id], rev: 1, refused: { [why.id]: "Shorten it." } });
  clock.pass(100000);
  assert.equal(page.sent.length, 1);
  assert.equal(page.sync.state, "refused");
  assert.equal(page.answers.get("why"), "too long");
  assert.equal(page.answers.refused()[0].refused, "Shorten it.");
  page.type("why", "short");
  clock.pass(IDLE);
  assert.equal(page.sent[1].edits[0].value, "short");
});

test("a kernel that cannot save and says not to retry is left alone until something changes", () => {
  const { clock, page } = start();
  page.type("why", "Because");
  page.sync.flush();
  page.sync.receive({ kind: "not-saved", n: page.sent[0].n, text: "The course has ended.", refused: {}, retry: false });
  clock.pass(100000);
  assert.equal(page.sent.length, 1);
  assert.equal(page.sync.state, "waiting");
});

test("submitting again after a lost answer is the same submission", () => {
  const { clock, page, kernel, store } = start();
  page.type("why", "Because");
  page.sync.submit();
  page.carry(); // the kernel has it, its answer is lost
  page.leave();
  clock.pass(5000);
  const again = new Page(clock, kernel, store);
  assert.equal(again.sync.state, "submitting");
  again.sync.submit();
  again.settle();
  assert.equal(kernel.submissions.length, 1);
  assert.equal(again.sync.state, "saved");
  assert.equal(again.sync.changedSince, false);
});

test("a submission that could not be sent is not sent with other words later", () => {
  const { clock, page, kernel } = start();
  page.type("why", "Because");
  page.line(false);
  page.sync.submit();
  clock.pass(10);
  page.type("why", "Becau");
  page.line(true);
  page.settle();
  assert.equal(kernel.submissions.length, 0);
  assert.equal(kernel.values().why, "Becau");
});

test("what is typed while a submission is on its way is saved, not submitted", () => {
  const { clock, page, kernel } = start();
  page.type("why", "Because");
  page.sync.submit();
  clock.pass(10);
  page.type("why", "Because we care");
  page.settle();
  assert.equal(kernel.submissions[0].values.why, "Because");
  assert.equal(kernel.values().why, "Because we care");
  assert.equal(page.sync.changedSince, true);
});

test("what is typed while the answer to a submission is lost with the line is not called submitted", () => {
  const { clock, page, kernel } = start();
  page.type("why", "Because");
  page.sync.submit();
  page.carry(); // the kernel has it
  clock.pass(10);
  page.type("why", "Because we care");
  page.line(false); // its answer is lost
  page.line(true);
  page.settle();
  assert.deepEqual(
    kernel.submissions.map((submission) => submission.values.why),
    ["Because"],
  );
  assert.equal(kernel.values().why, "Because we care");
  assert.equal(page.heard.filter((message) => message.kind === "submitted").length, 0);
  page.sync.submit();
  page.settle();
  assert.equal(kernel.submissions[1].values.why, "Because we care");
});

test("a sync brings what other devices wrote, also between two own saves", () => {
  const { clock, page, kernel } = start();
  const other = new Page(clock, kernel, storage(), "laptop");
  other.type("who", "drivers");
  other.settle();
  page.type("why", "Because");
  page.settle();
  page.sync.refresh();
  page.settle();
  assert.equal(page.answers.get("who"), "drivers");
});

test("a second tab leaves the first one's edits alone", () => {
  const { clock, page, kernel, store } = start();
  page.line(false);
  page.type("why", "first tab");
  const second = new Page(clock, kernel, store);
  assert.equal(second.answers.get("why"), "first tab");
  second.type("who", "second tab");
  page.type("why", "first tab goes on");
  second.settle();
  page.line(true);
  page.settle();
  assert.deepEqual(kernel.values(), { why: "first tab goes on", who: "second tab" });
  second.answers.reload();
  assert.deepEqual(Object.keys(store), ["academy/device"]);
});

test("a tab that looks again sees what the other brought to the kernel", () => {
  const { clock, page, kernel, store } = start();
  page.line(false);
  page.type("why", "first");
  const second = new Page(clock, kernel, store);
  second.line(false);
  page.line(true);
  page.settle();
  second.answers.reload();
  assert.equal(second.answers.unconfirmed().length, 0);
  assert.equal(second.answers.get("why"), "first");
});

test("a storage that is emptied while the page is open is filled again", () => {
  const { page, store, kernel } = start();
  page.line(false);
  page.type("why", "Because");
  for (const key of Object.keys(store)) store.removeItem(key);
  page.answers.reload();
  assert.match(Object.values(store).join(), /Because/);
  page.line(true);
  page.settle();
  assert.equal(kernel.values().why, "Because");
});

test("a full storage loses nothing while the page is open, and says so", () => {
  const { page, kernel } = start(storage(300));
  page.line(false);
  page.type("why", "x".repeat(50));
  assert.equal(page.answers.draft.kept, true);
  page.type("who", "y".repeat(500));
  assert.equal(page.answers.draft.kept, false);
  page.line(true);
  page.settle();
  assert.deepEqual(kernel.values(), { why: "x".repeat(50), who: "y".repeat(500) });
  assert.equal(page.answers.draft.kept, true);
});

test("more edits than a message may carry go in several, and are submitted together", () => {
  const { page, kernel } = start();
  for (let i = 0; i < 450; i++) page.type(`map/r${i}/why`, "x");
  page.sync.submit();
  page.settle();
  assert.equal(Object.keys(kernel.submissions[0].values).length, 450);
});

const paths = ["why", "who", "map/r1/need"];

/** A page, or two tabs, with a person who types and a line and a browser that do what they like. */
function life(seed, count) {
  const luck = chance(seed);
  const clock = new Clock();
  const kernel = new Kernel(clock);
  const store = storage();
  const tabs = Array.from({ length: count }, () => new Page(clock, kernel, store));
  /** What was typed last, by tab and path, and in any tab. */
  const last = tabs.map(() => ({}));
  const newest = {};
  const steps = {
    type(page, place) {
      const path = luck.pick(paths);
      const value = `${seed}-${luck.below(1e9)}`;
      page.type(path, value);
      last[place][path] = newest[path] = value;
    },
    wait: () => clock.pass(luck.below(1500)),
    silence: () => clock.pass(TIMEOUT + luck.below(60000)),
    flush: (page) => page.sync.flush(),
    carry: (page) => page.carry(),
    deliver: (page) => page.deliver(),
    lose: (page) => (luck.next() < 0.5 ? page.sent.shift() : page.replies.shift()),
    drop: (page) => page.line(false),
    back: (page) => page.line(true),
    look: (page) => (page.answers.reload(), page.sync.refresh()),
    reload(page, place) {
      page.leave();
      tabs[place] = new Page(clock, kernel, store);
    },
  };
  const often = ["type", "type", "type", "wait", "flush", "carry", "carry", "deliver", "deliver"];
  const step = () => {
    clock.pass(1 + luck.below(50));
    const place = luck.below(count);
    steps[luck.pick([...often, ...Object.keys(steps)])](tabs[place], place);
  };
  const rest = () => {
    for (const page of tabs) page.line(true);
    settle(tabs);
    for (const page of tabs) page.answers.reload();
    for (const page of tabs) page.sync.refresh();
    settle(tabs);
  };
  return { luck, kernel, store, tabs, last, newest, step, rest };
}

for (let seed = 1; seed <= 100; seed++) {
  test(`whatever happens, what was typed last is shown and arrives (${seed})`, () => {
    const { kernel, store, tabs, last, step, rest } = life(seed, 1);
    for (let i = 0; i < 120; i++) {
      step();
      for (const path in last[0]) assert.equal(tabs[0].answers.get(path), last[0][path]);
    }
    rest();
    assert.deepEqual(kernel.values(), last[0]);
    for (const path in last[0]) assert.equal(tabs[0].answers.get(path), last[0][path]);
    assert.deepEqual(Object.keys(store), ["academy/device"]);
  });

  test(`two tabs never destroy each other's last words (${seed})`, () => {
    const { luck, kernel, store, tabs, last, step, rest } = life(seed, 2);
    for (let i = 0; i < 120; i++) {
      step();
      for (const page of tabs) while (page.sent.length) luck.next() < 0.8 ? page.carry() : page.sent.shift();
    }
    rest();
    const values = kernel.values();
    for (const path of paths) {
      const typed = last.map((words) => words[path]).filter(Boolean);
      if (!typed.length) continue;
      assert.ok(typed.includes(values[path]), `${values[path]} is the last word of a tab`);
      for (const page of tabs) assert.equal(page.answers.get(path), values[path]);
    }
    assert.deepEqual(Object.keys(store), ["academy/device"]);
  });

  test(`on lines of very different speed two tabs still bring the last words to the history (${seed})`, () => {
    const { kernel, store, newest, step, rest } = life(seed, 2);
    for (let i = 0; i < 120; i++) step();
    rest();
    const history = kernel.revisions.map((row) => row.value);
    for (const path in newest) assert.ok(history.includes(newest[path]));
    assert.deepEqual(Object.keys(store), ["academy/device"]);
  });
}
