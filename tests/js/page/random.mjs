// A seeded source of random values, so that a failing case can be run again.

/** @param {number} seed */
export function randomSource(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  const pick = (list) => list[below(list.length)];
  const bytes = (most = 40) => Uint8Array.from({ length: below(most) }, () => below(256));
  const text = () => Array.from({ length: below(12) }, () => pick(["a", "é", "م", "😀", '"', "\\", "\n", "</script>"])).join("");
  const json = (depth = 3) => {
    const kind = below(depth > 0 ? 7 : 5);
    if (kind === 0) return null;
    if (kind === 1) return next() < 0.5;
    if (kind === 2) return below(1e6) / 8;
    if (kind < 5) return text();
    const items = Array.from({ length: below(4) }, () => json(depth - 1));
    return kind === 5 ? items : Object.fromEntries(items.map((item, index) => [`${text()}${index}`, item]));
  };
  return { next, below, pick, bytes, text, json };
}
