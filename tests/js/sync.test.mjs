import assert from "node:assert/strict";
import { test } from "node:test";
import { IDLE, LONGEST_WAIT, TIMEOUT } from "../../widgets/academy_widgets/js/form/saving/sync.js";
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
    look: (page) => (page.answers.reload(), page.sync.refresh(), page.look()),
    submit: (page) => luck.next() < 0.3 && page.sync.submit(),
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
    assert.deepEqual(tabs[place].shown, tabs[place].truth);
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

/** A phone and a laptop of one person, or of two in a team, that know each other's words so far. */
function pair({ wrong = 0 } = {}) {
  const clock = new Clock();
  const kernel = new Kernel(clock);
  const phone = new Page(clock, kernel, storage(), "phone", wrong);
  const laptop = new Page(clock, kernel, storage(), "laptop");
  return { clock, kernel, phone, laptop };
}

/** Let one page speak to the kernel until it has nothing to say. */
function talk(page) {
  page.sync.flush();
  while (page.sent.length || page.replies.length) page.carry(), page.deliver();
}

const HOUR = 3600_000;
for (const wrong of [0, 5 * HOUR, -5 * HOUR]) {
  test(`a message that lay about on a dead line counts from when it was typed, also with a clock ${wrong / HOUR} hours off`, () => {
    const { clock, kernel, phone, laptop } = pair({ wrong });
    phone.type("why", "from the phone, at once");
    phone.sync.flush(); // it leaves, and hangs
    clock.pass(4000);
    laptop.type("why", "from the laptop, four seconds later");
    talk(laptop);
    clock.pass(4000);
    phone.carry();
    phone.deliver();
    assert.equal(kernel.values().why, "from the laptop, four seconds later");
    assert.equal(phone.answers.get("why"), "from the laptop, four seconds later");
    assert.deepEqual(
      phone.heard.flatMap((message) => message.overtaken ?? []),
      [{ path: "why", yours: "from the phone, at once", now: "from the laptop, four seconds later" }],
    );
  });
}

test("what was typed over a message that hangs is not younger than it is", () => {
  const { clock, kernel, phone, laptop } = pair();
  phone.type("why", "one");
  phone.sync.flush();
  clock.pass(1000);
  phone.type("why", "one and two");
  clock.pass(3000);
  laptop.type("why", "three");
  talk(laptop);
  clock.pass(4000);
  phone.line(false);
  phone.line(true);
  talk(phone);
  assert.equal(kernel.values().why, "three");
  const typed = Object.fromEntries(kernel.revisions.map((row) => [row.value, Math.round(clock.now() - row.at)]));
  assert.deepEqual(typed, { one: 8000, "one and two": 7000, three: 4000 });
});

test("the clock of the fastest answer is believed, and nothing is sent before one was heard", () => {
  const { clock, page } = start();
  page.sync.ahead = null;
  page.type("why", "one");
  page.sync.flush();
  assert.equal("clock" in page.sent[0], false);
  page.sync.hearClock(clock.now() - 3000);
  page.sync.hearClock(undefined);
  page.sync.hearClock(clock.now() - 200);
  page.sync.hearClock(clock.now() - 5000);
  assert.equal(page.sync.ahead, -200);
});

test("nobody hands in what they have not seen: they are shown it, and hand it in when they ask again", () => {
  const { kernel, phone, laptop } = pair();
  phone.type("why", "mine");
  talk(phone);
  laptop.sync.refresh();
  talk(laptop);
  laptop.type("why", "yours");
  talk(laptop);
  assert.equal(phone.answers.get("why"), "mine");
  phone.sync.submit();
  talk(phone);
  assert.equal(kernel.submissions.length, 0);
  assert.equal(phone.answers.get("why"), "yours");
  assert.equal(phone.sync.intent, null);
  assert.deepEqual(phone.learned, [{ path: "why", by: { name: "laptop" }, was: "mine", now: "yours" }]);
  assert.deepEqual(phone.heard[phone.heard.length - 1].unseen, ["why"]);
  phone.sync.submit();
  talk(phone);
  assert.equal(kernel.submissions[0].values.why, "yours");
});

