import { usd } from '../../core/format.ts';
import type { Totals } from '../../core/totals.ts';
import type { Cell } from './cells.ts';

const counted = [
  'calls',
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'thinking',
  'searches',
  'unpricedCalls',
  'unpricedTokens',
] as const;

/** A sum of disjoint cells, exact until `toTotals`. */
export interface Sum extends Readonly<Record<(typeof counted)[number], number>> {
  readonly pico: bigint;
  readonly unpricedModels: readonly string[];
  /** First and last call, ms; ±Infinity when there is none. */
  readonly firstAt: number;
  readonly lastAt: number;
}

const zeros = Object.fromEntries(counted.map((key) => [key, 0])) as Record<(typeof counted)[number], number>;

/** Sum of disjoint sets of calls. */
export function addSums(a: Sum, b: Sum): Sum {
  const sum = { ...a };
  for (const key of counted) (sum as Record<typeof key, number>)[key] = a[key] + b[key];
  return {
    ...sum,
    pico: a.pico + b.pico,
    unpricedModels: [...new Set([...a.unpricedModels, ...b.unpricedModels])],
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
  };
}

/** Sum of cells; `byModel` when they are of one model, where a call counts with each of its models. */
export function sumCells(cells: readonly Cell[], byModel = false): Sum {
  const numbers = { ...zeros };
  const models = new Set<string>();
  let [pico, firstAt, lastAt] = [0n, Infinity, -Infinity];
  for (const cell of cells) {
    for (const key of counted) numbers[key] += cell[key];
    if (byModel) {
      numbers.calls += cell.modelCalls - cell.calls;
      numbers.unpricedCalls += cell.unpricedModelCalls - cell.unpricedCalls;
    }
    if (cell.unpricedModelCalls > 0) models.add(cell.model);
    pico += cell.pico;
    firstAt = Math.min(firstAt, cell.firstAt);
    lastAt = Math.max(lastAt, cell.lastAt);
  }
  return { ...numbers, pico, unpricedModels: [...models], firstAt, lastAt };
}

/** Plain figures for a view; the one place where an exact sum becomes a USD number. */
export function toTotals(sum: Sum): Totals {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, thinking } = sum;
  return {
    calls: sum.calls,
    tokens: { input, cacheRead, cacheWrite5m, cacheWrite1h, output, thinking },
    listCost: usd(sum.pico),
    outOfPocket: null,
    webSearches: sum.searches,
    unpriced: { calls: sum.unpricedCalls, tokens: sum.unpricedTokens, models: sum.unpricedModels.toSorted() },
  };
}
