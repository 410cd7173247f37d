// Parts of the widgets' state that stay the same from visit to visit, such as what an exercise asks. This device keeps
// them for each page and says so in a cookie for that page alone; on the next visit they need not come again.

/** @typedef {import("../types.js").State} State */

const COOKIE = "academy-kept";
const YEAR = 365 * 24 * 3600;

/**
 * Put the parts where the server has left their digests.
 * @param {Record<string, State>} states by model id, changed in place
 * @returns {boolean} false if one of them is not here: the kernel has it
 */
export function restoreKept(states) {
  const key = `academy.kept ${location.pathname}`;
  const before = read(key);
  /** @type {Record<string, any>} */
  const now = {};
  const parts = [];
  for (const state of Object.values(states)) {
    for (const [name, part] of Object.entries(state)) {
      if (!part?.$kept) continue;
      if ("value" in part) now[part.$kept] = part.value;
      parts.push({ state, name, digest: part.$kept });
    }
  }
  for (const { digest } of parts) now[digest] ??= before[digest];
  for (const { state, name, digest } of parts) state[name] = now[digest];
  const whole = parts.every(({ digest }) => now[digest] !== undefined);
  const changed = Object.keys(now).some((digest) => !(digest in before));
  if (!whole) remember(key, {});
  else if (changed) remember(key, now);
  return whole;
}

/** @param {string} key @returns {Record<string, any>} */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} key @param {Record<string, any>} parts */
function remember(key, parts) {
  let digests = Object.keys(parts);
  try {
    localStorage.setItem(key, JSON.stringify(parts));
  } catch {
    digests = []; // no room: everything comes again
  }
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = digests.length ? YEAR : 0;
  document.cookie = `${COOKIE}=${digests.join(".")}; path=${location.pathname}; max-age=${age}; samesite=lax${secure}`;
}