test("what others wrote comes along with a save, and may be handed in after that", () => {
  const { kernel, phone, laptop } = pair();
  laptop.type("who", "drivers");
  talk(laptop);
  phone.type("why", "mine");
  talk(phone);
  assert.equal(phone.answers.get("who"), "drivers");
  assert.equal(phone.answers.rev, 2);
  phone.sync.submit();
  talk(phone);
  assert.deepEqual(kernel.submissions[0].values, { who: "drivers", why: "mine" });
});

test("a change that looks the same here holds no submission back", () => {
  const { kernel, phone, laptop } = pair();
  phone.type("why", "the same");
  phone.sync.flush();
  phone.carry();
  phone.replies = []; // the answer is lost, and so is what it said
  laptop.type("who", "drivers ");
  talk(laptop);
  phone.answers.confirmed.set("who", "drivers");
  phone.sync.reconnected();
  phone.sync.submit();
  talk(phone);
  assert.equal(kernel.submissions.length, 1);
  assert.equal(phone.heard.filter((message) => message.unseen).length, 0);
});

test("what the kernel tells unasked is shown, and an own word under way stays", () => {
  const { kernel, phone, laptop } = pair();
  laptop.type("who", "drivers");
  laptop.type("why", "theirs");
  talk(laptop);
  phone.type("why", "mine");
  phone.sync.receive({ kind: "current", n: 0, since: 0, rev: 2, changed: kernel.since(0, "phone") });
  assert.equal(phone.answers.get("who"), "drivers");
  assert.equal(phone.answers.get("why"), "mine");
  assert.equal(phone.answers.rev, 2);
  assert.deepEqual(phone.learned, [{ path: "who", by: { name: "laptop" }, was: null, now: "drivers" }]);
  assert.equal(phone.sync.request, null);
});

test("where something in between was missed, everything is asked for before anything is handed in", () => {
  const { kernel, phone, laptop } = pair();
  laptop.type("who", "drivers");
  talk(laptop);
  laptop.type("where", "in the port");
  talk(laptop);
  phone.sync.receive({ kind: "current", n: 0, since: 1, rev: 2, changed: kernel.since(1, "phone") });
  assert.equal(phone.answers.rev, 0);
  assert.deepEqual(phone.sent.map(({ kind, rev }) => [kind, rev]), [["sync", 0]]);
  phone.sync.submit();
  talk(phone);
  assert.equal(phone.answers.get("who"), "drivers");
  assert.equal(phone.answers.rev, 2);
  assert.equal(kernel.submissions.length, 1);
});

test("what another tab took along is asked about before a submission", () => {
  const { clock, page, kernel, store } = start();
  page.line(false);
  page.type("why", "first");
  const second = new Page(clock, kernel, store);
  second.settle();
  page.line(true);
  page.sync.submit();
  page.settle();
  assert.equal(kernel.submissions.length, 1);
  assert.equal(page.answers.unsure, false);
  assert.equal(page.answers.rev, kernel.revisions.length);
});

/** What a page has sent since it was last asked, in short. */
const sentBy = (page) => page.sent.splice(0).map(({ kind, edits = [] }) => [kind, edits.length]);

test("what is typed goes after six tenths of a second of rest, and after five seconds at most", () => {
  const { clock, page } = start();
  page.type("why", "a");
  clock.pass(599);
  page.type("why", "ab");
  clock.pass(599);
  assert.deepEqual(sentBy(page), []);
  clock.pass(1);
  assert.deepEqual(sentBy(page), [["save", 1]]);
  const second = start();
  for (let i = 0; i < 10; i++) second.page.type("why", "x".repeat(i + 1)), second.clock.pass(i < 9 ? 500 : 499);
  assert.deepEqual(sentBy(second.page), []);
  second.clock.pass(1);
  assert.deepEqual(sentBy(second.page), [["save", 1]]);
});

