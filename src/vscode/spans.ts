// Measures every synchronous span of ours in the extension host, which is shared with all other extensions.

/** A span above this many milliseconds costs the user a dropped frame's worth of typing. */
const longSpanMs = 16;

/** Upper bounds of the histogram's buckets in milliseconds; the last bucket is everything above. */
const bucketBoundsMs = [0.25, 0.5, 1, 2, 4, 8, longSpanMs] as const;

export interface Span {
  readonly count: number;
  readonly totalMs: number;
  readonly maxMs: number;
  /** Spans above {@link longSpanMs}. */
  readonly long: number;
  /** Counts by {@link bucketBoundsMs}, one more for what is above. */
  readonly histogram: readonly number[];
}

/** Wraps an entry point so that its synchronous part is measured under `name`. */
export type Timed = <A extends unknown[], R>(name: string, fn: (...args: A) => R) => (...args: A) => R;

export interface Spans {
  readonly timed: Timed;
  readonly read: () => Record<string, Span>;
}

/** `now` is in milliseconds and monotonic; `warn` hears of every span above 16 ms. */
export function createSpans(warn: (message: string) => void, now: () => number = () => performance.now()): Spans {
  const spans = new Map<string, Span>();
  const record = (name: string, ms: number): void => {
    spans.set(name, addSpan(spans.get(name), ms));
    if (ms > longSpanMs) warn(`${name} held the extension host for ${ms.toFixed(1)} ms`);
  };
  return {
    timed:
      (name, fn) =>
      (...args) => {
        const from = now();
        try {
          return fn(...args);
        } finally {
          record(name, now() - from);
        }
      },
    read: () => Object.fromEntries(spans),
  };
}

function addSpan(span: Span | undefined, ms: number): Span {
  const histogram = [...(span?.histogram ?? Array.from({ length: bucketBoundsMs.length + 1 }, () => 0))];
  const found = bucketBoundsMs.findIndex((bound) => ms <= bound);
  const bucket = found < 0 ? bucketBoundsMs.length : found;
  histogram[bucket] = (histogram[bucket] ?? 0) + 1;
  return {
    count: (span?.count ?? 0) + 1,
    totalMs: (span?.totalMs ?? 0) + ms,
    maxMs: Math.max(span?.maxMs ?? 0, ms),
    long: (span?.long ?? 0) + (ms > longSpanMs ? 1 : 0),
    histogram,
  };
}
