// A store and kernel in miniature, and a clock that is turned by hand.
import { Answers } from "../../widgets/academy_widgets/js/form/saving/answers.js";
import { Draft } from "../../widgets/academy_widgets/js/form/saving/draft.js";
import { Sync } from "../../widgets/academy_widgets/js/form/saving/sync.js";

/** A generator of the same numbers for the same seed (mulberry32). */
export function chance(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, below: (n) => Math.floor(next() * n), pick: (items) => items[Math.floor(next() * items.length)] };
}

export class Clock {
  time = 1_700_000_000_000;
  jobs = new Map();
  count = 0;
  now = () => this.time;
  later = (work, ms) => {
    this.jobs.set(++this.count, { work, at: this.time + ms });
    return this.count;
  };
  never = (id) => this.jobs.delete(id);
  pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.jobs].filter(([, job]) => job.at <= end).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
      if (!due) break;
      this.jobs.delete(due[0]);
      this.time = Math.max(this.time, due[1].at);
      due[1].work();
    }
    this.time = end;
  }
}

/** localStorage in miniature; Object.keys() lists its keys as a browser's does. */
export function storage(limit = Infinity) {
  const items = { "academy/device": "phone" };
  Object.defineProperties(items, {
    getItem: { value: (key) => items[key] ?? null },
    removeItem: { value: (key) => delete items[key] },
    setItem: {
      value: (key, value) => {
        const used = Object.entries(items).reduce((sum, [k, v]) => sum + (k === key ? 0 : k.length + v.length), 0);
        if (used + key.length + value.length > limit) throw new Error("QuotaExceededError");
        items[key] = value;
      },
    },
  });
  return items;
}

/** Keeps revisions as the real store does: each id once, the newest typed wins; nobody hands in what they have not seen. */
export class Kernel {
  constructor(clock) {
    this.clock = clock;
    this.revisions = [];
    this.submissions = [];
  }
  current() {
    const newest = {};
    const typed = this.revisions.map((row, place) => ({ ...row, place }));
    for (const row of typed.sort((a, b) => a.at - b.at || a.place - b.place)) newest[row.path] = row;
    return newest;
  }
  values() {
    return Object.fromEntries(Object.values(this.current()).map((row) => [row.path, row.value]));
  }
  add({ edits, device, clock = this.clock.now() }) {
    const overtaken = [];
    const late = Math.max(0, this.clock.now() - clock);
    for (const edit of edits) {
      if (this.revisions.some((row) => row.id === edit.id)) continue;
      let at = this.clock.now() - late - edit.age;
      const own = this.revisions.filter((row) => row.path === edit.path && row.device === device && row.rev > edit.base);
      if (edit.over) at = Math.max(at, ...own.map((row) => row.at + 0.001));
      const rival = this.revisions.findLast(
        (row) => row.path === edit.path && row.rev > edit.base && row.device !== device && row.value !== edit.value,
      );
      this.revisions.push({ ...edit, at, device, rev: this.revisions.length + 1 });
      if (rival) overtaken.push({ path: edit.path, yours: rival.at > at ? edit.value : rival.value });
    }
    const current = this.current();
    const paths = [...new Set(edits.map((edit) => edit.path))];
    return {
      ids: edits.map((edit) => edit.id),
      rev: this.revisions.length,
      revs: Object.fromEntries(paths.map((path) => [path, current[path].rev])),
      changed: Object.fromEntries(
        paths
          .filter((path) => current[path].value !== edits.findLast((edit) => edit.path === path).value)
          .map((path) => [path, { value: current[path].value, rev: current[path].rev }]),
      ),
      overtaken: overtaken.map((item) => ({ ...item, now: current[item.path].value })),
    };
  }
  answer(message) {
    return { n: message.n, clock: this.clock.now(), ...this.reply(message) };
  }
  /** What counts now and was written after a revision; `by` tells whether another browser wrote it. */
  since(rev, device) {
    const fresh = Object.values(this.current()).filter((row) => row.rev > rev);
    return Object.fromEntries(
      fresh.map((row) => [row.path, { value: row.value, rev: row.rev, ...(row.device !== device && { by: { name: row.device } }) }]),
    );
  }
  reply(message) {
    const { rev: since, device } = message;
    if (message.kind === "sync") {
      const changed = this.since(since, device);
      return { kind: "current", since, rev: this.revisions.length, changed, submissions: this.submissions };
    }
    const saved = { since, ...this.add(message) };
    const sent = new Map(message.edits.map((edit) => [edit.path, edit]));
    const fresh = Object.entries(this.since(since, device));
    saved.changed = { ...saved.changed, ...Object.fromEntries(fresh.filter(([path]) => !sent.has(path))) };
    if (message.kind === "save") return { kind: "saved", ...saved };
    const unseen = fresh.map(([path]) => path).filter((path) => {
      const mine = sent.get(path);
      return !mine || (this.current()[path].id !== mine.id && this.current()[path].value !== mine.value);
    });
    if (unseen.length && !this.submissions.some((item) => item.key === message.key)) {
      return { kind: "not-submitted", ...saved, unseen, problems: [], text: "Look again." };
    }
    let submission = this.submissions.find((item) => item.key === message.key);
    if (!submission) {
      submission = { number: this.submissions.length + 1, key: message.key, values: this.values() };
      this.submissions.push(submission);
    }
    return { kind: "submitted", ...saved, submission, submissions: this.submissions };
  }
}