test("after a save the five seconds are counted anew", () => {
  const { clock, page } = start();
  page.type("why", "a");
  clock.pass(600);
  page.carry();
  page.deliver();
  clock.pass(10_000);
  page.type("why", "ab");
  clock.pass(599);
  assert.deepEqual(sentBy(page), []);
  clock.pass(1);
  assert.deepEqual(sentBy(page), [["save", 1]]);
});

test("what was sent before its time is not sent again when the time has come", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.flush();
  page.carry();
  page.deliver();
  clock.pass(100_000);
  assert.deepEqual(sentBy(page), []);
  assert.equal(page.sync.request, null);
});

test("a kernel that does not answer is waited for fifteen seconds, and asked again after ever longer pauses", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.flush();
  const begun = clock.now();
  const times = [];
  const moments = [];
  for (let second = 0; second < 500; second++) {
    if (page.sent.length) times.push((clock.now() - begun) / 1000), page.sent.pop();
    moments.push(page.shown.state);
    clock.pass(1000);
  }
  assert.deepEqual(times, [0, 20, 45, 80, 135, 210, 285, 360, 435]);
  assert.deepEqual([moments[14], moments[15], moments[21]], ["saving", "waiting", "waiting"]);
});

test("an answer ends the row of failures", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.flush();
  clock.pass(15_000);
  clock.pass(5_000);
  page.sent.shift(); // the first is lost
  page.carry();
  page.deliver();
  assert.deepEqual([page.sync.failures, page.shown.state], [0, "saved"]);
  page.type("why", "ab");
  page.sync.flush();
  assert.equal(page.shown.state, "saving");
  clock.pass(15_000);
  page.sent = [];
  clock.pass(5_000);
  assert.deepEqual(sentBy(page), [["save", 1]]);
});

test("who types on in a pause after a failure is heard at once", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.flush();
  clock.pass(15_000);
  page.sent = [];
  page.type("why", "ab");
  clock.pass(600);
  assert.equal(page.sent[0].edits[page.sent[0].edits.length - 1].value, "ab");
});

test("a line that breaks while something is being said counts as a failure", () => {
  const { clock, page, kernel } = start();
  page.broken = true;
  page.type("why", "a");
  page.sync.flush();
  assert.deepEqual([page.sync.request, page.shown.state], [null, "waiting"]);
  clock.pass(4_999);
  page.broken = false;
  assert.deepEqual(sentBy(page), []);
  clock.pass(1);
  page.settle();
  assert.equal(kernel.values().why, "a");
});

test("a store that fails is asked again after a pause, not at once", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.flush();
  const answer = { kind: "not-saved", text: "No room.", refused: {}, retry: true };
  page.sync.receive({ n: page.sent.shift().n, ...answer });
  assert.deepEqual(sentBy(page), []);
  assert.equal(page.shown.state, "waiting");
  clock.pass(4_999);
  assert.deepEqual(sentBy(page), []);
  clock.pass(1);
  const [{ n }] = page.sent;
  assert.deepEqual(sentBy(page), [["save", 1]]);
  page.sync.receive({ n, ...answer });
  clock.pass(9_999);
  assert.deepEqual(sentBy(page), []);
  clock.pass(1);
  assert.deepEqual(sentBy(page), [["save", 1]]);
});

test("a submission to a store that fails waits and is made after a pause", () => {
  const { clock, page, kernel } = start();
  page.type("why", "a");
  page.sync.submit();
  page.sync.receive({ n: page.sent.shift().n, kind: "not-saved", text: "No room.", refused: {}, retry: true });
  assert.deepEqual(sentBy(page), []);
  assert.deepEqual(page.shown, { state: "waiting", submitting: true, changedSince: false });
  clock.pass(5_000);
  page.settle();
  assert.equal(kernel.submissions.length, 1);
});

