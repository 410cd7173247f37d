// A form in the page, with a model that is spoken to by hand, a clock that stands still, and nothing by chance.

import { Form } from "/js/form/form.js";
import { place } from "../harness.mjs";

/** Sentences that have places, in miniature: the others say their keys. */
const PLACES = `words_between n least most, words_most n most, words_least n least, chars_most n most, chosen_between n least most,
  chosen_most n most, chosen_least n least, rows_between n least most, rows_most n most, rows_least n least, number_understood n,
  number_step step, number_between low high, number_least low, number_most high, fill_first name, row_heading row title, row_progress n all, row_removed row, row_restored row, row_moved row n all, new_question n, named what of,
  overtaken_by who when, changed_by who when, changed_before who when, submitted when n, file_saved name, file_opened n, gaps n,
  rows_few n least, rows_many n most, too_many_chars n most, too_few_words n least, too_many_words n most, two_numbers one other,
  no_step step, out_of_range low high, too_few_chosen n least, too_many_chosen n most, too_early date, too_late date,
  paper_page n all, paper_only_if name values`;

/** @type {Record<string, string>} */
export const TEXTS = Object.fromEntries(
  PLACES.split(",").map((line) => line.trim().split(" ")).map(([key, ...names]) => [key, [key, ...names.map((name) => `{${name}}`)].join(" ")]),
);
TEXTS.row_name = "{row} {n}";
TEXTS.submitting = "submitting …";

const real = { setTimeout: window.setTimeout.bind(window), Date: window.Date };

/** It goes on over all tests of a page: what is said at once is told from what comes later. */
let time = new real.Date(2030, 0, 5, 12).getTime();
/** @type {{id: number, at: number, work: () => void}[]} */
let jobs = [];
let count = 0;

/** Let time pass, and what is due happen. */
export function pass(ms) {
  const end = time + ms;
  for (;;) {
    const [due] = jobs.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id);
    if (!due) break;
    jobs = jobs.filter((job) => job !== due);
    time = Math.max(time, due.at);
    due.work();
  }
  time = end;
}

/** How many jobs wait for their time. */
export const waiting = () => jobs.length;

class Watch {
  static all = [];
  constructor(work) {
    this.work = work;
    this.on = new Set();
    Watch.all.push(this);
  }
  observe(el) {
    this.on.add(el);
  }
  disconnect() {
    this.on.clear();
  }
}
class Sizes extends Watch {}
class Views extends Watch {}

/** Elements have come into view, or have left it. */
export const seen = (...els) => look(els, true);
export const gone = (...els) => look(els, false);
function look(els, isIntersecting) {
  for (const watch of Watch.all.filter((one) => one instanceof Views)) {
    const entries = els.filter((el) => watch.on.has(el)).map((target) => ({ target, isIntersecting }));
    if (entries.length) watch.work(entries);
  }
}

/** An element has another size. */
export function sized(el) {
  for (const watch of Watch.all.filter((one) => one instanceof Sizes && one.on.has(el))) watch.work([]);
}

/** How many elements somebody still watches. */
export const watched = () => Watch.all.reduce((sum, { on }) => sum + on.size, 0);

/** Replace what a test can't wait for or foretell. What is asked without a time is the harness's own, and happens. */
function still() {
  jobs = [];
  count = 0;
  time += 1000;
  Watch.all = [];
  let drawn = 0;
  window.setTimeout = (work, ms) => {
    if (ms === undefined) return real.setTimeout(work);
    jobs.push({ id: ++count, at: time + ms, work });
    return count;
  };
  window.clearTimeout = (id) => (jobs = jobs.filter((job) => job.id !== id));
  window.Date = class extends real.Date {
    constructor(...given) {
      super(...(given.length ? given : [time]));
    }
    static now = () => time;
  };
  performance.now = () => time;
  Math.random = () => 0;
  crypto.getRandomValues = (bytes) => (bytes.fill(0), (bytes[bytes.length - 1] = ++drawn), bytes);
  window.ResizeObserver = Sizes;
  window.IntersectionObserver = Views;
}

export const SPEC = { course: "course", exercise: "map", title: "Map", version: "1" };
const DOC = { person: "p", open: true, values: {}, revs: {}, rev: 0, submissions: [], advice: [], computed: {}, shown: {} };

/** Make everything new: the page, what the browser keeps, the clock's jobs. */
export function fresh() {
  opened?.form.close();
  opened = null;
  localStorage.clear();
  still();
  return place();
}

let opened = null;

/**
 * Open a form. Nothing is answered until a test does: `answer()` for the oldest message as a kernel would, `hear()` for any.
 * @param {object[]} fields
 */
export function open(fields, { doc = {}, spec = {}, lang = "en", dir = "ltr", width = 1000, state = "online", plain = false, kept = {}, texts = TEXTS } = {}) {
  const el = fresh();
  for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, JSON.stringify(value));
  el.style.width = `${width}px`;
  document.documentElement.lang = lang;
  const traits = { spec: { ...SPEC, fields, ...spec }, doc: { ...DOC, ...doc }, texts, lang, dir };
  const listeners = new Set();
  const line = new Set();
  let { rev } = traits.doc;
  const page = {
    el,
    sent: [],
    listeners,
    line,
    connection: { state, on: (heard) => (line.add(heard), () => line.delete(heard)) },
    set(now) {
      this.connection.state = now;
      for (const heard of line) heard();
    },
    hear(message) {
      for (const heard of [...listeners]) heard(message);
    },
    /** Answer the oldest message; says what it was. */
    answer(more = {}) {
      const message = this.sent.shift();
      const edits = message.edits ?? [];
      const revs = Object.fromEntries(edits.map(({ path }) => [path, ++rev]));
      const kind = { save: "saved", submit: "submitted", sync: "current", pictures: "pictures" }[message.kind];
      const known = kind === "submitted" && { submission: { number: 1, at_text: "today" } };
      this.hear({ kind, n: message.n, since: message.rev, rev, ids: edits.map(({ id }) => id), ...(edits.length && { revs }), ...known, ...more });
      return message;
    },
    /** Let what was typed be sent and answered; says what it was. */
    settle() {
      const said = [];
      for (pass(600); this.sent.length; pass(600)) said.push(...(this.answer().edits ?? []));
      return said.map(({ path, value }) => [path, value]);
    },
    /** Somebody else wrote. */
    elsewhere(path, value, by = { name: "Bao", file: false, at_text: "noon" }, more = {}) {
      this.hear({ kind: "current", n: 0, since: rev, rev: ++rev, changed: { [path]: { value, rev, by } }, ...more });
    },
    at: (path, after = "") => document.getElementById(`f1/${path}/${after}`),
    button: (text) => [...document.querySelectorAll("button")].find((one) => one.textContent.startsWith(text) && !one.closest("[hidden]")),
  };
  const model = {
    get: (name) => traits[name],
    on: (event, heard) => event === "msg:custom" && listeners.add(heard),
    off: (event, heard) => event === "msg:custom" && listeners.delete(heard),
    send: (content) => page.sent.push(structuredClone(content)),
    ...(!plain && { connection: page.connection }),
  };
  page.model = model;
  page.form = new Form(model, el);
  page.root = el.querySelector(".academy-form");
  opened = page;
  return page;
}

/** Write into a field as a person does. */
export function write(field, text) {
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Choose in a list that opens. */
export function choose(list, value) {
  list.focus();
  list.value = value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}
