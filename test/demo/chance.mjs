// @ts-check
// Seeded chance: the same seed gives the same records to the byte, on every machine.

/** @typedef {ReturnType<typeof createChance>} Chance */

/** @param {number} seed */
export function createChance(seed) {
  let state = seed >>> 0;
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (/** @type {number} */ from, /** @type {number} */ to) => from + Math.floor(next() * (to - from + 1));
  const letters = (/** @type {string} */ alphabet, /** @type {number} */ length) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  const hex = (/** @type {number} */ length) => letters('0123456789abcdef', length);
  /** @template T @param {readonly T[]} list @returns {T} */
  const pick = (list) => {
    const [item] = list.slice(Math.floor(next() * list.length));
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return {
    next,
    /** Whole number in [from, to]. */
    int,
    hex,
    yes: (/** @type {number} */ share) => next() < share,
    /** Whole number around `middle`, a few far above it, as token counts are. */
    skewed: (/** @type {number} */ middle) =>
      Math.max(1, Math.round(middle * Math.exp((next() + next() + next() - 1.5) * 1.3))),
    pick,
    base62: (/** @type {number} */ length) =>
      letters('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', length),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${letters('89ab', 1)}${hex(3)}-${hex(12)}`,
    /** Starts with its time, as Codex's ids do. */
    timedUuid: (/** @type {number} */ at) => {
      const time = at.toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${letters('89ab', 1)}${hex(3)}-${hex(12)}`;
    },
  };
}

const words =
  'order cart price stream token window parse render cache module field index retry queue batch login invoice export chart filter'.split(
    ' ',
  );

/** @param {Chance} chance @param {number} count */
export const sentence = (chance, count) => Array.from({ length: count }, () => chance.pick(words)).join(' ');

/**
 * Text such as tool output is made of, in slices of one block, so that a gigabyte of it costs no chance.
 * @param {Chance} chance
 */
export function createFiller(chance) {
  const block = Array.from({ length: 9000 }, () => sentence(chance, 7)).join('\n');
  return (/** @type {number} */ bytes) => {
    if (bytes <= 0) return '';
    const from = chance.int(0, 40_000);
    return block.slice(from, from + Math.min(bytes, block.length - from));
  };
}
