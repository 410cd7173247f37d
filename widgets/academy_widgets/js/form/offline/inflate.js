// Unpacks gzip (RFC 1951, 1952) where the browser has no DecompressionStream: Firefox before 113, Safari before 16.4.

/** Where the words for lengths and distances begin: each some bits further than the one before. */
const starts = (/** @type {number} */ first, /** @type {number} */ count, /** @type {(n: number) => number} */ bits) => {
  const found = [first];
  for (let n = 0; n < count; n++) found.push(found[n] + (1 << bits(n)));
  return found;
};
const lengthBits = (/** @type {number} */ n) => (n < 4 ? 0 : (n >> 2) - 1);
const distanceBits = (/** @type {number} */ n) => (n < 2 ? 0 : (n >> 1) - 1);
const LENGTHS = [...starts(3, 27, lengthBits), 258];
const DISTANCES = starts(1, 29, distanceBits);
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MOST_BITS = 15;

/** @typedef {{counts: number[], symbols: number[]}} Code */

/**
 * Unpack what our server packed: one member without extra fields.
 * @param {Uint8Array} packed
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function gunzip(packed) {
  /** @type {number[]} */
  const out = [];
  let place = 10;
  let held = 0;
  let kept = 0;

  /** @param {number} count @returns {number} */
  function bits(count) {
    while (kept < count) {
      if (place >= packed.length) throw new RangeError("cut short");
      held |= packed[place++] << kept;
      kept += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    kept -= count;
    return value;
  }

  /** @param {Code} code @returns {number} */
  function symbol({ counts, symbols }) {
    for (let length = 1, first = 0, index = 0, value = 0; length <= MOST_BITS; length++) {
      value |= bits(1);
      if (value - counts[length] < first) return symbols[index + value - first];
      index += counts[length];
      first = (first + counts[length]) << 1;
      value <<= 1;
    }
    throw new RangeError("damaged");
  }

  function stored() {
    held = kept = 0;
    const end = place + 4 + (packed[place] | (packed[place + 1] << 8));
    for (place += 4; place < end; place++) out.push(packed[place]);
  }

  /** @param {Code} literals @param {Code} distances */
  function compressed(literals, distances) {
    for (let value = symbol(literals); value !== 256; value = symbol(literals)) {
      if (value < 256) {
        out.push(value);
        continue;
      }
      const place = value - 257;
      const length = LENGTHS[place] + (place < 28 ? bits(lengthBits(place)) : 0);
      const far = symbol(distances);
      const from = out.length - DISTANCES[far] - bits(distanceBits(far));
      for (let n = 0; n < length; n++) out.push(out[from + n]);
    }
  }

  function described() {
    const [literals, distances, codes] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const short = new Array(19).fill(0);
    for (let n = 0; n < codes; n++) short[ORDER[n]] = bits(3);
    const code = coded(short);
    /** @type {number[]} */
    const lengths = [];
    while (lengths.length < literals + distances) {
      const value = symbol(code);
      if (value < 16) lengths.push(value);
      else {
        const again = value === 16 ? lengths[lengths.length - 1] : 0;
        const times = value === 16 ? 3 + bits(2) : value === 17 ? 3 + bits(3) : 11 + bits(7);
        for (let n = 0; n < times; n++) lengths.push(again);
      }
    }
    compressed(coded(lengths.slice(0, literals)), coded(lengths.slice(literals)));
  }

  for (let last = 0; !last; ) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) stored();
    else if (kind === 1) compressed(FIXED, coded(new Array(30).fill(5)));
    else described();
  }
  return Uint8Array.from(out);
}

/** @param {number[]} lengths of the words for each symbol @returns {Code} */
function coded(lengths) {
  const counts = new Array(MOST_BITS + 1).fill(0);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const places = [0, 0];
  for (let n = 1; n < MOST_BITS; n++) places[n + 1] = places[n] + counts[n];
  /** @type {number[]} */
  const symbols = [];
  lengths.forEach((length, value) => length && (symbols[places[length]++] = value));
  return { counts, symbols };
}

const FIXED = coded(Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8)));
