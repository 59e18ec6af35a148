import type { Breakdown } from '../../../src/core/query.ts';

// The chart's geometry as plain data. Drawn as SVG by chart.ts. Observable Plot was weighed and left out: 250 KB of the
// panel's 450 KB for one stacked bar chart, and it redraws whole, which takes focus and hover away with each live update.

type Chart = Breakdown['chart'];

export interface Segment {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** Pixels from the top of the plot. */
  readonly y: number;
  readonly height: number;
}

export interface Column {
  /** Start of the column's first bucket and how many buckets it holds. */
  readonly at: number;
  readonly buckets: number;
  readonly label: string;
  readonly total: number;
  /** Bottom to top. */
  readonly segments: readonly Segment[];
}

export interface Layout {
  readonly columns: readonly Column[];
  /** Values of the horizontal lines, from 0 up. */
  readonly ticks: readonly number[];
  /** The value at the top of the plot. */
  readonly top: number;
}

/** Key of the series that the smallest ones are folded into; no record can name it. */
export const restKey = '\u0000rest';

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** Keeps the `most` biggest series and folds the others into one. */
export function foldSeries(chart: Chart, most: number, restLabel: string): Chart['series'] {
  if (chart.series.length <= most) return chart.series;
  const bySize = chart.series.toSorted((a, b) => sum(b.values) - sum(a.values));
  const rest = bySize.slice(most - 1);
  const values = chart.buckets.map((_, i) => sum(rest.map((s) => s.values[i] ?? 0)));
  return [...bySize.slice(0, most - 1), { key: restKey, label: restLabel, values }];
}

/** Lays the series out in at most `mostColumns` columns of `height` pixels; hidden series take no room. */
export function layOut(
  chart: Chart,
  series: Chart['series'],
  hidden: readonly string[],
  height: number,
  mostColumns: number,
): Layout {
  const per = Math.max(1, Math.ceil(chart.buckets.length / Math.max(1, mostColumns)));
  const visible = series.filter((s) => !hidden.includes(s.key));
  const bare = Array.from({ length: Math.ceil(chart.buckets.length / per) }, (_, c) => {
    const buckets = chart.buckets.slice(c * per, (c + 1) * per);
    const values = visible.map((s) => sum(s.values.slice(c * per, (c + 1) * per)));
    return { buckets, values, total: sum(values) };
  });
  const ticks = ticksUpTo(Math.max(0, ...bare.map((column) => column.total)));
  const top = ticks.at(-1) ?? 1;
  const columns = bare.map(({ buckets, values, total }) => ({
    at: buckets[0]?.at ?? 0,
    buckets: buckets.length,
    label: labelOf(buckets.map((b) => b.label)),
    total,
    segments: stack(visible, values, height / top, height),
  }));
  return { columns, ticks, top };
}

function labelOf(labels: readonly string[]): string {
  const [first = '', last = ''] = [labels[0], labels.at(-1)];
  return labels.length > 1 ? `${first} – ${last}` : first;
}

function stack(series: Chart['series'], values: readonly number[], scale: number, height: number): Segment[] {
  let y = height;
  return series.flatMap(({ key, label }, i) => {
    const value = values[i] ?? 0;
    if (value <= 0) return [];
    y -= value * scale;
    return [{ key, label, value, y, height: value * scale }];
  });
}

/** Round values from 0 to the first one at or above `max`, in four steps or so. */
export function ticksUpTo(max: number): number[] {
  if (!(max > 0)) return [0, 1];
  const raw = max / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((m) => m * power >= raw) ?? 10) * power;
  const ticks = [0];
  for (let i = 1; (ticks.at(-1) ?? 0) < max; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** Every how many columns a label fits, at `room` pixels each. */
export function labelEvery(columns: number, width: number, room: number): number {
  return Math.max(1, Math.ceil((columns * room) / Math.max(1, width)));
}
