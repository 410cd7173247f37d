// Widget state: binary values travel beside the JSON, each under a path; equal values are not sent again.

/** @typedef {import("../types.js").State} State */
/** @typedef {ArrayBuffer | ArrayBufferView} Binary */

/**
 * Put buffers back into the state they were taken from.
 * @param {any} state changed in place
 * @param {(string | number)[][]} [paths]
 * @param {Binary[]} [buffers]
 * @returns {any} the same state
 */
export function putBuffers(state, paths = [], buffers = []) {
  paths.forEach((path, index) => {
    const last = path[path.length - 1];
    const holder = path.slice(0, -1).reduce((value, key) => value[key], state);
    holder[last] = buffers[index];
  });
  return state;
}

/**
 * Take binary values out of a state; the original stays as it is.
 * @param {State} state
 * @returns {{state: State, paths: (string | number)[][], buffers: Binary[]}}
 */
export function splitBuffers(state) {
  /** @type {(string | number)[][]} */
  const paths = [];
  /** @type {Binary[]} */
  const buffers = [];
  /** @type {(value: any, path: (string | number)[]) => any} */
  const walk = (value, path) => {
    if (isBinary(value)) {
      paths.push(path);
      buffers.push(value);
      return null;
    }
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (!isPlain(value)) return value;
    /** @type {State} */
    const copy = {};
    for (const [key, item] of Object.entries(value)) {
      const rest = walk(item, [...path, key]);
      if (!isBinary(item)) copy[key] = rest;
    }
    return copy;
  };
  return { state: walk(state, []), paths, buffers };
}

/**
 * Equal as JSON values are equal. Binary values are equal only to themselves.
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}

/** @param {any} value @returns {value is Binary} */
function isBinary(value) {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** @param {any} value @returns {boolean} */
function isPlain(value) {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}
