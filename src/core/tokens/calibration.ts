/** One call whose whole answer is known: what we count in it and what was billed for it, thinking left out of both. */
export interface Observation {
  /** In tokens of the family's vocabulary. */
  readonly counted: number;
  readonly billed: number;
  /** Tool calls in the answer: each adds tokens of the wire's format that are in no text. */
  readonly toolCalls: number;
}

export interface Calibration {
  /** Billed tokens for one counted. */
  readonly multiplier: number;
  /** Tokens billed for an answer of no tool call beyond its text. */
  readonly overhead: number;
}

/** Fewer say little. */
const fewest = 32;
/** Ratios that are less sure than this are no better than a family's own. */
const mostDoubt = 0.05;
const parts = 5;
/** Shorter answers are mostly format. */
const shortest = 24;
/** A tokenizer is within these; beyond them a record does not hold what was billed. */
const plausible = { least: 0.5, most: 3 };
/** Tokens; an answer of this size weighs half of a very long one. */
const midsize = 100;
/** Tokens of format in one answer. */
const mostFormat = 500;

/**
 * The ratio of a family's tokens to those we count, from its own calls: billed ≈ overhead + multiplier × counted, the
 * overhead by number of tool calls. Medians throughout, so that a third of the calls may be wrong (aborted, cut,
 * with hidden parts). Null when there are too few, or all of one size.
 */
export function calibrate(all: readonly Observation[]): Calibration | null {
  const fit = all.filter(
    ({ counted, billed }) =>
      counted >= shortest && billed >= counted * plausible.least && billed <= counted * plausible.most + mostFormat,
  );
  if (fit.length < fewest) return null;
  const found = fitted(fit);
  return found === null || doubt(fit) > mostDoubt ? null : found;
}

function fitted(fit: readonly Observation[]): Calibration | null {
  const kinds = [...new Set(fit.map(({ toolCalls }) => toolCalls))];
  const groups = kinds.map((kind) => fit.filter(({ toolCalls }) => toolCalls === kind));
  const slope = weightedMedian(groups.flatMap(slopes));
  if (slope === null) return null;
  // The second round starts from a better ratio than two calls at a time can give.
  const multiplier = ratio(groups, ratio(groups, slope));
  if (multiplier < plausible.least || multiplier > plausible.most) return null;
  const plain = groups[kinds.indexOf(0)];
  return { multiplier, overhead: plain ? overheadOf(plain, multiplier) : 0 };
}

/** The ratio's standard error as a share of it: what leaving out every fifth call, five ways, changes (a jackknife). */
function doubt(fit: readonly Observation[]): number {
  const ways = Array.from({ length: parts }, (_, part) => fitted(fit.filter((_call, i) => i % parts !== part)));
  const logs = ways.flatMap((found) => (found === null ? [] : [Math.log(found.multiplier)]));
  if (logs.length < parts) return Infinity;
  const mean = logs.reduce((sum, log) => sum + log, 0) / parts;
  return Math.sqrt(((parts - 1) / parts) * logs.reduce((sum, log) => sum + (log - mean) ** 2, 0));
}

type Group = readonly Observation[];

/** The median of billed to counted, each kind's overhead taken off; in short answers what is left of it weighs more. */
function ratio(groups: readonly Group[], slope: number): number {
  const ratios = groups.flatMap((group) => {
    const overhead = overheadOf(group, slope);
    return group.map(({ billed, counted }) => ({
      value: (billed - overhead) / counted,
      weight: counted / (counted + midsize),
    }));
  });
  return weightedMedian(ratios) ?? slope;
}

interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** Between any two calls of a kind their common overhead cancels out; far apart ones say more. */
function slopes(group: Group): readonly Weighted[] {
  const found: Weighted[] = [];
  for (const [i, a] of group.entries()) {
    for (const b of group.slice(i + 1)) {
      const apart = b.counted - a.counted;
      if (apart === 0) continue;
      found.push({ value: (b.billed - a.billed) / apart, weight: Math.abs(apart) / (a.counted + b.counted) });
    }
  }
  return found;
}

/** Never negative: no format takes tokens away. Told by the shorter half of the calls, where it is not lost in the text. */
function overheadOf(group: Group, slope: number): number {
  const short = group.toSorted((a, b) => a.counted - b.counted).slice(0, Math.ceil(group.length / 2));
  return Math.max(0, weightedMedian(short.map((o) => ({ value: o.billed - slope * o.counted, weight: 1 }))) ?? 0);
}

function weightedMedian(values: readonly Weighted[]): number | null {
  const half = values.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  for (const { value, weight } of values.toSorted((a, b) => a.value - b.value)) {
    passed += weight;
    if (passed >= half) return value;
  }
  return null;
}

/** A published vocabulary is left as it is unless the calls plainly contradict it. */
const trusted = 0.05;

/** The multiplier to count with: what the calls say, 1 where that is within the error of a family's own vocabulary. */
export function settle(found: Calibration, isExact: boolean): number {
  return isExact && Math.abs(found.multiplier - 1) <= trusted ? 1 : found.multiplier;
}