test("a submission that the store will not take is given up, and nothing more is said until something changes", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.submit();
  page.sync.receive({ n: page.sent.shift().n, kind: "not-saved", text: "Over.", refused: {}, retry: false });
  clock.pass(200_000);
  assert.deepEqual(sentBy(page), []);
  assert.deepEqual(page.shown, { state: "waiting", submitting: false, changedSince: false });
  page.sync.submit();
  assert.deepEqual(sentBy(page), [["submit", 1]]);
});

test("a save that is refused as a whole takes no wish to submit along", () => {
  const { page } = start();
  for (let i = 0; i < 201; i++) page.type(`map/r${i}/why`, "x");
  page.sync.submit();
  page.sync.receive({ n: page.sent.shift().n, kind: "not-saved", text: "Over.", refused: {}, retry: false });
  assert.equal(page.shown.submitting, true);
});

test("where single answers are refused the others go on", () => {
  const { page } = start();
  for (let i = 0; i < 201; i++) page.type(`map/r${i}/why`, "x");
  page.sync.flush();
  const [{ n, edits }] = page.sent.splice(0);
  const refused = { [edits[0].id]: "Too long." };
  page.sync.receive({ n, kind: "not-saved", ids: edits.slice(1).map((edit) => edit.id), refused, retry: false });
  assert.deepEqual(sentBy(page), [["save", 1]]);
});

test("two hundred answers go at once and are submitted at once, more go in parts", () => {
  for (const [count, first] of [[200, ["submit", 200]], [201, ["save", 200]]]) {
    const { page } = start();
    for (let i = 0; i < count; i++) page.type(`map/r${i}/why`, "x");
    page.sync.submit();
    assert.deepEqual(sentBy(page), [first]);
  }
});

test("an answer to somebody else's question ends no question of one's own", () => {
  const { page, kernel } = start();
  page.type("why", "a");
  page.sync.flush();
  const { n } = page.sent[0];
  page.sync.receive({ kind: "saved", n: n + 1, ids: [], rev: 0 });
  assert.equal(page.sync.request.n, n);
  page.type("who", "b");
  page.sync.flush();
  assert.equal(page.sent.length, 1);
  page.settle();
  assert.deepEqual(kernel.values(), { why: "a", who: "b" });
});

test("a wish to submit that is older than the newest words is forgotten when the page opens again", () => {
  for (const [later, stays] of [[0, true], [1, false]]) {
    const { clock, page, kernel, store } = start();
    page.line(false);
    page.type("why", "a");
    page.sync.submit();
    page.leave();
    const [edit] = page.answers.draft.list();
    page.answers.draft.put({ ...edit, at: page.sync.intent.at + later });
    const again = new Page(clock, kernel, store);
    assert.equal(again.shown.submitting, stays);
    assert.equal(again.answers.draft.intent() !== null, stays);
    again.sync.flush();
    again.settle();
    assert.equal(kernel.submissions.length, stays ? 1 : 0);
  }
});

test("a wish to submit is kept as long as it is one, and the same wish twice is one", () => {
  const { page, kernel } = start();
  page.line(false);
  page.type("why", "a");
  page.sync.submit();
  const { key } = page.answers.draft.intent();
  page.sync.submit();
  assert.equal(page.answers.draft.intent().key, key);
  assert.deepEqual(page.shown, { state: "waiting", submitting: true, changedSince: false });
  page.line(true);
  assert.equal(page.shown.state, "submitting");
  assert.equal(page.sent[0].key, key);
  page.settle();
  assert.equal(page.answers.draft.intent(), null);
  assert.equal(kernel.submissions.length, 1);
});

test("what is typed is only called changed where something was submitted before", () => {
  const { clock, page } = start();
  page.type("why", "a");
  assert.equal(page.shown.changedSince, false);
  page.sync.submit();
  page.settle();
  assert.equal(page.shown.changedSince, false);
  clock.pass(1);
  page.type("why", "ab");
  assert.equal(page.shown.changedSince, true);
});

