// Tests of scripts that need a page: a file imports this, names its tests, and exports them.

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Fail unless two values say the same. */
export function equal(found, wanted, about = "") {
  if (!same(found, wanted)) throw new Error(`${about} found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
}

/** Fail unless something is so. */
export function ok(found, about = "it is not so") {
  if (!found) throw new Error(about);
}

/** The texts of the elements that a selector finds. */
export const texts = (root, selector) => [...root.querySelectorAll(selector)].map((element) => element.textContent);

/** Says a key with the values that it was given, so that tests do not depend on sentences. */
export const t = (key, values = {}) => [key, ...Object.values(values)].join(" ");

/** An empty place in the page. */
export function place() {
  document.body.replaceChildren();
  return document.body.appendChild(document.createElement("div"));
}

const { setTimeout: later } = globalThis;

/** Let what was promised happen. */
export const settled = () => new Promise((resolve) => later(resolve));

/** Wait until something is so; the test fails at its own end if it never is. */
export async function until(condition) {
  for (let looks = 0; !condition() && looks < 1000; looks++) await new Promise((resolve) => later(resolve, 10));
  ok(condition(), `never: ${condition}`);
}

const tree = (0, eval)(await (await fetch("/tree.js")).text());
let walks = {};

/** Note down under a name what stands below an element, step by step; the tests compare it with what somebody read. */
export function walk(name, root) {
  const steps = (walks[name] = []);
  return (label) => steps.push([label, tree(root)]);
}

const undo = [];

/** Put something in the place of what an object has, until the test ends. */
export function instead(object, values) {
  for (const [name, value] of Object.entries(values)) {
    const own = Object.getOwnPropertyDescriptor(object, name);
    undo.push(() => (own ? Object.defineProperty(object, name, own) : delete object[name]));
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
  }
}

/** As `settled`, and sooner. */
const soon = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (port1.close(), resolve());
    port2.postMessage(null);
  });

/** A window's clock, turned by hand until the test ends: `pass(ms)` lets what is due by then happen. */
export function clock(window = globalThis) {
  let now = 1_700_000_000_000;
  let count = 0;
  const jobs = new Map();
  const set = (repeats) => (work, wait = 0, ...given) => (jobs.set(++count, { work, wait, given, repeats, at: now + wait }), count);
  const forget = (id) => void jobs.delete(id);
  instead(window, { setTimeout: set(false), clearTimeout: forget, setInterval: set(true), clearInterval: forget });
  instead(window.Date, { now: () => now });
  instead(window.performance, { now: () => now });
  const pass = async (ms) => {
    const end = now + ms;
    for (;;) {
      await soon();
      const [id, job] = [...jobs].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (!job) break;
      now = Math.max(now, job.at);
      if (job.repeats) job.at += job.wait;
      else jobs.delete(id);
      job.work(...job.given);
    }
    now = end;
  };
  return { pass, jobs, seconds: () => now / 1000 };
}

/** Somebody looks at a page, or at another one. */
export function look(document, seen) {
  instead(document, { hidden: !seen, visibilityState: seen ? "visible" : "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}

/** Run tests by name; returns what failed, and how, and what was noted down. */
export async function run(tests) {
  const failed = [];
  walks = {};
  for (const [name, work] of Object.entries(tests)) {
    try {
      await work();
    } catch (error) {
      failed.push(`${name}: ${error.message}`);
    } finally {
      for (const back of undo.splice(0).reverse()) back();
    }
  }
  return { failed, walks };
}
