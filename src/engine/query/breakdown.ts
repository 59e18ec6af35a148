import type { DatabaseSync } from 'node:sqlite';
import { usd } from '../../core/format.ts';
import { bucketsOf, previousPeriod, spanPeriod } from '../../core/period.ts';
import type { Period } from '../../core/period.ts';
import type { Breakdown, Filter, Group, Span } from '../../core/query.ts';
import type { TimeZone } from '../../core/zone.ts';
import { readCells } from './cells.ts';
import type { Cell } from './cells.ts';
import { groupBy, partition } from './groups.ts';
import type { Naming } from './groups.ts';
import { createNaming } from './naming.ts';
import { readFirstAt } from './calls.ts';
import { scopeOf } from './scope.ts';
import { sumCells, toTotals } from './sums.ts';

export interface BreakdownQuery {
  readonly span: Span;
  readonly filter: Filter;
  readonly stack: 'model' | 'agent' | 'project';
}

/** Where a view stands: its connection, its zone and its instant (ms). */
export interface View {
  readonly db: DatabaseSync;
  readonly timeZone: TimeZone;
  readonly now: number;
}

/** The instants that a span means. "All" begins with the first call's day. */
export function periodOf(view: View, span: Span): Period {
  return spanPeriod(span, view.now, view.timeZone, readFirstAt(view.db) ?? view.now);
}

/** Everything the panel shows of a period, from one pass over its charges. */
export function readBreakdown(view: View, query: BreakdownQuery): Breakdown {
  const { db, timeZone } = view;
  const scope = scopeOf(periodOf(view, query.span), query.filter, timeZone);
  const naming = createNaming(view);
  const cells = readCells(db, scope, ['at', 'agent', 'project', 'branch', 'session']);
  const table = (dimension: keyof Breakdown['tables']): readonly Group[] => groupBy(cells, dimension, naming);
  return {
    period: scope.period,
    totals: toTotals(sumCells(cells)),
    previous: query.span === 'all' ? null : readPrevious(view, query, scope.period),
    chart: chartOf(cells, scope.period, query.stack, naming),
    tables: {
      model: table('model'),
      agent: table('agent'),
      project: table('project'),
      branch: table('branch'),
      session: table('session'),
      day: table('day'),
    },
  };
}

function readPrevious(view: View, query: BreakdownQuery, period: Period): Breakdown['previous'] {
  // The period is already narrowed to a chosen day or hour.
  const { day: _day, hour: _hour, ...filter } = query.filter;
  const before = scopeOf(previousPeriod(period, view.timeZone, view.now), filter, view.timeZone);
  return toTotals(sumCells(readCells(view.db, before, [])));
}

function chartOf(
  cells: readonly Cell[],
  period: Period,
  stack: BreakdownQuery['stack'],
  naming: Naming,
): Breakdown['chart'] {
  const shown = { ...period, since: Math.max(period.since, period.until - longestChart) };
  const { bucket, buckets } = bucketsOf(shown, naming.timeZone);
  const place = placer(buckets.map((b) => b.at));
  const series = [...partition(cells, stack, naming)].map(([key, own]) => {
    const exact = buckets.map(() => 0n);
    let total = 0n;
    for (const cell of own) {
      if (cell.lastAt < shown.since) continue;
      const index = place(cell.at);
      exact[index] = (exact[index] ?? 0n) + cell.pico;
      total += cell.pico;
    }
    return { key, label: naming.label(stack, key, own), values: exact.map(usd), total };
  });
  series.sort((a, b) => (a.total === b.total ? 0 : a.total > b.total ? -1 : 1));
  return { bucket, buckets, series: series.map(({ key, label, values }) => ({ key, label, values })) };
}

/** A record with a broken clock must not make a chart of fifty years of days. */
const longestChart = 1100 * 86_400_000;

/** Index of the bucket that an instant falls in. */
function placer(starts: readonly number[]): (at: number) => number {
  return (at) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
