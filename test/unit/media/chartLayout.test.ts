import assert from 'node:assert/strict';
import { foldSeries, labelEvery, layOut, restKey, ticksUpTo } from '../../../media/panel/chart/layout.ts';
import { paint } from '../../../media/panel/chart/palette.ts';

const chartOf = (...series: readonly (readonly number[])[]) => ({
  bucket: 'day' as const,
  buckets: (series[0] ?? []).map((_, i) => ({ at: i, label: `d${i}` })),
  series: series.map((values, i) => ({ key: `s${i}`, label: `S${i}`, values })),
});

const seriesOf = (...keys: string[]) => keys.map((key) => ({ key, label: key, values: [] }));

describe('panel: chart layout', () => {
  it('stacks from the bottom to a round top', () => {
    const chart = chartOf([1, 0], [2, 4]);
    const { columns, top } = layOut(chart, chart.series, [], 100, 50);
    assert.equal(top, 4);
    assert.deepEqual(
      columns.map((c) => [c.label, c.total, c.segments.map((s) => [s.key, s.y, s.height])]),
      [
        [
          'd0',
          3,
          [
            ['s0', 75, 25],
            ['s1', 25, 50],
          ],
        ],
        ['d1', 4, [['s1', 0, 100]]],
      ],
    );
  });

  it('gives hidden series no room', () => {
    const chart = chartOf([1, 1], [9, 9]);
    const { columns, top } = layOut(chart, chart.series, ['s1'], 100, 50);
    assert.deepEqual([top, columns[0]?.total], [1, 1]);
  });

  it('shares columns where there are more buckets than room, losing no cent', () => {
    const chart = chartOf(Array.from({ length: 10 }, (_, i) => i));
    const { columns } = layOut(chart, chart.series, [], 100, 4);
    assert.deepEqual(
      columns.map((c) => [c.label, c.buckets, c.total]),
      [
        ['d0 – d2', 3, 3],
        ['d3 – d5', 3, 12],
        ['d6 – d8', 3, 21],
        ['d9', 1, 9],
      ],
    );
  });

  it('folds the smallest series into one', () => {
    const folded = foldSeries(chartOf([1, 1], [9, 9], [2, 0], [5, 5]), 3, 'Other');
    assert.deepEqual(
      folded.map((s) => [s.key, s.label, s.values]),
      [
        ['s1', 'S1', [9, 9]],
        ['s3', 'S3', [5, 5]],
        [restKey, 'Other', [3, 1]],
      ],
    );
  });

  it('stands an empty chart and one without buckets', () => {
    const empty = chartOf();
    assert.deepEqual(layOut(empty, empty.series, [], 100, 50).columns, []);
    const flat = chartOf([0, 0]);
    assert.deepEqual(
      layOut(flat, flat.series, [], 100, 50).columns.map((c) => c.segments),
      [[], []],
    );
  });

  const maxima: readonly (readonly [number, readonly number[]])[] = [
    [0, [0, 1]],
    [Number.NaN, [0, 1]],
    [4, [0, 1, 2, 3, 4]],
    [5.8, [0, 2, 4, 6]],
    [0.011, [0, 0.005, 0.01, 0.015]],
    [13_000, [0, 5_000, 10_000, 15_000]],
  ];
  for (const [max, ticks] of maxima) {
    it(`marks the axis up to ${max}`, () => assert.deepEqual(ticksUpTo(max), ticks));
  }

  it('thins out labels that would touch', () => {
    assert.deepEqual([labelEvery(7, 900, 64), labelEvery(30, 900, 64), labelEvery(30, 300, 64)], [1, 3, 7]);
  });
});

describe('panel: chart colours', () => {
  it('stay while the order changes and others leave', () => {
    const palette = new Map<string, number>();
    paint(seriesOf('a', 'b', 'c'), palette);
    const before = new Map(palette);
    paint(seriesOf('c', 'a'), palette);
    assert.deepEqual(palette, before);
  });

  it('are told apart among those on screen', () => {
    const palette = new Map<string, number>();
    for (const names of ['a,b,c,d,e,f,g', 'h,i,j,k,l,m,n', 'a,h,b,i,c,j,d']) {
      const series = seriesOf(...names.split(','));
      paint(series, palette);
      assert.equal(new Set(series.map((s) => palette.get(s.key))).size, 7);
    }
  });
});