test("a page whose line comes back asks what is new, and counts its failures anew", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.flush();
  clock.pass(15_000);
  page.sent = [];
  page.line(false);
  assert.equal(page.shown.state, "waiting");
  page.line(true);
  assert.deepEqual([page.sync.failures, page.shown.state], [0, "saving"]);
  page.carry();
  page.deliver();
  assert.deepEqual(sentBy(page), [["sync", 0]]);
});

test("a page without a line says nothing", () => {
  const { clock, page } = start();
  page.line(false);
  assert.equal(page.shown.state, "offline");
  page.sync.refresh();
  page.sync.reconnected();
  clock.pass(100_000);
  assert.deepEqual(sentBy(page), []);
});

test("a store that would not take anything is asked again when the line was lost between", () => {
  const { page } = start();
  page.type("why", "a");
  page.sync.flush();
  page.sync.receive({ n: page.sent.shift().n, kind: "not-saved", text: "Over.", refused: {}, retry: false });
  page.sync.flush();
  assert.deepEqual(sentBy(page), []);
  page.line(false);
  page.line(true);
  assert.deepEqual(sentBy(page), [["save", 1]]);
});

test("a question what is new that was not answered is asked again", () => {
  const { clock, page } = start();
  page.sync.refresh();
  assert.deepEqual(sentBy(page), [["sync", 0]]);
  clock.pass(15_000);
  clock.pass(4_999);
  assert.deepEqual(sentBy(page), []);
  clock.pass(1);
  assert.deepEqual(sentBy(page), [["sync", 0]]);
});

test("a page that is left has nothing more to do", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.flush();
  page.type("who", "b");
  page.leave();
  assert.equal(clock.jobs.size, 0);
});

test("a page that was never told anything is neither saved nor anything else", () => {
  const { page } = start();
  assert.deepEqual(page.shown, { state: "idle", submitting: false, changedSince: false });
  page.sync.refresh();
  page.settle();
  assert.equal(page.shown.state, "idle");
});

test("pages that share a model count their questions from places of their own", () => {
  const { page, clock, kernel } = start();
  const other = new Page(clock, kernel, storage());
  assert.notEqual(page.sync.n, other.sync.n);
  page.sync.refresh();
  page.settle();
  const before = page.sync.n;
  page.sync.refresh();
  assert.equal(page.sync.n, before + 1);
  assert.ok(Number.isSafeInteger(2 * page.sync.n));
});

test("each message says which device it is from, what it knows and when it was written", () => {
  const { clock, page } = start();
  page.type("why", "a");
  clock.pass(600);
  const { device, rev, clock: written, edits } = page.sent[0];
  assert.deepEqual([device, rev, written, edits[0].age], ["phone", 0, clock.now(), 600]);
  page.settle();
  page.sync.refresh();
  assert.deepEqual([page.sent[0].kind, page.sent[0].device, page.sent[0].rev], ["sync", "phone", 1]);
});

test("what is typed while something is on its way waits for a rest of its own", () => {
  const { clock, page } = start();
  page.type("why", "a");
  page.sync.flush();
  page.type("why", "ab");
  page.carry();
  page.deliver();
  assert.deepEqual(sentBy(page), []);
  clock.pass(599);
  assert.deepEqual(sentBy(page), []);
  clock.pass(1);
  assert.deepEqual(sentBy(page), [["save", 1]]);
});

test("the same answer again is nothing new", () => {
  const { page } = start();
  page.type("why", "a");
  page.settle();
  assert.equal(page.answers.set("why", "a"), false);
});

test("a wish to submit that was not answered is given up if more was written since", () => {
  for (const more of [false, true]) {
    const { clock, page } = start();
    page.type("why", "a");
    page.sync.submit();
    clock.pass(1);
    if (more) page.type("who", "b");
    clock.pass(TIMEOUT);
    assert.equal(page.sync.intent === null, more);
  }
});
