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

/** Let what was promised happen. */
export const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Wait until something is so; the test fails at its own end if it never is. */
export async function until(condition) {
  for (let looks = 0; !condition() && looks < 1000; looks++) await new Promise((resolve) => setTimeout(resolve, 10));
  ok(condition(), `never: ${condition}`);
}

const tree = (0, eval)(await (await fetch("/tree.js")).text());
let walks = {};

/** Note down under a name what stands below an element, step by step; the tests compare it with what somebody read. */
export function walk(name, root) {
  const steps = (walks[name] = []);
  return (label) => steps.push([label, tree(root)]);
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
    }
  }
  return { failed, walks };
}
