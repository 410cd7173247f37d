// A page, a line and a kernel in miniature for one form. The test sets `window.scenario` before the page loads.
import form from "./form.js";

const scenario = window.scenario;
document.documentElement.lang = scenario.lang ?? "en";
document.documentElement.dir = scenario.dir ?? "ltr";
document.querySelector("h1").textContent = scenario.spec.title;

/** What the kernel has outlives the page, as a database would. */
const shelf = {
  read: () => JSON.parse(localStorage.getItem("fake-kernel") ?? '{"rows": [], "submissions": []}'),
  write: (kept) => localStorage.setItem("fake-kernel", JSON.stringify(kept)),
};

function newest(rows) {
  const found = {};
  rows.forEach((row, place) => {
    const known = found[row.path];
    if (!known || row.at >= known.at) found[row.path] = { ...row, rev: place + 1 };
  });
  return found;
}

const kernel = {
  silent: false,
  heard: [],
  problems: scenario.problems ?? null,
  refuse: scenario.refuse ?? {},
  advice: null,
  computed: null,
  rows: () => shelf.read().rows,
  values: () => Object.fromEntries(Object.entries(newest(shelf.read().rows)).map(([path, row]) => [path, row.value])),
  submissions: () => shelf.read().submissions,
  /** Somebody writes on another device: a team-mate by name, or the same person. */
  elsewhere(path, value, age = 0, name = "") {
    const kept = shelf.read();
    const by = { name, file: false, at_text: "5 March 2026, 14:05" };
    kept.rows.push({ id: `else-${kept.rows.length}`, path, value, at: Date.now() - age, device: "elsewhere", by });
    shelf.write(kept);
  },
  /** The kernel says unasked what is new since a revision. */
  tell(since) {
    const message = { kind: "current", n: 0, since, ...this.now(shelf.read(), () => true, since) };
    listeners.forEach((callback) => callback(message));
  },
  answer(message) {
    const kept = shelf.read();
    if (message.kind === "pictures") {
      return { kind: "pictures", pictures: Object.fromEntries(message.ids.map((id) => [id, scenario.pictures?.[id] ?? null])) };
    }
    if (message.kind === "sync") return { ...this.now(kept, () => true, message.rev), kind: "current" };
    const refused = {};
    const overtaken = [];
    for (const edit of message.edits) {
      if (this.refuse[edit.path]) refused[edit.id] = this.refuse[edit.path];
      if (refused[edit.id] || kept.rows.some((row) => row.id === edit.id)) continue;
      const rival = kept.rows.find((row, place) => row.path === edit.path && place + 1 > edit.base && row.device !== message.device);
      // What was typed over an edit of the same device is newer than that one, whichever is said to be older.
      const under = kept.rows.filter((row) => edit.over && row.path === edit.path && row.device === message.device);
      const at = Math.max(Date.now() - edit.age, ...under.map((row) => row.at));
      kept.rows.push({ ...edit, at, device: message.device });
      if (rival) overtaken.push({ path: edit.path, by: rival.by, yours: rival.at > Date.now() - edit.age ? edit.value : rival.value });
    }
    const sent = new Set(message.edits.map((edit) => edit.path));
    const current = newest(kept.rows);
    const own = (path) => message.edits.some((edit) => edit.path === path && edit.value === current[path].value);
    const fresh = (path) => sent.has(path) || current[path].rev > message.rev;
    const reply = {
      ...this.now(kept, (path) => fresh(path) && !own(path), 0),
      kind: "saved",
      since: message.rev,
      rivals: Object.fromEntries(overtaken.map(({ path, by }) => [path, { by }])),
      ids: message.edits.map((edit) => edit.id).filter((id) => !refused[id]),
      revs: Object.fromEntries([...sent].filter((path) => current[path]).map((path) => [path, current[path].rev])),
      overtaken: overtaken.map((item) => ({ ...item, now: current[item.path].value })),
      refused,
    };
    if (message.kind === "submit") {
      const unseen = Object.keys(current).filter((path) => current[path].rev > message.rev && !own(path));
      const known = kept.submissions.some((item) => item.key === message.key);
      if (unseen.length && !known) {
        const problems = unseen.map((path) => ({ path, text: "Changed by Bao." }));
        Object.assign(reply, { kind: "not-submitted", problems, unseen, text: "Something has changed." });
      } else if (this.problems) Object.assign(reply, { kind: "not-submitted", problems: this.problems, text: "Some places need a look." });
      else {
        if (!kept.submissions.some((item) => item.key === message.key)) {
          kept.submissions.push({ key: message.key, number: kept.submissions.length + 1, at_text: "3 March 2026, 14:05" });
        }
        const submission = kept.submissions.find((item) => item.key === message.key);
        Object.assign(reply, { kind: "submitted", submission, submissions: kept.submissions });
      }
    }
    shelf.write(kept);
    return reply;
  },
  now(kept, wanted, rev) {
    const fresh = Object.values(newest(kept.rows)).filter((row) => row.rev > rev && wanted(row.path));
    const changed = Object.fromEntries(fresh.map((row) => [row.path, { value: row.value, rev: row.rev, by: row.by }]));
    const more = {};
    if (this.advice) more.advice = this.advice;
    if (this.computed) more.computed = this.computed;
    return { changed, rev: kept.rows.length, submissions: kept.submissions, ...more };
  },
};

const listeners = new Set();
const line = new Set();
const connection = {
  state: scenario.connection ?? "online",
  on: (callback) => (line.add(callback), () => line.delete(callback)),
  set(state) {
    this.state = state;
    line.forEach((callback) => callback(state));
  },
};

const current = newest(kernel.rows());
const doc = {
  person: "p-test",
  open: true,
  submissions: kernel.submissions(),
  advice: [],
  computed: {},
  shown: {},
  preview: false,
  ...scenario.doc,
  values: { ...scenario.doc?.values, ...kernel.values() },
  revs: Object.fromEntries(Object.values(current).map((row) => [row.path, row.rev])),
  rev: kernel.rows().length,
};
const traits = { spec: scenario.spec, doc, texts: scenario.texts, lang: scenario.lang ?? "en", dir: scenario.dir ?? "ltr" };

const model = {
  get: (name) => traits[name],
  on: (event, callback) => event === "msg:custom" && listeners.add(callback),
  off: (_event, callback) => listeners.delete(callback),
  send(message) {
    kernel.heard.push(structuredClone(message));
    if (kernel.silent || connection.state !== "online") return;
    setTimeout(() => kernel.silent || listeners.forEach((callback) => callback({ n: message.n, ...kernel.answer(message) })));
  },
  connection: scenario.plain ? undefined : connection,
};

window.kernel = kernel;
window.connection = connection;
window.close = form.render({ model, el: document.getElementById("form") });
