// What every view shows of a set of calls. Plain JSON; costs are USD numbers, converted once from exact sums.

export interface TokenTotals {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly thinking: number;
}

export interface Unpriced {
  readonly calls: number;
  readonly tokens: number;
  readonly models: readonly string[];
}

/** Unpriced calls are in `calls` and `tokens` but add nothing to `listCost`. `outOfPocket` is null until a path is known. */
export interface Totals {
  readonly calls: number;
  readonly tokens: TokenTotals;
  readonly listCost: number;
  readonly outOfPocket: number | null;
  readonly webSearches: number;
  readonly unpriced: Unpriced;
}

/** Whether there are calls and none of them has a price: that is not $0. */
export function isUnpriced({ calls, unpriced }: Totals): boolean {
  return calls > 0 && unpriced.calls === calls;
}