/** One page: answers, draft and sync, with a line that delivers when told to, and a clock that may be wrong. */
export class Page {
  constructor(clock, kernel, store, device = "phone", wrong = 0) {
    const now = () => clock.now() + wrong;
    Object.assign(this, { clock, kernel, store, device, online: true, sent: [], replies: [], heard: [], late: [], learned: [] });
    const current = Object.values(kernel.current());
    const doc = {
      values: kernel.values(),
      revs: Object.fromEntries(current.map((row) => [row.path, row.rev])),
      rev: kernel.revisions.length,
    };
    this.answers = new Answers(doc, new Draft("academy/p/c/x/", store), now);
    this.sync = new Sync(this.answers, {
      send: (content) => {
        if (this.broken) throw new Error("the line is gone");
        this.sent.push(structuredClone(content));
      },
      online: () => this.online,
      heard: (message, late, learned) => (this.heard.push(message), this.late.push(...late), this.learned.push(...learned)),
      changed: () => this.look(),
      later: clock.later,
      never: clock.never,
      now,
      device,
    });
    this.sync.hearClock(clock.now());
    this.look();
  }
  /** What the form shows of the answers' whereabouts: it looks only when it is told to. */
  look() {
    this.shown = this.truth;
  }
  get truth() {
    const { state, intent, changedSince } = this.sync;
    return { state, submitting: intent !== null, changedSince };
  }
  type(path, value) {
    if (this.answers.set(path, value)) this.sync.touched();
  }
  /** The kernel takes the oldest message; its reply waits on the line. */
  carry() {
    const message = this.sent.shift();
    if (message) this.replies.push(this.kernel.answer(message));
  }
  deliver() {
    const reply = this.replies.shift();
    if (reply) this.sync.receive(structuredClone(reply));
  }
  settle() {
    settle([this]);
  }
  line(online) {
    if (this.online === online) return;
    this.online = online;
    if (!online) (this.sent = []), (this.replies = []);
    this.sync.reconnected();
  }
  leave() {
    this.sync.close();
    this.sent = [];
    this.replies = [];
  }
}

/** Let everything through until nothing moves. */
export function settle(pages) {
  const moving = () => pages.filter((page) => page.sent.length || page.replies.length);
  for (let i = 0; i < 200; i++) {
    while (moving().length) {
      for (const page of moving()) page.carry(), page.deliver();
    }
    pages[0].clock.pass(1000);
  }
}
